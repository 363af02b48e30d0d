"""The way through a questionnaire: which page comes next, and where somebody left off."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from flask import url_for

from questionnaires.answers import check_answers
from questionnaires.routing import AskedSection
from questionnaires.schema import Section
from survey.db import today
from survey.models import Survey
from survey.respond.answering.booklet import Answers, Booklet


class Standing(NamedTuple):
    """Of the sections that somebody is asked, as far as their answers tell: how many are answered.

    `complete`: no page is left to fill in, also none of those that may be left blank.
    """

    answered: int
    sections: int
    complete: bool


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


def first_open_page(survey: Survey, booklet: Booklet, answers: Answers) -> str:
    """The first page that lacks an answer it needs, or holds none at all; else the page to check them."""
    return page_url(survey, first_open(booklet, answers))


def first_open(booklet: Booklet, answers: Answers) -> int | None:
    way = booklet.way(answers)
    return next((number for number, part in way.items() if is_unfinished(booklet, part, answers)), None)


def page_after_a_change(survey: Survey, booklet: Booklet, before: Answers, answers: Answers) -> str:
    """From the check an answer was changed: the first page that is new or lacks something, else the check."""
    known = booklet.way(before)

    def unfinished() -> Iterator[int]:
        for number, part in booklet.way(answers).items():
            is_new = asked_codes(part) - asked_codes(known.get(number))
            if is_new or lacks_answers(booklet, part, answers):
                yield number

    return page_url(survey, next(unfinished(), None), back="check")


def is_unfinished(booklet: Booklet, part: AskedSection, answers: Answers) -> bool:
    is_untouched = not any(code in answers for code in item_codes(part.section))
    return is_untouched or lacks_answers(booklet, part, answers)


def lacks_answers(booklet: Booklet, part: AskedSection, answers: Answers) -> bool:
    faults = check_answers(booklet.questionnaire, answers, today=today(), complete=True, only=part.section)
    return bool(faults)


def standing_of(booklet: Booklet, answers: Answers) -> Standing:
    """Where somebody stands; a section laid out in several pages counts once, when all of them do."""
    sections: dict[str, list[AskedSection]] = {}
    for part in booklet.way(answers).values():
        sections.setdefault(part.section.code, []).append(part)
    answered = sum(is_answered(booklet, parts, answers) for parts in sections.values())
    return Standing(answered, len(sections), first_open(booklet, answers) is None)


def is_answered(booklet: Booklet, parts: Sequence[AskedSection], answers: Answers) -> bool:
    is_touched = any(code in answers for part in parts for code in item_codes(part.section))
    return is_touched and not any(lacks_answers(booklet, part, answers) for part in parts)
