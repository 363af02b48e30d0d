"""A planner takes a framework away as a workbook and brings it back: nothing is lost, nothing comes alive."""

import datetime
import io
from dataclasses import replace

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings

from questionnaires import frameworks, parse_framework
from questionnaires.check_rules import READINGS, RULES
from questionnaires.exchange.framework_sheet import template_sheet, write_framework_sheet
from questionnaires.exchange.framework_sheet.forms import Choice
from questionnaires.exchange.framework_sheet.head import TIE
from questionnaires.exchange.framework_sheet.lists import GROUP_CHOICES
from questionnaires.exchange.framework_sheet.marks import MARK, STILL_EXAMPLE
from questionnaires.exchange.framework_sheet.tables import CHANGE
from questionnaires.exchange.framework_sheet.words import ASSESSED_BY, COMBINE, KIND, READING, RULE
from questionnaires.framework import ASSESSED_BY as ALL_ASSESSED_BY
from questionnaires.framework import CHANGES, KINDS, TIES
from questionnaires.framework import COMBINE as ALL_COMBINE
from questionnaires.schema import GROUPS
from tests.questionnaires.exchange.framework_books import definition_of, faults_of, framework_book
from tests.questionnaires.exchange.large_framework import large_framework
from tests.questionnaires.exchange.random_frameworks import frameworks as random_frameworks


def cells(content, name):
    book = openpyxl.load_workbook(io.BytesIO(content))
    return book[name]


@pytest.mark.parametrize("language", ["vi", "en"])
@pytest.mark.parametrize("code", frameworks.names())
def test_a_framework_comes_back_as_it_went(code, language):
    framework = frameworks.load(code)
    content = write_framework_sheet(framework, language)
    assert parse_framework(definition_of(content)) == framework
    assert write_framework_sheet(framework, language) == content


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])  # trees are large
@given(random_frameworks())
def test_any_framework_comes_back_as_it_went(definition):
    framework = parse_framework(definition)
    assert parse_framework(definition_of(write_framework_sheet(framework, "vi"))) == framework


@pytest.mark.parametrize("title", [{"vi": "Đạt", "en": "- Reached"}, {"vi": "- Đạt"}])
def test_a_dash_that_tells_no_depth_stays_in_the_title(title):
    framework = frameworks.load("dak-lak-so-2022")
    leaf = replace(next(node for node in framework.nodes if node.assessed_by == "evidence"), parent=None)
    framework = replace(
        framework, nodes=(replace(leaf, code="1", title=title),), changes=(), scale=leaf.max_points
    )
    written = definition_of(write_framework_sheet(framework, "vi"))
    assert [node["title"] for node in written["nodes"]] == [title]


@pytest.mark.parametrize(
    ("offered", "known"),
    [
        (RULE.choices, RULES),
        (READING.choices, READINGS),
        (GROUP_CHOICES, GROUPS),
        (ASSESSED_BY.choices, ALL_ASSESSED_BY),
        (COMBINE.choices, ALL_COMBINE),
        (KIND.choices, KINDS),
        (TIE.choices, TIES),
        (CHANGE.choices, CHANGES),
    ],
)
def test_the_lists_offer_all_that_frameworks_know_and_no_word_twice(offered: tuple[Choice, ...], known):
    assert {choice.value for choice in offered} == set(known)
    accepted = [words for choice in offered for words in choice.accepted]
    assert len(accepted) == len(set(accepted))


def test_texts_that_look_like_formulas_stay_texts():
    framework = frameworks.load("dak-lak-so-2022")
    title = {"vi": '=HYPERLINK("http://x")', "en": "+1"}
    field = replace(framework.nodes[0], title=title, in_charge="@SUM(A1)")
    changed = replace(framework, nodes=(field, *framework.nodes[1:]))
    content = write_framework_sheet(changed, "vi")
    assert b"<f>" not in content
    sheet = cells(content, "Tiêu chí")
    assert (sheet["C2"].value, sheet["C2"].data_type) == (title["vi"], "s")
    assert parse_framework(definition_of(content)) == changed


def test_codes_stay_texts_and_points_are_numbers():
    sheet = cells(write_framework_sheet(parse_framework(definition_of(large_framework())), "vi"), "Tiêu chí")
    tenth = next(row for row in sheet.iter_rows() if row[0].value == "1.10")
    assert tenth[0].number_format == "@"
    points = [cell.value for cell in sheet["E"]]
    assert points[:2] == ["Điểm tối đa", 15]


def test_a_sum_that_spreadsheets_cannot_hold_is_added_up_again():
    """0.1 + 0.2 is 0.30000000000000004; Excel keeps 15 digits of it."""
    framework = frameworks.load("dak-lak-so-2022")
    field, *_ = framework.fields
    parts = [
        replace(framework.leaves[0], code=f"x{at}", parent="x", max_points=points, subject=None)
        for at, points in enumerate((0.1, 0.2))
    ]
    inner = replace(field, code="x", max_points=0.1 + 0.2)
    changed = replace(framework, nodes=(*framework.nodes, inner, *parts), scale=framework.scale + 0.1 + 0.2)
    sheet = cells(write_framework_sheet(changed, "vi"), "Tiêu chí")
    assert [row[4].value for row in sheet.iter_rows() if row[0].value == "x"] == [None]
    assert parse_framework(definition_of(write_framework_sheet(changed, "vi"))) == changed


@pytest.mark.parametrize(("language", "mark"), [("vi", "VÍ DỤ"), ("en", "EXAMPLE")])
def test_the_template_shows_an_example_that_is_only_to_be_completed(language, mark):
    """It leaves open the code, the version, the decision, its issuer, the unit types; no example may stay."""
    content = template_sheet(language)
    assert content == template_sheet(language)
    left = [fault for fault in faults_of(content) if fault.template != STILL_EXAMPLE]
    assert len(left) == 5
    assert {fault.sheet for fault in left} == {{"vi": "Thông tin chung", "en": "Framework"}[language]}
    book = openpyxl.load_workbook(io.BytesIO(content))
    criteria = book.worksheets[0]
    titles = [cell.value for row in criteria["C2:D6"] for cell in row]
    assert any(title.startswith(mark) for title in titles)
    assert criteria["A1"].comment is not None
    rules = criteria.data_validations.dataValidation
    lists = {str(rule.sqref).rstrip("0123456789") for rule in rules if rule.type == "list"}
    assert len(lists) == 8


def saved(book: openpyxl.Workbook) -> bytes:
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def test_a_completed_template_is_a_framework():
    book = openpyxl.load_workbook(io.BytesIO(template_sheet("vi")))
    head = book["Thông tin chung"]
    written = {
        "Mã bộ chỉ số": "so-2025",
        "Phiên bản": 2,
        "Số quyết định": "1/QĐ-UBND",
        "Cơ quan ban hành": "UBND tỉnh",
        "Ngày ban hành": datetime.datetime(2025, 3, 4),
        "Loại cơ quan": "Sở; Thanh tra",
    }
    for row in head.iter_rows(min_row=2):
        if row[0].value in written:
            row[1].value = written[row[0].value]
    assert len(faults_of(saved(book))) == 8  # the titles of the index, of five criteria and two ratings
    for cell in [cell for sheet in book for row in sheet.iter_rows() for cell in row]:
        if str(cell.value).startswith(MARK):
            cell.value = cell.value.removeprefix(MARK)
    framework = parse_framework(definition_of(saved(book)))
    assert framework.version == "2"
    assert framework.decision.date == datetime.date(2025, 3, 4)
    assert framework.applies_to == ("so", "thanh_tra")
    assert [node.parent for node in framework.nodes] == [None, "1", "1", None, "2"]
    assert framework.nodes[2].groups == {"citizen": 0.6, "business": 0.4}


def test_percentages_that_spreadsheets_keep_as_shares_are_read_as_they_show():
    """A cell that shows 80 % holds 0.8; one that shows 12,5 % holds 0.125."""
    book = openpyxl.load_workbook(io.BytesIO(framework_book()))
    criteria = book["Tiêu chí"]
    criteria["G6"], criteria["G6"].number_format = 0.8, "0%"
    rule = definition_of(saved(book))["nodes"][4]["rule"]
    assert rule["full"] == 80
    criteria["G6"], criteria["G6"].number_format = 0.125, "0.0%"
    assert definition_of(saved(book))["nodes"][4]["rule"]["full"] == 12.5
    criteria["G6"], criteria["G6"].number_format = 75, '0"%"'
    assert definition_of(saved(book))["nodes"][4]["rule"]["full"] == 75
