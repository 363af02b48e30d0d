"""A planner has a questionnaire examined: its paths walked, its time estimated, its wording looked at."""

from __future__ import annotations

import copy
import uuid

import pytest

from questionnaires.editing.question_setting import set_question
from survey import jobs
from survey.builder.trial.time_pages import duration
from tests.survey.builder.draft_life import a_draft, browser, edit, small
from tests.survey.factory import words

NEVER = {
    "code": "never",
    "kind": "single",
    "required": True,
    "relevant": "${received} = 'no' and ${late} = 'yes'",
    "text": words("Vì sao trễ hẹn?", "Why was it late?"),
    "choices": [{"code": "a", "text": words("Thiếu người", "Few people")}],
}
STUCK = {
    "code": "stuck",
    "kind": "integer",
    "required": True,
    "relevant": "${late} = 'yes'",
    "constraint": ". > 5 and . < 3",
    "constraint_message": words("Số ngày chưa đúng.", "Not that many days."),
    "text": words("Trễ mấy ngày?", "How many days late?"),
}


def with_questions(*questions: dict) -> dict:
    content = small()
    content["sections"][0]["questions"] += copy.deepcopy(questions)
    return content


@pytest.fixture
def planner(sign_in) -> int:
    return sign_in("planner")


def walked(client, address: str) -> str:
    """The page of the walk, after the job that the button starts."""
    started = client.submit(f"{address}/walk")
    assert started.location.startswith("/jobs/")
    done = client.get(started.location)
    assert done.location == f"{address}/walk"
    return client.get(done.location).text


def test_a_walk_names_what_is_never_asked_and_what_nobody_can_answer(app, client, planner):
    draft_id = a_draft(app, with_questions(NEVER, STUCK))
    page = walked(client, f"/questionnaires/drafts/{draft_id}/try")
    assert "2 điều phát hiện" in page
    assert "“Vì sao trễ hẹn?” không bao giờ được hỏi" in page
    assert f'href="/questionnaires/drafts/{draft_id}/questions/never"' in page
    assert "Kết quả có trễ hẹn không? <strong>Có</strong>" in page  # the answers that lead to the dead end


def test_a_sound_form_has_no_findings_and_its_shares_stand_in_bars(app, client, planner):
    page = walked(client, f"/questionnaires/drafts/{a_draft(app, small())}/try")
    assert "Không phát hiện gì" in page
    assert page.count("<meter") == 4 + 9  # sections and questions
    assert "1.000 lượt dò" in page


def test_the_walk_tells_how_many_items_are_asked(app, client, planner):
    """Without a result 8 of the 10 items are asked; a late one brings "late" and "reason" besides."""
    page = walked(client, f"/questionnaires/drafts/{a_draft(app, small())}/try")
    length = page[page.index('id="length"') : page.index('id="shares"')]
    numbers = [int(part.split("<")[0]) for part in length.split('list__value">')[1:]]
    assert (numbers[0], numbers[2]) == (8, 10)


def test_a_walk_is_out_of_date_once_the_draft_changes(app, client, planner):
    draft_id = a_draft(app, with_questions(STUCK))
    address = f"/questionnaires/drafts/{draft_id}/try"
    assert "Đã cũ" not in walked(client, address)
    mended = {key: value for key, value in STUCK.items() if not key.startswith("constraint")}
    edit(app, draft_id, lambda content: set_question(content, "stuck", mended), "question:stuck")
    old = client.get(f"{address}/walk").text
    assert "Đã cũ" in old
    assert "1 điều phát hiện" in old
    new = walked(client, address)
    assert "Đã cũ" not in new
    assert "Không phát hiện gì" in new


def test_a_colleagues_walk_is_not_started_twice(app, client, planner, new_user, monkeypatch):
    address = f"/questionnaires/drafts/{a_draft(app, small())}/try"
    monkeypatch.setitem(app.extensions, "run_job", lambda job_id: None)  # the worker is busy elsewhere
    colleague = browser(app, new_user("planner", "colleague"))
    assert colleague.submit(f"{address}/walk").location.startswith("/jobs/")
    mine = client.submit(f"{address}/walk", follow_redirects=True)
    assert "Một đồng nghiệp vừa bắt đầu" in mine.text


def test_a_walk_of_a_draft_that_is_gone_says_so(app, client, planner, monkeypatch):
    monkeypatch.setitem(app.extensions, "run_job", lambda job_id: None)
    draft_id = a_draft(app, small())
    job = client.submit(f"/questionnaires/drafts/{draft_id}/try/walk").location
    client.submit(f"/questionnaires/drafts/{draft_id}/remove")
    with app.app_context():
        jobs.run(uuid.UUID(job.rpartition("/")[2]))
    assert "vừa bị xóa" in client.get(job).text


def test_the_time_stands_with_what_it_rests_on(app, client, planner):
    page = client.get(f"/questionnaires/drafts/{a_draft(app, small())}/try/time").text
    assert "Tiếng Việt: khoảng" in page
    assert "English: khoảng" in page
    assert "Coupé, Oh, Dediu, Pellegrino 2019" in page
    assert ">3,5<" in page  # seconds for a row of a table


@pytest.mark.parametrize(
    ("seconds", "words"),
    [
        (1, "5 giây"),
        (62, "60 giây"),
        (89, "90 giây"),
        (95, "1 phút rưỡi"),
        (134, "2 phút"),
        (136, "2 phút rưỡi"),
    ],
)
def test_a_time_is_told_no_finer_than_an_estimate_is(app, seconds, words):
    with app.test_request_context():
        assert duration(seconds) == words


def test_hints_stand_by_their_question_with_what_to_write_instead(app, client, planner):
    double = {
        "code": "double",
        "kind": "scale",
        "scale": "satisfaction3",
        "text": words("Ông/Bà hài lòng về thái độ và thời gian giải quyết?", "How satisfied are you?"),
    }
    draft_id = a_draft(app, with_questions(double))
    page = client.get(f"/questionnaires/drafts/{draft_id}/try/wording").text
    assert f'href="/questionnaires/drafts/{draft_id}/questions/double"' in page
    assert "Nên viết:" in page
    beside = client.get(f"/questionnaires/drafts/{draft_id}/try/wording/double").text
    assert "Nên viết:" in beside
    assert "thái độ và thời gian" in beside
    assert client.get(f"/questionnaires/drafts/{draft_id}/try/wording/received").status_code == 204
    form = client.get(f"/questionnaires/drafts/{draft_id}/questions/double").text
    assert f'hx-get="/questionnaires/drafts/{draft_id}/try/wording/double"' in form
