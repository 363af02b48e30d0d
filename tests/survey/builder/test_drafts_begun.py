"""A planner begins a draft: empty, from a stored version, by a new decision, from a file."""

from __future__ import annotations

import io
import json
from typing import Any

import sqlalchemy as sa

from questionnaires import dump_framework, dump_questionnaire
from survey.builder.shelves import FRAMEWORKS, QUESTIONNAIRES, add_shipped
from survey.db import db
from survey.models import DefinitionDraft, FrameworkVersion, QuestionnaireVersion
from tests.survey.builder.draft_life import a_draft, dak_lak, deeds, small

DECISION = {"number": "12/QĐ-UBND", "issuer": "UBND tỉnh", "date": "2026-01-15"}


def add(app, shelf, name: str) -> int:
    with app.app_context():
        version, _ = add_shipped(shelf, name)
        db.session.commit()
        return version.id


def the_draft(app) -> DefinitionDraft:
    with app.app_context():
        return db.session.scalars(sa.select(DefinitionDraft)).one()


def number_of_drafts(app) -> int:
    with app.app_context():
        return db.session.scalar(sa.select(sa.func.count()).select_from(DefinitionDraft))


def upload(client, shelf: str, content: Any, name: str = "phieu.json"):
    raw = content if isinstance(content, bytes) else json.dumps(content).encode()
    data = {"file": (io.BytesIO(raw), name)}
    return client.submit(f"/{shelf}/drafts/new/file", data, content_type="multipart/form-data")


def test_an_empty_framework(app, client, sign_in):
    planner = sign_in("planner")
    named = {"title_vi": "Bộ tiêu chí 2026", "code": "bo-2026", "version": "1", "applies_to": ["so", "ban"]}
    begun = client.submit("/frameworks/drafts/new/empty", {**named, **DECISION})
    draft = the_draft(app)
    assert begun.status_code == 303
    assert (draft.code, draft.version, draft.updated_by_id) == ("bo-2026", "1", planner)
    assert draft.content["title"] == {"vi": "Bộ tiêu chí 2026"}
    assert draft.content["decision"] == DECISION
    assert draft.content["applies_to"] == ["so", "ban"]
    assert deeds(app) == ["draft.begin"]


def test_a_frameworks_page_leads_to_a_questionnaire_for_it(app, client, sign_in):
    framework_id = add(app, FRAMEWORKS, "dak-lak-so-2022")
    sign_in("planner")
    address = f"/questionnaires/drafts/new/empty?framework={framework_id}"
    assert f'href="{address}"' in client.get(f"/frameworks/{framework_id}").text
    assert f'<option selected value="{framework_id}">' in client.get(address).text


def test_an_empty_questionnaire_is_held_against_its_framework(app, client, sign_in):
    framework_id = add(app, FRAMEWORKS, "dak-lak-so-2022")
    sign_in("planner")
    named = {"title_vi": "Phiếu mới", "code": "phieu", "version": "2026", "group": "business"}
    client.submit(
        "/questionnaires/drafts/new/empty", {**named, "languages": ["vi", "en"], "framework_id": framework_id}
    )
    draft = the_draft(app)
    assert (draft.content["group"], draft.content["languages"]) == ("business", ["vi", "en"])
    assert draft.framework_id == framework_id


def test_what_is_missing_is_said_at_its_field(app, client, sign_in):
    sign_in("planner")
    page = client.submit("/questionnaires/drafts/new/empty", {"code": "Phiếu 1", "title_vi": ""})
    assert page.status_code == 422
    for anchor in ("#title_vi", "#version", "#group"):
        assert f'href="{anchor}"' in page.text, anchor
    named = {"title_vi": "Phiếu", "code": "Phiếu 1", "version": "1", "group": "citizen", "languages": ["vi"]}
    page = client.submit("/questionnaires/drafts/new/empty", {**named, "framework_id": ""})
    assert page.status_code == 422
    assert 'href="#code"' in page.text
    assert number_of_drafts(app) == 0


def test_next_years_version_keeps_everything_but_its_number(app, client, sign_in):
    version_id = add(app, QUESTIONNAIRES, "citizen-satisfaction-2024")
    sign_in("planner")
    page = client.get(f"/questionnaires/drafts/new/copy?of={version_id}").text
    assert f'<option selected value="{version_id}">' in page
    fields = {"version_id": version_id, "version": "2026", "framework_id": ""}
    assert client.submit("/questionnaires/drafts/new/copy", fields).status_code == 303
    with app.app_context():
        before = dump_questionnaire(db.session.get(QuestionnaireVersion, version_id).questionnaire)
    assert the_draft(app).content == {**before, "version": "2026"}


def test_a_decision_replaces_an_earlier_one(app, client, sign_in):
    version_id = add(app, FRAMEWORKS, "dak-lak-so-2022")
    sign_in("planner")
    fields = {"version_id": version_id, "version": "2026", **DECISION}
    assert client.submit("/frameworks/drafts/new/decision", fields).status_code == 303
    with app.app_context():
        before = dump_framework(db.session.get(FrameworkVersion, version_id).framework)
    content = the_draft(app).content
    assert content["decision"] == {**DECISION, "replaces": "2854/QĐ-UBND"}
    assert content["nodes"] == before["nodes"]
    assert "changes" not in content


def test_a_questionnaire_has_no_decision(client, sign_in):
    sign_in("planner")
    assert client.get("/questionnaires/drafts/new/decision").status_code == 404


def test_a_version_stored_or_being_written_is_not_begun_again(app, client, sign_in):
    version_id = add(app, QUESTIONNAIRES, "deputies-2024")
    sign_in("planner")
    with app.app_context():
        taken = db.session.get(QuestionnaireVersion, version_id).version
    page = client.submit("/questionnaires/drafts/new/copy", {"version_id": version_id, "version": taken})
    assert page.status_code == 422
    fields = {"version_id": version_id, "version": "2027", "framework_id": ""}
    assert client.submit("/questionnaires/drafts/new/copy", fields).status_code == 303
    assert client.submit("/questionnaires/drafts/new/copy", fields).status_code == 422
    assert number_of_drafts(app) == 1


def test_an_unfinished_file_becomes_a_draft(app, client, sign_in):
    sign_in("planner")
    content = small(title={"vi": "  Phiếu\u0000 dở  "}, group=None)
    content["sections"][0]["questions"][2]["max"] = float("nan")
    assert upload(client, "questionnaires", content).status_code == 303
    kept = the_draft(app).content
    assert kept["title"] == {"vi": "Phiếu dở"}
    assert kept["sections"][0]["questions"][2]["max"] is None


def test_a_framework_from_toml_keeps_its_dates(app, client, sign_in):
    sign_in("planner")
    raw = b'code = "bo"\nversion = "1"\n[decision]\nnumber = "1"\nissuer = "UBND"\ndate = 2026-01-15\n'
    assert upload(client, "frameworks", raw, "bo.toml").status_code == 303
    assert the_draft(app).content["decision"]["date"] == "2026-01-15"


def test_a_file_that_cannot_be_a_draft_is_refused_with_the_reason(app, client, sign_in):
    sign_in("planner")
    double = small()
    double["sections"][1]["questions"][0]["code"] = "received"
    for content, name, words in (
        (double, "phieu.json", "received"),
        (small(), "phieu.docx", ".json, .toml"),
        (b"{", "phieu.json", "JSON"),
        (b'{"a":' + b"[" * 900 + b"]" * 900 + b"}", "phieu.json", ""),
    ):
        page = upload(client, "questionnaires", content, name)
        assert words in page.text
        assert page.status_code in (303, 422)
    page = client.submit("/questionnaires/drafts/new/file", {}, content_type="multipart/form-data")
    assert page.status_code == 422
    assert 'href="#file"' in page.text


def test_a_framework_that_a_draft_is_to_cover_is_not_removed(app, client, sign_in):
    framework_id = add(app, FRAMEWORKS, "dak-lak-so-2022")
    a_draft(app, small(), framework_id=framework_id)
    sign_in("planner")
    assert client.submit(f"/frameworks/{framework_id}/remove").status_code == 409


def test_others_read_drafts_but_begin_none(app, client, sign_in):
    draft_id = a_draft(app, dak_lak(version="x"), "framework")
    sign_in("analyst")
    assert client.get(f"/frameworks/drafts/{draft_id}/review").status_code == 200
    assert client.get("/frameworks/drafts/new").status_code == 403
    assert client.submit(f"/frameworks/drafts/{draft_id}/remove").status_code == 403
