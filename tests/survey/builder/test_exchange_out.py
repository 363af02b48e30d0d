"""Questionnaires and frameworks taken away as files, by those who may, under the right names."""

from __future__ import annotations

import io
from typing import Any

import openpyxl
import pytest
from docx import Document
from pypdf import PdfReader

from questionnaires import dump_questionnaire, library, parse_framework, parse_questionnaire
from survey.builder.shelves import FRAMEWORKS, QUESTIONNAIRES, add_shipped, add_written
from survey.db import db
from tests.survey.builder.draft_life import a_draft, dak_lak, small
from tests.survey.builder.exchanging import DOOR, bring, drafts

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def version(app, shelf, content: dict[str, Any] | str) -> int:
    with app.app_context():
        add = add_shipped if isinstance(content, str) else add_written
        added, _ = add(shelf, content)
        db.session.commit()
        return added.id


@pytest.mark.parametrize("name", library.names())
@pytest.mark.parametrize("ending", ["json", "toml", "xlsx"])
def test_each_shipped_questionnaire_goes_out_and_comes_in_without_loss(app, client, sign_in, name, ending):
    version_id = version(app, QUESTIONNAIRES, name)
    sign_in("planner")
    taken = client.get(f"/questionnaires/{version_id}.{ending}")
    assert bring(client, taken.data, f"phieu.{ending}").status_code == 303
    (draft,) = drafts(app)
    assert parse_questionnaire(draft.content) == library.load(name)


@pytest.mark.parametrize(
    ("address", "mimetype", "name"),
    [
        ("{id}.json", "application/json", "phieu_x-2026-1.json"),
        ("{id}.toml", "application/toml", "phieu_x-2026-1.toml"),
        ("{id}.xlsx", XLSX, "phieu_x-2026-1.xlsx"),
        ("{id}.docx?language=en", DOCX, "phieu_x-2026-1-en.docx"),
        ("{id}.docx?language=fr", DOCX, "phieu_x-2026-1-vi.docx"),
        ("{id}.pdf", "application/pdf", "phieu_x-2026-1-vi.pdf"),
    ],
)
def test_each_file_has_its_type_and_name(app, client, sign_in, address, mimetype, name):
    version_id = version(app, QUESTIONNAIRES, small(code="phieu_x", version="2026/1"))
    sign_in("viewer")
    reply = client.get("/questionnaires/" + address.format(id=version_id))
    assert reply.status_code == 200
    assert reply.mimetype == mimetype
    assert reply.headers["Content-Disposition"] == f'attachment; filename="{name}"'


def test_the_page_of_a_version_offers_every_file_in_every_language(app, client, sign_in):
    version_id = version(app, QUESTIONNAIRES, small())
    sign_in("unit_officer")
    page = client.get(f"/questionnaires/{version_id}").text
    for ending in ("docx?language=vi", "docx?language=en", "pdf?language=vi", "xlsx", "json", "toml"):
        address = f"/questionnaires/{version_id}.{ending}"
        assert f'href="{address}"' in page
        assert client.get(address).status_code == 200
    assert client.get(f"/questionnaires/{version_id}.exe").status_code == 404
    assert client.get("/questionnaires/999.json").status_code == 404


def test_a_framework_goes_out_as_json_and_toml(app, client, sign_in):
    version_id = version(app, FRAMEWORKS, dak_lak())
    sign_in("planner")
    page = client.get(f"/frameworks/{version_id}").text
    for ending in ("json", "toml"):
        assert f'href="/frameworks/{version_id}.{ending}"' in page
        taken = client.get(f"/frameworks/{version_id}.{ending}").data
        data = {"file": (io.BytesIO(taken), f"x.{ending}")}
        reply = client.submit("/frameworks/drafts/new/file", data, content_type="multipart/form-data")
        assert reply.status_code == 303
    first, second = (parse_framework(draft.content) for draft in drafts(app))
    assert first == second == parse_framework(dak_lak())
    assert client.get(f"/frameworks/{version_id}.pdf").status_code == 404


def test_a_sound_draft_says_on_paper_that_it_is_one(app, client, sign_in):
    draft_id = a_draft(app, small())
    sign_in("planner")
    page = client.get(f"/questionnaires/drafts/{draft_id}").text
    address = f"/questionnaires/drafts/{draft_id}"
    assert f'href="{address}.pdf?language=vi"' in page
    word = client.get(f"{address}.docx?language=vi")
    assert word.headers["Content-Disposition"].endswith('-ban-thao-vi.docx"')
    assert any("BẢN THẢO: " in each.text.upper() for each in Document(io.BytesIO(word.data)).paragraphs)
    english = client.get(f"{address}.pdf?language=en")
    assert "DRAFT: " in PdfReader(io.BytesIO(english.data)).pages[0].extract_text()
    taken = client.get(f"{address}.xlsx").data
    assert bring(client, taken, "x.xlsx").status_code == 303
    assert parse_questionnaire(drafts(app)[-1].content) == parse_questionnaire(small())


def test_an_unfinished_draft_goes_out_as_it_is_written_and_no_further(app, client, sign_in):
    unfinished = small(title={}, group="nobody")
    draft_id = a_draft(app, unfinished)
    address = f"/questionnaires/drafts/{draft_id}"
    sign_in("planner")
    for page in (client.get(address).text, client.get(f"{address}/review").text):
        assert f'href="{address}.json"' in page
        assert f"{address}.pdf" not in page
    for ending in ("xlsx", "docx", "pdf"):
        assert client.get(f"{address}.{ending}").status_code == 409
    for ending in ("json", "toml"):
        assert bring(client, client.get(f"{address}.{ending}").data, f"x.{ending}").status_code == 303
    assert [draft.content for draft in drafts(app)] == [unfinished] * 3


def test_reviewers_take_drafts_away_and_unit_officers_do_not(app, client, sign_in):
    draft_id = a_draft(app, small())
    sign_in("appraiser")
    page = client.get(f"/questionnaires/drafts/{draft_id}/review").text
    assert f'href="/questionnaires/drafts/{draft_id}.xlsx"' in page
    assert client.get(f"/questionnaires/drafts/{draft_id}.xlsx").status_code == 200
    assert client.get(DOOR).status_code == 403
    sign_in("unit_officer")
    assert client.get(f"/questionnaires/drafts/{draft_id}.xlsx").status_code == 403


def test_a_text_that_looks_like_a_formula_stays_a_text(app, client, sign_in):
    trap = '=HYPERLINK("http://example.org","x")'
    version_id = version(app, QUESTIONNAIRES, small(title={"vi": trap, "en": "+1+1"}, source="@SUM(A1)"))
    sign_in("viewer")
    book = openpyxl.load_workbook(io.BytesIO(client.get(f"/questionnaires/{version_id}.xlsx").data))
    cells = [cell for sheet in book for row in sheet for cell in row if cell.value is not None]
    assert {cell.data_type for cell in cells} == {"s"}
    assert {trap, "@SUM(A1)"} <= {cell.value for cell in cells}
    assert not any(cell.hyperlink for cell in cells)


def test_the_draft_of_a_questionnaire_in_one_language_offers_one_file_of_each_format(app, client, sign_in):
    content = dump_questionnaire(library.load("citizen-satisfaction-2024"))
    assert content["languages"] != ["vi"]
    one = {**small(languages=["vi"]), "title": {"vi": "Phiếu"}}
    draft_id = a_draft(app, one)
    sign_in("planner")
    page = client.get(f"/questionnaires/drafts/{draft_id}").text
    assert "language=" not in page
