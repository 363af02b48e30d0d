"""The way through a questionnaire: which pages a person sees, and which comes next.

A page is a section; its number in the address is the section's place in the definition, so that it stays the
same whatever is answered.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask import url_for

from questionnaires.answers import check_answers
from questionnaires.routing import AskedSection, asked
from questionnaires.schema import Questionnaire, Section
from survey.db import today
from survey.models import Survey

Answers = Mapping[str, Any]


def way(questionnaire: Questionnaire, answers: Answers) -> dict[int, AskedSection]:
    """The pages these answers lead to, by number, in order."""
    numbers = {section.code: number for number, section in enumerate(questionnaire.sections, 1)}
    return {numbers[part.section.code]: part for part in asked(questionnaire, answers, today=today())}


def item_codes(section: Section) -> list[str]:
    return [item.code for question in section.questions for item in question.items()]


def asked_codes(part: AskedSection | None) -> set[str]:
    """The codes of the questions asked on a page; none where the page is not on the way."""
    return {question.code for question in part.questions} if part else set()


def page_url(survey: Survey, number: int | None, **values: Any) -> str:
    """The address of a page; of the page to check the answers where there is no further one.

    It stays among the pages that ask for it: a trial of a questionnaire leads through pages of its own.
    """
    if number is None:
        return url_for(".check", slug=survey.slug)
    return url_for(".show_section", slug=survey.slug, step=number, **values)


def page_before(pages: Mapping[int, Any], number: int) -> int | None:
    return max((other for other in pages if other < number), default=None)


def page_after(pages: Mapping[int, Any], number: int) -> int | None:
    return min((other for other in pages if other > number), default=None)


def first_open_page(survey: Survey, answers: Answers) -> str:
    """The first page that lacks an answer it needs, or holds none at all; else the page to check them."""
    questionnaire = survey.questionnaire_version.questionnaire
    pages = way(questionnaire, answers)
    unfinished = (
        number for number, part in pages.items() if is_unfinished(questionnaire, part.section, answers)
    )
    return page_url(survey, next(unfinished, None))


def page_after_a_change(survey: Survey, before: Answers, answers: Answers) -> str:
    """From the check an answer was changed: the first page that is new or lacks something, else the check."""
    questionnaire = survey.questionnaire_version.questionnaire
    known = way(questionnaire, before)
    pages = way(questionnaire, answers)
    unfinished = (
        number
        for number, part in pages.items()
        if number not in known or lacks_answers(questionnaire, part.section, answers)
    )
    return page_url(survey, next(unfinished, None), back="check")


def is_unfinished(questionnaire: Questionnaire, section: Section, answers: Answers) -> bool:
    is_untouched = not any(code in answers for code in item_codes(section))
    return is_untouched or lacks_answers(questionnaire, section, answers)


def lacks_answers(questionnaire: Questionnaire, section: Section, answers: Answers) -> bool:
    return bool(check_answers(questionnaire, answers, today=today(), complete=True, only=section))
