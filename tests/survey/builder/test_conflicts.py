"""What somebody else did meanwhile, and forms that no page made: told in words, and nothing breaks."""

from __future__ import annotations

import pytest

from survey.db import db
from survey.models import DraftChange
from tests.survey.builder.draft_life import a_draft, dak_lak, small
from tests.survey.builder.drafting import content_of, draft_of, form_of, question
from tests.survey.builder.settling import settle


@pytest.fixture
def draft_id(app, sign_in):
    sign_in("planner")
    return draft_of(app)


def test_a_new_code_settled_beside_anothers_change_is_a_renaming(app, client, draft_id):
    address = f"/questionnaires/drafts/{draft_id}/questions/result_received"
    opened = form_of(client.get(address).text)
    client.submit(address, opened | {"hint.vi": "Xem phiếu hẹn"})
    page = client.submit(address, opened | {"code": "got_result"}).text
    settle(client, page, {})
    content = content_of(app, draft_id)
    assert question(content, "got_result")["hint"]["vi"] == "Xem phiếu hẹn"
    assert question(content, "on_time")["relevant"] == "${got_result} = 'yes'"
    with app.app_context():
        change = db.session.get(DraftChange, (draft_id, 2))
        assert (change.place, change.after["code"]) == ("question:result_received", "got_result")
    history = client.get(f"/questionnaires/drafts/{draft_id}/history").text
    assert "đổi mã" in history
    assert "đã bỏ" not in history


def test_a_section_behind_one_that_is_gone_is_refused_in_words(app, client, draft_id):
    before = content_of(app, draft_id)
    page = client.submit(f"/questionnaires/drafts/{draft_id}/sections", {"after": "gone"})
    assert page.status_code == 422
    assert "Không có phần “gone”" in page.text
    assert content_of(app, draft_id) == before


def test_one_more_like_a_question_of_no_kind_leads_back_to_it(app, client, sign_in):
    sign_in("planner")
    content = small()
    content["sections"][0]["questions"][0]["kind"] = "unheard_of"
    code = content["sections"][0]["questions"][0]["code"]
    address = f"/questionnaires/drafts/{a_draft(app, content)}/questions/{code}"
    form = form_of(client.get(address).text) | {"kind": "unheard_of", "then": "another"}
    answer = client.submit(address, form)
    assert answer.location.endswith(f"/questions/{code}")
    assert "unheard_of" in client.get(address).text


@pytest.mark.parametrize("seen", ["", "[1]", '"text"', "7", "{", "[" * 100_000])
def test_a_form_that_says_nothing_of_what_it_showed_meets_what_is_stored(app, client, draft_id, seen):
    before = content_of(app, draft_id)
    fields = {"seen": seen, "code": "on_time", "kind": "single"}
    page = client.submit(f"/questionnaires/drafts/{draft_id}/questions/on_time", fields)
    assert page.status_code == 409
    settled = {"place": "question:on_time", "base": seen, "theirs": seen, "mine": seen}
    assert client.submit(f"/questionnaires/drafts/{draft_id}/settle", settled).status_code in (409, 422)
    assert content_of(app, draft_id) == before


@pytest.mark.parametrize(
    ("leaf", "fields"),
    [
        ("head", {"seen": "[1]", "code": "x", "decision": "một"}),
        ("nodes/1", {"seen": "[1]", "code": "1", "groups": "một", "rule": "một"}),
        ("nodes/1.1/split", {"parts": "một"}),
        ("nodes/1.1/split", {"parts.1": "một"}),
    ],
)
def test_a_field_in_the_place_of_a_table_breaks_nothing(app, client, sign_in, leaf, fields):
    draft_id = a_draft(app, dak_lak(), "framework")
    sign_in("planner")
    before = content_of(app, draft_id)
    answer = client.submit(f"/frameworks/drafts/{draft_id}/{leaf}", fields)
    assert answer.status_code in (404, 409, 422)
    assert content_of(app, draft_id) == before


NO_ID = 10**12


def test_a_number_that_no_database_holds_finds_nothing(app, client, draft_id):
    root = f"/questionnaires/drafts/{draft_id}"
    before = content_of(app, draft_id)
    said = client.submit(f"{root}/comments", {"text": "Hay", "answers": NO_ID})
    begun = client.submit("/questionnaires/drafts/new/copy", {"version_id": NO_ID, "version": "2"})
    client.submit(f"{root}/framework", {"framework": NO_ID})
    assert (said.status_code, begun.status_code) == (303, 422)
    assert content_of(app, draft_id) == before
