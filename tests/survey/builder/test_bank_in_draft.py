"""A planner takes a question asked before into a form, and is told what came differently."""

from __future__ import annotations

import json
import re
from html import unescape

import pytest

from questionnaires import examine_questionnaire
from tests.survey.builder.draft_life import a_draft, small
from tests.survey.builder.drafting import content_of, question
from tests.survey.builder.test_bank import results
from tests.survey.builder.test_comparison import words_of

VISITS = json.dumps(["citizen-satisfaction-2024", "1", "visits"])
ON_TIME = json.dumps(["citizen-satisfaction-2024", "1", "on_time"])
OVERALL = json.dumps(["citizen-satisfaction-2024", "1", "overall_satisfaction"])


@pytest.fixture
def draft_id(app, sign_in) -> int:
    sign_in("planner")
    return a_draft(app, small())


def use(client, draft_id: int, entry: str, place: str):
    address = f"/questionnaires/drafts/{draft_id}/bank"
    return client.submit(address, {"question": entry, "place": place})


def codes(content, section: int = 0) -> list[str]:
    return [each["code"] for each in content["sections"][section]["questions"]]


def test_the_outline_leads_to_the_bank_and_back_at_the_question(app, client, draft_id):
    outline = f"/questionnaires/drafts/{draft_id}"
    assert f'href="{outline}/bank"' in client.get(outline).text
    page = client.get(f"{outline}/bank?words=nhin+chung&after=received").text
    assert '<option value="question:received" selected>' in page
    key = unescape(re.findall(r'name="question" value="([^"]*)"', page)[0])
    answer = use(client, draft_id, key, "question:received")
    assert answer.status_code == 303
    assert answer.location.endswith(f"{outline}#question-overall_satisfaction")
    page = client.get(answer.location).text
    assert "Đã đưa câu hỏi vào phiếu, với mã “overall_satisfaction”." in page
    assert 'id="question-overall_satisfaction"' in page


def test_a_question_stands_behind_the_one_named_with_its_scale(app, client, draft_id):
    use(client, draft_id, OVERALL, "question:received")
    content = content_of(app, draft_id)
    assert codes(content)[:3] == ["received", "overall_satisfaction", "late"]
    assert question(content, "overall_satisfaction")["scale"] in [
        scale["code"] for scale in content["scales"]
    ]
    assert examine_questionnaire(content)[1] == ()


def test_a_question_stands_at_the_end_of_the_section_named(app, client, draft_id):
    use(client, draft_id, OVERALL, "section:visit")
    assert codes(content_of(app, draft_id))[-1] == "overall_satisfaction"


def test_a_code_that_is_taken_is_told(app, client, draft_id):
    answer = use(client, draft_id, VISITS, "section:visit")  # the form has a “visits” of its own
    assert codes(content_of(app, draft_id))[-1] == "visits_2"
    assert "Với mã “visits_2”, đây là một câu hỏi mới" in client.get(answer.location).text


def test_a_route_that_would_lead_nowhere_is_left_out_and_told(app, client, draft_id):
    answer = use(client, draft_id, ON_TIME, "section:visit")  # asked elsewhere of who has the result
    assert "relevant" not in question(content_of(app, draft_id), "on_time")
    assert "điều kiện dựa vào result_received" in client.get(answer.location).text


def test_what_the_form_has_already_is_said_and_comes_last(app, client, draft_id):
    found = results(client.get(f"/questionnaires/drafts/{draft_id}/bank?words=bao+nhieu+lan").text)
    assert "Phiếu này đã có “visits”." in found


def test_the_change_is_in_the_draft_s_history(app, client, draft_id):
    use(client, draft_id, OVERALL, "section:visit")
    history = words_of(client.get(f"/questionnaires/drafts/{draft_id}/history").text)
    assert "overall_satisfaction" in history


@pytest.mark.parametrize("place", ["section:gone", "question:gone", ""])
def test_a_place_that_is_gone_meanwhile_is_told_and_nothing_changes(app, client, draft_id, place):
    before = content_of(app, draft_id)
    answer = use(client, draft_id, OVERALL, place)
    assert answer.status_code == 422
    assert 'href="#place"' in answer.text
    assert content_of(app, draft_id) == before


@pytest.mark.parametrize(
    ("entry", "status"), [("", 400), ("[1]", 400), ("{}", 400), ('["a", "1", "b"]', 409)]
)
def test_a_question_that_is_not_in_the_bank_is_refused(app, client, draft_id, entry, status):
    assert use(client, draft_id, entry, "section:visit").status_code == status


def test_a_draft_under_review_takes_no_question(app, client, sign_in):
    sender = sign_in("planner")
    draft_id = a_draft(app, small(), state="review", sent_by_id=sender)
    assert use(client, draft_id, OVERALL, "section:visit").status_code == 409


def test_a_draft_without_sections_is_told_to_begin_with_one(app, client, sign_in):
    sign_in("planner")
    draft_id = a_draft(app, small(sections=[]))
    page = client.get(f"/questionnaires/drafts/{draft_id}/bank").text
    assert "Phiếu chưa có phần nào" in page
