"""What a page sent: what of it is sound, what is wrong, what it brings up."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from questionnaires.answers import check_answers, read_form
from questionnaires.faults import Fault
from questionnaires.schema import Question
from survey.db import today
from survey.respond.answering.booklet import Answers, Booklet
from survey.respond.answering.route import item_codes

Form = Mapping[str, Sequence[str]]

# No code of an item has a hyphen.
CONTROLS = {
    "csrf_token",
    "form-visit",
    "form-seen",
    "form-shown",
    "form-back",
    "form-live",
    "form-language",
    "form-later",
}


@dataclass(frozen=True)
class Posted:
    """A page as it was sent.

    `answers` are all answers, this page's in place of those stored; `sound` are the ones of this page that
    can be kept; `revealed` are questions of this page that they bring up, unseen where no scripts run.
    """

    answers: dict[str, Any]
    sound: dict[str, Any]
    faults: list[Fault]
    revealed: list[Question]


def strangers(booklet: Booklet, step: int, form: Form) -> set[str]:
    """Names in the form that are no field of this page."""
    return set(form) - CONTROLS - set(item_codes(booklet.page(step)))


def read_page(booklet: Booklet, step: int, stored: Answers, form: Form) -> Posted:
    """Read and check a page. Faults are those of questions that are asked and were seen."""
    questionnaire, section = booklet.questionnaire, booklet.page(step)
    here = item_codes(section)
    reading = read_form(questionnaire, form)
    answers = {code: answer for code, answer in stored.items() if code not in here} | reading.answers
    found = check_answers(questionnaire, answers, today=today(), complete=True, only=section)
    fault_at = {fault.place: fault for fault in [*found, *reading.faults]}
    sound = {code: answer for code, answer in reading.answers.items() if code not in fault_at}
    questions = booklet.way(answers)[step].questions
    revealed = [] if "form-live" in form else unseen(questions, booklet.way(stored)[step].questions)
    to_answer = codes_of([question for question in questions if question not in revealed])
    return Posted(answers, sound, [fault_at[code] for code in to_answer if code in fault_at], revealed)


def unseen(questions: Sequence[Question], seen: Sequence[Question]) -> list[Question]:
    return [question for question in questions if question not in seen]


def codes_of(questions: Sequence[Question]) -> list[str]:
    return [item.code for question in questions for item in question.items()]
