"""Frameworks in and out as spreadsheets: the template, an upload with all its faults, a draft taken out."""

from __future__ import annotations

import io

import openpyxl
import pytest

import questionnaires.frameworks
from questionnaires import dump_framework, parse_framework
from questionnaires.exchange.framework_sheet import read_framework_sheet
from questionnaires.sheets import read_sheets
from survey.builder.shelves import FRAMEWORKS, add_shipped
from survey.db import db
from tests.survey.builder.draft_life import a_draft
from tests.survey.builder.drafting import content_of
from tests.survey.builder.framework_drafting import a_framework_draft, nodes_of, small_framework

DAK_LAK = "dak-lak-so-2022"


def bring(client, content: bytes, name: str = "bo-chi-so.xlsx"):
    form = {"file": (io.BytesIO(content), name)}
    return client.submit("/frameworks/drafts/new/file", form, content_type="multipart/form-data")


def test_a_stored_version_goes_out_as_a_spreadsheet_and_comes_back_the_same(app, client, sign_in):
    sign_in("planner")
    with app.app_context():
        version_id = add_shipped(FRAMEWORKS, DAK_LAK)[0].id
        db.session.commit()
    taken = client.get(f"/frameworks/{version_id}.xlsx")
    begun = bring(client, taken.data)
    draft_id = int(begun.location.rsplit("/", 1)[1])
    assert parse_framework(content_of(app, draft_id)) == questionnaires.frameworks.load(DAK_LAK)


def test_the_template_is_there_for_everybody_who_reads_frameworks(client, sign_in):
    sign_in("viewer")
    book = openpyxl.load_workbook(io.BytesIO(client.get("/frameworks/template.xlsx").data))
    assert len(book.sheetnames) >= 2
    assert "/frameworks/template.xlsx" in client.get("/frameworks").text


def test_every_fault_of_a_spreadsheet_is_named_at_once_and_nothing_is_stored(app, client, sign_in):
    sign_in("planner")
    content = dump_framework(parse_framework(small_framework()))
    draft_id = a_draft(app, content, "framework")
    book = openpyxl.load_workbook(io.BytesIO(client.get(f"/frameworks/drafts/{draft_id}.xlsx").data))
    sheet = book.worksheets[0]
    points = next(cell.column for row in sheet.iter_rows() for cell in row if cell.value == 45)
    rows = [row for row in range(1, sheet.max_row + 1) if sheet.cell(row, points).value in (10, 20)]
    sheet.cell(rows[0], points).value = "mười"
    sheet.cell(rows[1], points).value = 21  # 21 + 25 is not 45
    buffer = io.BytesIO()
    book.save(buffer)
    refused = bring(client, buffer.getvalue())
    assert refused.status_code == 422
    assert "mười" in refused.text
    assert "46" in refused.text


def test_a_sound_draft_says_in_its_spreadsheet_all_there_is(app, client, sign_in):
    sign_in("planner")
    draft_id = a_framework_draft(app)
    taken = client.get(f"/frameworks/drafts/{draft_id}.xlsx").data
    read = read_framework_sheet(read_sheets(io.BytesIO(taken), indents=True))
    assert parse_framework(read) == parse_framework(small_framework())


@pytest.mark.parametrize(
    "spoilt",
    [
        {"nodes": []},
        {"bands": [{"code": "x", "title": {"vi": "X"}, "when": "${index} >="}]},
        {"title": "chữ", "decision": 7, "scale": "trăm", "applies_to": "so"},
    ],
)
def test_an_unfinished_draft_can_be_taken_out_all_the_same(app, client, sign_in, spoilt):
    sign_in("planner")
    draft_id = a_framework_draft(app, **spoilt)
    assert openpyxl.load_workbook(io.BytesIO(client.get(f"/frameworks/drafts/{draft_id}.xlsx").data))


def test_a_draft_with_faulty_criteria_can_be_taken_out(app, client, sign_in):
    sign_in("planner")
    content = small_framework()
    nodes_of(content)["1.1"]["max_points"] = "mười"
    nodes_of(content)["1.2"]["rule"] = {"name": "thresholds", "full": "chín mươi", "of": 7, "levels": "x"}
    nodes_of(content)["1.2"]["groups"] = {"citizen": "nửa"}
    nodes_of(content)["1.3"]["parent"] = "1.3.1"  # a loop
    draft_id = a_draft(app, content, "framework")
    for ending in ("xlsx", "json", "toml"):
        assert client.get(f"/frameworks/drafts/{draft_id}.{ending}").status_code == 200
