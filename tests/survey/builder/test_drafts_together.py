"""Several decide on one draft at the same moment: one does it, the others are told, nothing is half done."""

from __future__ import annotations

from collections import Counter

from survey.models import QuestionnaireVersion
from tests.survey.builder.draft_life import a_draft, browser, deeds, draft, edit, small
from tests.survey.exactly_once.racing import at_once, count


def pressing(app, user_id: int, path: str, **fields):
    """One press of a button by somebody with the page open: the status of the reply."""
    client = browser(app, user_id)
    token = client.csrf_token()
    return lambda: client.post(path, data={"csrf_token": token, **fields}).status_code


def reword(content):
    return {**content, "title": {"vi": "Tên khác", "en": "Another title"}}


def test_of_two_who_approve_at_once_one_does(app, new_user):
    sender, first, second = (new_user("planner", name) for name in ("gui", "mot", "hai"))
    draft_id = a_draft(app, small(), state="review", sent_by_id=sender)
    path = f"/questionnaires/drafts/{draft_id}/approve"
    replies = at_once(app, [pressing(app, user, path, revision=0) for user in (first, second)])
    assert Counter(replies) == {303: 1, 409: 1}
    assert count(app, QuestionnaireVersion) == 1
    assert deeds(app).count("draft.approve") == 1


def test_two_drafts_of_one_version_approved_at_once_make_one_version(app, new_user):
    sender, approver = new_user("planner", "gui"), new_user("planner", "duyet")
    ids = [a_draft(app, small(source=source), state="review", sent_by_id=sender) for source in ("một", "hai")]
    paths = [f"/questionnaires/drafts/{draft_id}/approve" for draft_id in ids]
    replies = at_once(app, [pressing(app, approver, path, revision=0) for path in paths])
    assert Counter(replies) == {303: 1, 409: 1}
    assert sorted(draft(app, draft_id).state for draft_id in ids) == ["approved", "review"]


def test_the_same_draft_twice_meets_its_own_version(app, new_user):
    sender, approver = new_user("planner", "gui"), new_user("planner", "duyet")
    ids = [a_draft(app, small(), state="review", sent_by_id=sender) for _ in range(2)]
    paths = [f"/questionnaires/drafts/{draft_id}/approve" for draft_id in ids]
    assert at_once(app, [pressing(app, approver, path, revision=0) for path in paths]) == [303, 303]
    assert count(app, QuestionnaireVersion) == 1


def test_of_two_who_send_at_once_one_does(app, new_user):
    first, second = new_user("planner", "mot"), new_user("planner", "hai")
    draft_id = a_draft(app, small())
    path = f"/questionnaires/drafts/{draft_id}/send"
    replies = at_once(app, [pressing(app, user, path, revision=0) for user in (first, second)])
    assert Counter(replies) == {303: 1, 409: 1}
    assert deeds(app).count("draft.send") == 1


def test_nobody_sends_or_approves_what_they_have_not_read(app, client, new_user, sign_in):
    sign_in("planner")
    draft_id = a_draft(app, small())
    edit(app, draft_id, reword, "head")
    stale = client.submit(f"/questionnaires/drafts/{draft_id}/send", {"revision": 0})
    assert stale.status_code == 409
    assert "Có người đã sửa bản thảo" in stale.text
    assert client.submit(f"/questionnaires/drafts/{draft_id}/send", {"revision": 1}).status_code == 303
    approver = browser(app, new_user("planner", "duyet"))
    assert approver.submit(f"/questionnaires/drafts/{draft_id}/approve", {"revision": 0}).status_code == 409
    assert approver.submit(f"/questionnaires/drafts/{draft_id}/approve", {}).status_code == 409
    assert draft(app, draft_id).state == "review"


def test_a_draft_sent_meanwhile_takes_no_change(app, client, new_user, sign_in):
    draft_id = a_draft(app, small())
    edit(app, draft_id, reword, "head")
    sign_in("planner")
    other = browser(app, new_user("planner", "hai"))
    other.submit(f"/questionnaires/drafts/{draft_id}/send", {"revision": 1})
    late = client.submit(f"/questionnaires/drafts/{draft_id}/history/1/restore")
    assert late.status_code == 409
    assert draft(app, draft_id).content["title"]["vi"] == "Tên khác"


def test_a_comment_on_a_draft_removed_meanwhile_finds_no_page(app, client, new_user, sign_in):
    draft_id = a_draft(app, small())
    sign_in("viewer")
    other = browser(app, new_user("planner", "hai"))
    other.submit(f"/questionnaires/drafts/{draft_id}/remove")
    said = client.submit(f"/questionnaires/drafts/{draft_id}/comments", {"text": "Hay", "place": ""})
    assert said.status_code == 404
