"""A draft full of faults is tried as far as it can be read; the faults are named, the rest is usable."""

from __future__ import annotations

import pytest
from hypothesis import given, settings

from questionnaires import examine_questionnaire
from questionnaires.answers import check_answers, read_form
from questionnaires.printing.paper import paper
from survey.builder.trial.presentable import presentable
from survey.db import today
from survey.entry.screen import lines_of
from survey.respond.answering.booklet import laid_out
from tests.questionnaires.random_definitions import broken_questionnaires
from tests.survey.builder.draft_life import a_draft, small
from tests.survey.factory import words

PREVIEWS = ("phone", "answer", "answer/1", "answer/check", "key", "paper", "paper.pdf", "paper.docx")
EXAMINED = ("walk", "time", "wording")
ODD = {"code": "odd", "kind": "unheard_of", "text": words("Câu chưa rõ loại", "Odd")}
BARE = {"code": "bare", "kind": "single", "text": words("Câu chưa có lựa chọn", "Bare")}
EMPTY = {"code": "empty", "version": "1", "title": {"vi": "Phiếu trống"}, "group": "citizen", "sections": []}


def faulty() -> dict:
    content = small()
    content["sections"][0]["questions"] += [ODD, BARE]
    return content


@pytest.fixture
def trial(app, sign_in) -> str:
    sign_in("planner")
    return f"/questionnaires/drafts/{a_draft(app, faulty())}/try"


def test_the_faults_are_named_with_their_place(client, trial):
    page = client.get(trial).text
    editor = trial.removesuffix("/try")
    assert "Bản thảo còn 2 lỗi" in page
    assert f'href="{editor}/questions/odd"' in page
    assert f'href="{editor}/questions/bare"' in page
    assert "2 câu hỏi chưa hiện trong bản xem thử" in page


def test_the_rest_is_answered_keyed_and_printed(client, trial):
    for page in PREVIEWS + EXAMINED:
        assert client.get(f"{trial}/{page}").status_code == 200, page
    section = client.get(f"{trial}/answer/1").text
    assert "Ông/Bà đã nhận kết quả chưa?" in section
    assert "Câu chưa có lựa chọn" not in section


def test_where_nothing_can_be_shown_the_page_says_what_to_mend_first(app, client, sign_in):
    sign_in("planner")
    trial = f"/questionnaires/drafts/{a_draft(app, EMPTY)}/try"
    for page in PREVIEWS:
        reply = client.get(f"{trial}/{page}")
        assert reply.status_code == 409, page
        assert "Hãy sửa các lỗi sau trước" in reply.text
    for page in EXAMINED:
        assert client.get(f"{trial}/{page}").status_code == 200, page


def test_of_two_questions_with_one_code_the_first_is_shown():
    content = small()
    content["sections"][3]["questions"].append(BARE | {"code": "received", "kind": "text"})
    shown = presentable(examine_questionnaire(content)[0])
    assert [question.kind for question in shown.left_out] == ["text"]
    assert shown.questionnaire.sections[0].questions[0].kind == "single"


def test_a_code_stands_for_words_that_are_still_to_be_written():
    content = small(title={})
    content["sections"][0]["title"] = {}
    shown = presentable(examine_questionnaire(content)[0]).questionnaire
    assert (shown.title, shown.sections[0].title) == ({"vi": "small"}, {"vi": "visit"})


@settings(max_examples=50, deadline=None)
@given(broken_questionnaires())
def test_whatever_is_broken_what_is_shown_can_be_answered_keyed_and_printed(content):
    shown = presentable(examine_questionnaire(content)[0]).questionnaire
    lines = lines_of(shown)
    assert len({line.item.code for line in lines}) == len(lines)
    paper(shown, shown.languages[0])
    answers = read_form(shown, {line.item.code: ["1"] for line in lines}).answers
    check_answers(shown, answers, today=today(), complete=True)
    assert set(laid_out(shown, "section").way(answers)) <= set(range(1, len(shown.sections) + 1))
