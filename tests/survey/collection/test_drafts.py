"""Answers on their way: found again, shared by two windows, sent, discarded."""

from __future__ import annotations

import uuid

import pytest

from survey.collection import (
    DraftMissing,
    Refused,
    discard_drafts,
    find_draft,
    open_draft,
    save_answers,
    submit_draft,
)
from survey.collection.drafts import fingerprint
from survey.db import db
from survey.models import Draft
from tests.survey.collection.sending import count
from tests.survey.factory import ANSWERS, MadeRound

KEY = "a draft's key"


def draft_with(made: MadeRound, answers: dict[str, object]) -> Draft:
    draft = open_draft(made.survey, KEY, made.strata[0])
    save_answers(made.survey, KEY, list(answers), answers, fingerprint({}, list(answers)))
    return draft


def test_a_draft_is_found_again_by_its_key(made: MadeRound) -> None:
    draft_with(made, {"received": "no"})
    assert open_draft(made.survey, KEY, made.strata[0]).answers == {"received": "no"}
    assert find_draft(made.survey, "another key") is None
    assert count(Draft) == 1


def test_two_windows_do_not_write_into_each_other(made: MadeRound) -> None:
    draft_with(made, {"received": "no", "visits": 2})
    untouched = fingerprint({}, ["polite", "clear"])
    saved = save_answers(made.survey, KEY, ["polite", "clear"], {"polite": "high"}, untouched)
    assert saved.answers == {"received": "no", "visits": 2, "polite": "high"}
    assert not saved.overwritten


def test_the_window_that_saves_the_same_page_last_is_told(made: MadeRound) -> None:
    draft_with(made, {"received": "no"})
    as_both_saw_it = fingerprint({"received": "no"}, ["received"])
    assert not save_answers(made.survey, KEY, ["received"], {"received": "yes"}, as_both_saw_it).overwritten
    second = save_answers(made.survey, KEY, ["received"], {}, as_both_saw_it)
    assert second.overwritten
    assert second.answers == {}


def test_a_blank_takes_an_answer_back(made: MadeRound) -> None:
    draft_with(made, {"visits": 2, "received": "no"})
    saved = save_answers(made.survey, KEY, ["visits"], {}, fingerprint({"visits": 2}, ["visits"]))
    assert saved.answers == {"received": "no"}


def test_a_sent_draft_is_gone_and_its_second_sending_repeats(made: MadeRound) -> None:
    draft_with(made, ANSWERS)
    response_id = uuid.uuid4()
    assert not submit_draft(made.survey, KEY, response_id).repeated
    assert count(Draft) == 0
    assert submit_draft(made.survey, KEY, response_id).repeated
    with pytest.raises(DraftMissing):
        submit_draft(made.survey, KEY, uuid.uuid4())


def test_an_unfinished_draft_is_refused_and_kept(made: MadeRound) -> None:
    draft_with(made, {"received": "no"})
    with pytest.raises(Refused):
        submit_draft(made.survey, KEY, uuid.uuid4())
    assert find_draft(made.survey, KEY).answers == {"received": "no"}


def test_what_was_left_unsent_is_discarded_once_a_survey_is_closed(made: MadeRound) -> None:
    draft_with(made, {"received": "no"})
    assert discard_drafts() == 0
    made.survey.state = "closed"
    db.session.commit()
    assert discard_drafts() == 1
    assert count(Draft) == 0
