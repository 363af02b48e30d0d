"""What is wrong with an uploaded framework is said all at once: where, and what to write instead."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.questionnaires.exchange.framework_books import (
    CRITERIA,
    HEAD,
    HEADINGS,
    SURVEY,
    book,
    definition_of,
    faults_of,
    framework_book,
    head_rows,
    told,
    with_cell,
)

ONE_CELL = [
    (
        3,
        "Điểm tối đa",
        41,
        "C2: The parts of “1” add up to 61, not to 60. Write 61 here, or correct the parts.",
    ),
    (3, "Điểm tối đa", "bốn mươi", "C3: “bốn mươi” is not a number. Write it in digits, such as 12 or 3,5."),
    (3, "Điểm tối đa", "", "C3: “1.1” needs points."),
    (3, "Đánh giá qua", "", "D3: It is not said how “1.1” is assessed."),
    (
        3,
        "Đánh giá qua",
        "xyz",
        "D3: “xyz” is not known here. Write one of these: Tài liệu kiểm chứng; Điều tra",
    ),
    (2, "Đánh giá qua", "Tự chấm", "D2: “1” has parts, and only those are assessed. Leave this cell empty."),
    (4, "Đánh giá qua", "Tự chấm", "E4: “1.2” is not assessed by survey. Leave this cell empty, or assess"),
    (4, "Cách tính điểm", "", "F4: “1.2” is assessed by survey and needs a rule."),
    (4, "Cách tính điểm", "Theo ngưỡn", "F4: “Theo ngưỡn” is not known here. Did you mean “Theo ngưỡng”?"),
    (4, "Đủ điểm từ (%)", 90, "G4: The rule “Tỷ lệ hài lòng (hai mức cao nhất)” takes no “Đủ điểm từ (%)”."),
    (4, "Cách tính điểm", "Theo mức", "4: “Các mức (%: điểm)” is missing."),
    (6, "Cách tính điểm", "", "F6: Fill in this cell."),
    (6, "Đủ điểm từ (%)", 190, "G6: “190” is no percentage from 0 to 100."),
    (6, "Đủ điểm từ (%)", 0.8, "G6: “0,8” would be less than one percent. Write 80 if you mean that many"),
    (6, "Đủ điểm từ (%)", 0, "G6: Full points begin at 0, which is not above 0"),
    (6, "Tỷ lệ lấy từ", "", "H6: Fill in this cell."),
    (4, "Nhóm trả lời (%)", "", "E4: “1.2” is assessed by survey and needs the groups that rate it."),
    (
        4,
        "Nhóm trả lời (%)",
        "Dân 60; Doanh nghịp 40",
        "E4: “Doanh nghịp” is not known here. Did you mean “Doanh nghiệp”?",
    ),
    (4, "Nhóm trả lời (%)", "Người dân 60; DN", "E4: “DN” is no group with its weight."),
    (
        4,
        "Nhóm trả lời (%)",
        "Người dân 60; Doanh nghiệp 30",
        "E4: The weights of the groups add up to 90, not to 100.",
    ),
    (4, "Nhóm trả lời (%)", "Người dân 60; citizen 40", "E4: The group “Người dân” stands here twice."),
    (4, "Tên tiêu chí", "", "B4: Fill in this cell. Tên lĩnh vực"),
]


@pytest.mark.parametrize(("row", "heading", "value", "sentence"), ONE_CELL)
def test_a_faulty_cell_is_named_with_what_belongs_there(row, heading, value, sentence):
    assert any(
        line.startswith(f"Tiêu chí {sentence}")
        for line in told(framework_book(with_cell(row, heading, value)))
    )


def test_a_sound_workbook_has_no_faults():
    assert told(framework_book()) == []


def test_fields_must_add_up_to_the_scale():
    assert told(framework_book(CRITERIA[:3])) == [
        "Tiêu chí C: The fields add up to 60 points, not to 100. Correct the points, or the scale."
    ]


def test_all_faults_are_named_at_once_in_the_order_of_the_workbook():
    rows = [list(line) for line in CRITERIA]
    rows[1][2], rows[2][3], rows[4][4] = "x", "y", "Người dân 50"
    faults = faults_of(framework_book(rows, head={**HEAD, "Ngày ban hành": "31/2/2025", "Phiên bản": ""}))
    assert [(fault.sheet, fault.letter, fault.row) for fault in faults] == [
        ("Tiêu chí", "C", 3),
        ("Tiêu chí", "D", 4),
        ("Tiêu chí", "E", 6),
        ("Thông tin chung", "B", 3),
        ("Thông tin chung", "B", 8),
    ]


def test_nothing_is_said_to_follow_from_what_could_not_be_read():
    """No groups out of place, no missing points, no wrong sums behind an unreadable cell."""
    rows = with_cell(4, "Đánh giá qua", "khong ro")
    rows[1][2] = "bốn mươi"
    assert [(fault.letter, fault.row) for fault in faults_of(framework_book(rows))] == [("C", 3), ("D", 4)]


def test_levels_and_answers_are_read_from_words():
    headings = (
        "Mã",
        "Tên tiêu chí",
        "Điểm",
        "Đánh giá qua",
        "Nhóm trả lời",
        "Cách tính điểm",
        "Căn cứ tính",
        "Các mức",
        "% từng phương án",
    )
    rows = [
        ("1", "A", 60, *SURVEY, "bands", "Điểm trung bình", "≥85%: 60 điểm; từ 75: 1,5", ""),
        ("2", "B", 40, "khảo sát", "Người dân", "phương án trả lời", "", "", "tot = 100; kha: 60%\n4 = 0"),
    ]
    first, second = definition_of(framework_book(rows, headings=headings))["nodes"]
    assert first["rule"]["levels"] == [{"at_least": 85, "points": 60}, {"at_least": 75, "points": 1.5}]
    assert second["rule"] == {"name": "option_weights", "weights": {"tot": 100, "kha": 60, "4": 0}}
    assert (first["groups"], second["groups"]) == ({"citizen": 0.6, "business": 0.4}, {"citizen": 1})


@pytest.mark.parametrize(
    ("levels", "sentence"),
    [
        ("75: 1; 85: 2", "G2: The levels stand in the wrong order: 85 after 75."),
        ("85: 101", "G2: A level gives 101 points; the criterion has 100."),
        ("cao", "G2: “cao” is no level with its points. Write, for example: 85: 2; 75: 1,5; 65: 1."),
    ],
)
def test_faulty_levels_are_named(levels, sentence):
    headings = (
        "Mã",
        "Tên tiêu chí",
        "Điểm",
        "Đánh giá qua",
        "Nhóm trả lời",
        "Cách tính điểm",
        "Các mức",
        "Tỷ lệ lấy từ",
    )
    row = ("1", "A", 100, *SURVEY, "Theo mức", levels, "tỷ lệ hài lòng")
    (only,) = told(framework_book([row], headings=headings))
    assert only.startswith(f"Tiêu chí {sentence}")


def test_missing_sheets_lines_and_columns_are_asked_for():
    assert told(book({"Sheet1": [("a", "b")]})) == [
        " : The sheet “Thông tin chung” is missing. Copy it from the template, and fill it in.",
        " : The sheet “Tiêu chí” is missing. Copy it from the template, and fill it in.",
    ]
    without_issuer = {name: value for name, value in HEAD.items() if name != "Cơ quan ban hành"}
    assert told(framework_book(head=without_issuer)) == [
        "Thông tin chung : “Cơ quan ban hành” is missing. Ví dụ: UBND tỉnh."
    ]
    without_points = framework_book(headings=[*HEADINGS[:2], "Ghi chú", *HEADINGS[3:]])
    (only,) = told(without_points)
    assert only.startswith("Tiêu chí 1: The column “Điểm tối đa” is missing.")


def test_unknown_sheets_lines_and_columns_are_named_with_the_near_name():
    near = told(book({"Tiêu chí": [HEADINGS, *CRITERIA], "Thông tin chug": head_rows()}))
    assert "Thông tin chug : The sheet “Thông tin chug” is not read. Name it “Thông tin chung”" in near[1]
    assert told(framework_book(head={**HEAD, "Người ký tên": "A", "# nhắc": "B"})) == [
        "Thông tin chung A8: “Người ký tên” is no line of this sheet. Delete the line, or begin it "
        "with # if it is a remark."
    ]
    assert told(framework_book(headings=[*HEADINGS, "Điểm tự chấm nội bộ", "Ghi chú", "#x"])) == [
        "Tiêu chí I1: “Điểm tự chấm nội bộ” is no column of this sheet, and nothing below it would be kept. "
        "Delete the column, or begin its heading with # if it is a remark."
    ]


def test_the_settings_of_the_head_are_checked():
    lines = {
        **HEAD,
        "Khi bằng điểm": "Đồng hạng",
        "Tiêu chí xét khi bằng điểm": "1.1",
        "Số chữ số thập phân": "2,5",
    }
    assert told(framework_book(head=lines)) == [
        "Thông tin chung B9: Ties share a rank here, so no criterion decides. Leave this cell empty.",
        "Thông tin chung B10: “2,5” is not a whole number. Write it in digits, such as 2.",
    ]


def test_further_sheets_are_checked_too():
    further = {
        "Xếp loại": [("Mã", "Tên", "Điều kiện"), ("tot", "Tốt", "${idex} >= 90"), ("tot", "", "≥ 70")],
        "Thay đổi": [("Thay đổi", "Tên mới", "Mã"), ("Đổi", "a", ""), ("Bổ sung", "b", "9.9")],
    }
    assert [(fault.sheet, fault.letter, fault.row) for fault in faults_of(framework_book(**further))] == [
        ("Xếp loại", "C", 2),
        ("Xếp loại", "A", 3),
        ("Xếp loại", "B", 3),
        ("Thay đổi", "A", 2),
        ("Thay đổi", "C", 3),
    ]


def test_a_bare_limit_is_one_of_the_index():
    rows = [
        ("Mã", "Tên", "Điều kiện"),
        ("tot", "Tốt", 90),
        ("kha", "Khá", "≥ 65,5"),
        ("yeu", "Yếu", "< 65,5"),
    ]
    bands = definition_of(framework_book(**{"Xếp loại": rows}))["bands"]
    assert [band["when"] for band in bands] == ["${index} >= 90", "${index} >= 65.5", "${index} < 65.5"]


CELLS = st.sampled_from(
    ["", "1", "1.1", "a)", "-", "Người dân 1", "100", "0,5", "x", "Theo mức", "khảo sát", "85: 2"]
)
SOME_CELL = CELLS | st.text(max_size=6) | st.integers(-5, 200)


@settings(max_examples=60, deadline=None)
@given(
    st.lists(st.lists(SOME_CELL, min_size=len(HEADINGS), max_size=len(HEADINGS)), max_size=6), st.booleans()
)
def test_whatever_is_written_is_answered_with_faults_that_can_be_read(rows, parents):
    headings = [*HEADINGS[:-1], "Thuộc mã" if parents else HEADINGS[-1]]
    for fault in faults_of(framework_book(rows, headings=headings)):
        assert fault.sentence()
        assert "%(" not in fault.sentence()
