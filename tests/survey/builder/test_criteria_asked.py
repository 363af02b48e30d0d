"""The panel turns criteria that are still unasked into questions: one each, or the rows of one."""

from __future__ import annotations

import pytest

from survey.builder.shelves import FRAMEWORKS, add_shipped
from survey.models import DraftChange
from tests.survey.builder.drafting import DAK_LAK, content_of, draft_of
from tests.survey.fieldwork.desk import stored

HEAD = {
    "code": "new",
    "version": "1",
    "title": {"vi": "Phiếu mới"},
    "group": "official",
    "languages": ["vi"],
}
SCALE = {
    "code": "satisfied",
    "choices": [{"code": "1", "text": {"vi": "Không hài lòng"}}, {"code": "2", "text": {"vi": "Hài lòng"}}],
}


@pytest.fixture
def draft_id(app, sign_in) -> int:
    sign_in("planner")
    return draft_of(app, HEAD | {"sections": [], "scales": [SCALE]})


@pytest.fixture
def officials(app) -> list[str]:
    """The criteria that officials' answers count for, in the framework's order."""
    with app.app_context():
        leaves = add_shipped(FRAMEWORKS, DAK_LAK)[0].framework.survey_leaves
        return [leaf.code for leaf in leaves if "official" in leaf.groups]


def questions(app, draft_id: int) -> list[dict]:
    return [each for section in content_of(app, draft_id)["sections"] for each in section["questions"]]


def test_every_unasked_criterion_becomes_a_question_and_nothing_is_left(app, client, draft_id, officials):
    start = f"/questionnaires/drafts/{draft_id}"
    assert "ask-1" in client.get(start).text
    answer = client.submit(f"{start}/criteria", {"how": "each"})
    assert answer.location.endswith("#question-q1")
    asked = questions(app, draft_id)
    assert len(asked) == len(officials) > 1
    assert all(each["scale"] == "satisfied" and each["text"]["vi"] for each in asked)
    assert "ask-1" not in client.get(start).text
    assert len(stored(app, DraftChange)) == 1 + len(officials)  # the section, and each question by itself


def test_picked_criteria_become_rows_in_the_section_chosen(app, client, draft_id, officials):
    start = f"/questionnaires/drafts/{draft_id}"
    client.submit(f"{start}/sections", {})
    client.submit(f"{start}/sections", {})
    answer = client.submit(f"{start}/criteria", {"how": "rows", "criterion": officials[1:3], "section": "s1"})
    assert answer.location.endswith("/questions/q1")  # to give it words
    [matrix] = questions(app, draft_id)
    assert len(matrix["rows"]) == 2
    assert content_of(app, draft_id)["sections"][0]["questions"] == [matrix]


def test_the_usual_scale_is_added_at_once_and_only_once(app, client, draft_id):
    start = f"/questionnaires/drafts/{draft_id}"
    client.submit(f"{start}/scales/satisfaction", {})
    added = content_of(app, draft_id)["scales"][1]
    assert [each["text"] for each in added["choices"]][::4] == [
        {"vi": "Rất không hài lòng"},
        {"vi": "Rất hài lòng"},
    ]
    assert len(added["choices"]) == 5
    assert 'scales/satisfaction"' not in client.get(start).text
    assert client.submit(f"{start}/scales/satisfaction", {}).status_code == 422


def test_where_nothing_is_unasked_the_planner_is_told(client, app, draft_id):
    start = f"/questionnaires/drafts/{draft_id}"
    client.submit(f"{start}/criteria", {"how": "each"})
    before = content_of(app, draft_id)
    answer = client.submit(f"{start}/criteria", {"how": "rows", "section": "s1"})
    assert answer.status_code == 422
    assert content_of(app, draft_id) == before


def test_a_section_that_is_gone_is_refused(client, app, draft_id):
    client.submit(f"/questionnaires/drafts/{draft_id}/sections", {})
    answer = client.submit(f"/questionnaires/drafts/{draft_id}/criteria", {"how": "each", "section": "s9"})
    assert answer.status_code == 422
    assert questions(app, draft_id) == []
