"""Annexes number their criteria in several ways; the tree is read from what is there, or asked for."""

import pytest

from tests.questionnaires.exchange.framework_books import (
    CRITERIA,
    HEADINGS,
    book,
    definition_of,
    framework_book,
    head_rows,
    told,
    tree,
)
from tests.questionnaires.exchange.large_framework import large_framework

EVIDENCE = "Tài liệu kiểm chứng"


def annex(*lines, headings=("Mã", "Tên tiêu chí", "Điểm tối đa", "Đánh giá qua", "Thuộc mã"), indents=None):
    """Lines of (code, title, points or nothing, code above); whoever has points is assessed by evidence."""
    rows = [
        (code, title, points, EVIDENCE if points else "", *under) for code, title, points, *under in lines
    ]
    return framework_book(rows, headings=headings, indents=indents)


def test_dotted_codes_tell_the_tree():
    assert tree(framework_book()) == {"1": None, "1.1": "1", "1.2": "1", "2": None, "2.1": "2"}


def test_the_title_of_an_annex_may_stand_above_its_headings():
    above = [("PHỤ LỤC I",), ("BỘ CHỈ SỐ CẢI CÁCH HÀNH CHÍNH", "", "", "ngày 1/1/2025"), ()]
    sheets = {"Phụ lục": [*above, HEADINGS, *CRITERIA], "Thông tin chung": head_rows()}
    assert tree(book(sheets)) == tree(framework_book())
    faulty = [*CRITERIA, ("2", "Trùng mã", 1, "Tài liệu kiểm chứng")]
    said = told(book(sheets | {"Phụ lục": [*above, HEADINGS, *faulty]}))
    assert any(line.startswith("Phụ lục A10: ") for line in said), said


def test_a_large_framework_is_read_whole():
    definition = definition_of(large_framework())
    parents = {node.get("parent") for node in definition["nodes"]}
    leaves = [node for node in definition["nodes"] if node["code"] not in parents]
    assert len([node for node in definition["nodes"] if "parent" not in node]) == 9
    assert len(leaves) == 60
    assert len([leaf for leaf in leaves if leaf["assessed_by"] == "survey"]) == 18


def test_roman_numbers_numbers_and_letters_tell_the_tree():
    """Counting starts anew in each field, so a criterion gets the code of its field before its own."""
    content = annex(
        ("I", "Lĩnh vực", ""),
        ("1.", "Tiêu chí", ""),
        ("a)", "Thành phần", 20),
        ("đ)", "Thành phần", 30),
        ("2.", "Tiêu chí", 10),
        ("II", "Lĩnh vực", ""),
        ("1.", "Tiêu chí", 40),
    )
    assert tree(content) == {
        "I": None,
        "I.1": "I",
        "I.1.a": "I.1",
        "I.1.dd": "I.1",
        "I.2": "I",
        "II": None,
        "II.1": "II",
    }


def test_codes_that_are_unique_stay_as_they_are():
    content = annex(("I", "A", ""), ("1.1", "B", 60), ("II", "C", ""), ("2.1", "D", 40))
    assert tree(content) == {"I": None, "1.1": "I", "II": None, "2.1": "II"}


def test_a_field_may_stand_after_its_criteria():
    content = annex(("1.1", "A", 60), ("1", "B", ""), ("2", "C", 40))
    assert tree(content) == {"1.1": "1", "1": None, "2": None}


def test_i_after_h_is_a_letter():
    content = annex(("A", "A", 20), ("H", "H", 20), ("I", "I", 20), ("K", "K", 40))
    assert set(tree(content).values()) == {None}


def test_numbers_that_a_spreadsheet_made_of_codes_are_codes_again():
    content = annex((1, "A", ""), (1.1, "B", 60), (1.2, "C", 40))
    assert tree(content) == {"1": None, "1.1": "1", "1.2": "1"}


def test_the_column_for_it_comes_before_the_codes():
    content = annex(("x", "A", "", "-"), ("1", "B", 60, "x"), ("1.1", "C", 40, "x"))
    assert tree(content) == {"x": None, "1": "x", "1.1": "x"}


def test_indents_tell_the_tree_where_codes_do_not():
    content = annex(
        ("1", "A", ""),
        ("2", "B", ""),
        ("3", "   C", 60),
        ("4", "D", 40),
        indents={(3, 2): 1, (4, 2): 2, (5, 2): 1},
    )
    assert tree(content) == {"1": None, "2": "1", "3": "2", "4": "1"}


def test_dashes_tell_the_tree_and_codes_are_given_where_there_are_none():
    content = annex(("", "A", ""), ("", "- B", ""), ("", "+ C", 60), ("", "- D", 40))
    assert tree(content) == {"1": None, "1.1": "1", "1.1.1": "1.1", "1.2": "1"}
    assert [node["title"]["vi"] for node in definition_of(content)["nodes"]] == ["A", "B", "C", "D"]


def test_a_row_with_the_total_is_no_criterion():
    assert tree(framework_book([*CRITERIA, ("", "Tổng cộng", 100)])) == tree(framework_book())


def test_headings_in_english_or_without_marks_are_known_too():
    rows = [
        (
            "CODE",
            "TITLE",
            "Title (en)",
            "MAX POINTS",
            "assessed by",
            "GROUPS",
            "RULE",
            "full points from (%)",
            "Rate taken from",
        ),
        *((code, title, "Words", *rest) for code, title, *rest in CRITERIA),
    ]
    lines = {
        "Ma bo chi so": "so-2025",
        "version": 1,
        "TITLE": "T",
        "Tên bộ chỉ số (tiếng Anh)": "T",
        "decision number": "1",
        "issuer": "U",
        "unit types": "so",
    }
    definition = definition_of(book({"criteria": rows, "THONG TIN CHUNG": head_rows(lines)}))
    assert definition["nodes"][1]["title"] == {"vi": "Kế hoạch", "en": "Words"}
    assert definition["title"] == {"vi": "T", "en": "T"}


@pytest.mark.parametrize(
    ("lines", "sentence"),
    [
        (
            [("1", "A", ""), ("1.1", "B", 60), ("1.1", "C", 40)],
            "Tiêu chí A4: The code “1.1” stands in row 3 already. Write another one here, such as “1.2”.",
        ),
        (
            [("1", "A", 60), ("2.1", "B", 40)],
            "Tiêu chí A3: “2.1” should stand under “2”, which has no row. Add that row, or correct the code.",
        ),
        (
            [("1", "A", ""), ("1.1", "B", 60), ("", "C", 40)],
            "Tiêu chí A4: This row has no code. Write one, such as “1.2”.",
        ),
        (
            [("1", "A", "", "-"), ("1.1", "B", 60, "1"), ("1.2", "C", 40)],
            "Tiêu chí E4: Other rows say here what they stand under; this one does not. "
            "Write “1”, or “-” for a field.",
        ),
        (
            [("muc_1", "A", "", "-"), ("k", "B", 100, "muc_11")],
            "Tiêu chí E3: No row has the code “muc_11”. Write “muc_1” if you mean that.",
        ),
        (
            [("1", "A", 60), ("2025-02-01", "B", 40)],
            "Tiêu chí A3: The spreadsheet has made a date of this code: 2025-02-01. "
            "Format the column as text and write it anew.",
        ),
    ],
)
def test_what_leaves_the_tree_open_is_asked(lines, sentence):
    assert sentence in told(annex(*lines))


def test_codes_and_indents_that_quarrel_are_shown_to_the_planner():
    lines = [("1", "A", ""), ("1.1", "B", 60), ("2", "C", ""), ("2.1", "D", 40)]
    assert told(annex(*lines, indents={(3, 2): 1, (4, 2): 2})) == [
        "Tiêu chí B4: By its code, this row stands under “-”; by its indent, under “1.1”. Correct one of "
        "them, or fill in for all rows which code they stand under."
    ]


def test_an_indent_between_two_is_unclear():
    lines = [("1", "A", ""), ("2", "B", 60), ("3", "C", 40)]
    assert told(annex(*lines, indents={(3, 2): 2, (4, 2): 1})) == [
        "Tiêu chí B4: This title stands in like none above it. Give it the indent of the titles beside it."
    ]


def test_missing_rows_do_not_make_the_sums_of_others_wrong():
    """1.1 is missing; its parts still count for field 1."""
    lines = [("1", "A", ""), ("1.1.1", "B", 60), ("1.1.2", "C", 40)]
    assert len(told(annex(*lines))) == 2
