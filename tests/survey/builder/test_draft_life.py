"""A draft is sent for review, approved by a second person, and is a version then."""

from __future__ import annotations

import pytest

from survey.db import db
from survey.models import FrameworkVersion, QuestionnaireVersion
from tests.survey.builder.draft_life import a_draft, browser, dak_lak, deeds, draft, small


def decide(client, draft_id: int, deed: str, revision: int = 0, shelf: str = "questionnaires"):
    return client.submit(f"/{shelf}/drafts/{draft_id}/{deed}", {"revision": revision})


def under_review(app, new_user, **values) -> int:
    sender = new_user("planner", "nguoi-gui")
    return a_draft(app, small(), state="review", sent_by_id=sender, **values)


def test_a_planner_sends_and_another_approves(app, client, new_user, sign_in):
    sign_in("planner")
    draft_id = a_draft(app, small())
    sent = decide(client, draft_id, "send")
    assert (sent.status_code, draft(app, draft_id).state) == (303, "review")
    other = browser(app, new_user("planner", "nguoi-hai"))
    approved = decide(other, draft_id, "approve")
    with app.app_context():
        version = db.session.query(QuestionnaireVersion).one()
        assert (version.code, version.version) == ("small", "1")
        assert approved.location == f"/questionnaires/{version.id}"
    assert draft(app, draft_id).state == "approved"
    assert deeds(app) == ["draft.begin", "draft.send", "questionnaire.add", "draft.approve"]


def test_a_framework_is_approved_by_an_administrator(app, client, new_user, sign_in):
    sender = new_user("planner")
    draft_id = a_draft(app, dak_lak(version="2023"), "framework", state="review", sent_by_id=sender)
    sign_in("administrator")
    assert decide(client, draft_id, "approve", shelf="frameworks").status_code == 303
    with app.app_context():
        assert db.session.query(FrameworkVersion).one().version == "2023"


def test_what_is_faulty_is_not_sent_and_every_fault_leads_to_its_place(app, client, sign_in):
    sign_in("planner")
    content = small()
    content["sections"][0]["questions"][1]["relevant"] = "${received} ="
    content["sections"][2]["title"] = {}
    draft_id = a_draft(app, content)
    page = decide(client, draft_id, "send")
    assert (page.status_code, draft(app, draft_id).state) == (409, "draft")
    assert "Câu hỏi late" in page.text
    assert "Phần service" in page.text
    assert f'href="/questionnaires/drafts/{draft_id}/questions/late"' in page.text


def test_who_sent_it_cannot_approve_and_reads_who_can(app, client, new_user, sign_in):
    draft_id = a_draft(app, small())
    new_user("administrator", "quan-tri")
    sign_in("planner")
    decide(client, draft_id, "send")
    page = client.get(f"/questionnaires/drafts/{draft_id}/review").text
    assert "Người administrator" in page
    assert "/approve" not in page
    assert decide(client, draft_id, "approve").status_code == 403
    assert draft(app, draft_id).state == "review"


def test_the_page_says_when_nobody_can_approve(app, client, sign_in):
    sign_in("planner")
    draft_id = a_draft(app, small())
    decide(client, draft_id, "send")
    page = client.get(f"/questionnaires/drafts/{draft_id}/review").text
    assert "Chưa có ai duyệt được" in page


def test_a_draft_under_review_is_taken_back_and_changed(app, client, new_user, sign_in):
    draft_id = under_review(app, new_user)
    sign_in("planner")
    assert decide(client, draft_id, "take-back").status_code == 303
    taken = draft(app, draft_id)
    assert (taken.state, taken.sent_by_id) == ("draft", None)
    assert decide(client, draft_id, "take-back").status_code == 409
    assert deeds(app)[-1] == "draft.take_back"


def test_who_takes_a_draft_back_goes_on_where_they_may(app, client, new_user, sign_in):
    draft_id = under_review(app, new_user)
    sign_in("administrator")
    back = decide(client, draft_id, "take-back")
    assert back.location.endswith(f"/questionnaires/drafts/{draft_id}/review")
    assert client.get(back.location).status_code == 200


PLACES = {
    "applies_to": ([], "head"),
    "bands": ([{}], "bands"),
    "changes": ([{}], "changes"),
    "nodes": ([{"code": "1"}], "nodes/1"),
    "ranking_groups": ([{}], "ranking-groups"),
}
"""Part of a framework → a faulty state of it, and the page that mends it."""


@pytest.mark.parametrize("key", PLACES)
def test_a_fault_of_a_framework_leads_to_where_it_is_mended(app, client, sign_in, key):
    faulty, page = PLACES[key]
    draft_id = a_draft(app, dak_lak(**{key: faulty}), "framework")
    sign_in("planner")
    review = client.get(f"/frameworks/drafts/{draft_id}/review").text
    address = f"/frameworks/drafts/{draft_id}/{page}"
    assert f'href="{address}"' in review
    assert client.get(address).status_code == 200


def test_another_definition_of_the_same_version_is_in_the_way(app, client, new_user, sign_in):
    with app.app_context():
        db.session.add(QuestionnaireVersion.of(small(source="khác")))
        db.session.commit()
    draft_id = under_review(app, new_user)
    sign_in("planner")
    page = decide(client, draft_id, "approve")
    assert page.status_code == 409
    assert "đã được lưu ở đây" in page.text
    assert draft(app, draft_id).state == "review"
    assert "draft.approve" not in deeds(app)


def test_an_approved_draft_stays_readable_and_as_it_is(app, client, new_user, sign_in):
    draft_id = under_review(app, new_user)
    sign_in("planner")
    version = decide(client, draft_id, "approve").location
    assert f'href="/questionnaires/drafts/{draft_id}/review"' in client.get(version).text
    page = client.get(f"/questionnaires/drafts/{draft_id}/review")
    assert "Phiếu khảo sát ngắn" in page.text
    assert "<textarea" not in page.text
    assert client.get(f"/questionnaires/drafts/{draft_id}/history").status_code == 200
    for deed in ("send", "take-back", "approve", "remove"):
        assert decide(client, draft_id, deed).status_code == 409, deed
    said = client.submit(f"/questionnaires/drafts/{draft_id}/comments", {"text": "Muộn rồi", "place": ""})
    assert said.status_code == 409


def test_a_draft_is_removed_with_its_history_but_not_under_review(app, client, new_user, sign_in):
    draft_id = under_review(app, new_user)
    sign_in("planner")
    client.submit(f"/questionnaires/drafts/{draft_id}/comments", {"text": "Hay", "place": ""})
    assert decide(client, draft_id, "remove").status_code == 409
    decide(client, draft_id, "take-back")
    assert decide(client, draft_id, "remove").location == "/questionnaires/drafts"
    assert draft(app, draft_id) is None
    assert deeds(app)[-1] == "draft.remove"


@pytest.mark.parametrize("deed", ["review", "history"])
def test_a_draft_is_found_under_its_own_kind_only(app, client, sign_in, deed):
    draft_id = a_draft(app, small())
    sign_in("viewer")
    assert client.get(f"/questionnaires/drafts/{draft_id}/{deed}").status_code == 200
    assert client.get(f"/frameworks/drafts/{draft_id}/{deed}").status_code == 404
