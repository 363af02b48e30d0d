"""A questionnaire laid out in pages: a section a page, or one question a page.

The number of a page in its address is its place among all pages, so that it stays the same whatever is
answered.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import lru_cache
from typing import Any

from flask import g, has_app_context

from questionnaires.routing import AskedSection, asked
from questionnaires.same import Same
from questionnaires.schema import Question, Questionnaire, Section
from survey.collection import asked_of
from survey.db import today
from survey.models import Survey
from survey.respond.answering.filling import Written

Answers = Mapping[str, Any]


@dataclass(frozen=True)
class Booklet:
    """`pages` hold all questions of the questionnaire, in order, each page as a section of its own.

    `sitting`: one person rates several units. `written` are the pages as HTML that is still to be filled, by
    number, language and whether a question is the heading.
    """

    questionnaire: Questionnaire
    pages: tuple[Section, ...]
    sitting: bool = False
    written: dict[tuple[int, str, bool], tuple[Written, ...]] = field(default_factory=dict, compare=False)

    def page(self, number: int) -> Section:
        return self.pages[number - 1]

    def way(self, answers: Answers) -> dict[int, AskedSection]:
        """The pages these answers lead to, by number, in order; found once in a request."""
        if not has_app_context():
            return self._find_way(answers)
        found: list[tuple[Booklet, Answers, dict[int, AskedSection]]] = g.setdefault("ways_found", [])
        for booklet, known, way in found:
            if booklet is self and known == answers:
                return way
        found.append((self, answers, self._find_way(answers)))
        return found[-1][-1]

    def _find_way(self, answers: Answers) -> dict[int, AskedSection]:
        parts = asked(self.questionnaire, answers, today=today())
        to_ask = {question.code for part in parts for question in part.questions}
        way = {}
        for number, page in enumerate(self.pages, 1):
            if questions := tuple(question for question in page.questions if question.code in to_ask):
                way[number] = AskedSection(page, questions)
        return way


def booklet_of(survey: Survey) -> Booklet:
    """What the people of this survey page through."""
    return laid_out(asked_of(survey), survey.page_by, sitting=survey.rates == "several")


def laid_out(questionnaire: Questionnaire, page_by: str, *, sitting: bool = False) -> Booklet:
    """The questionnaire in pages of a "section" or of a "question" each."""
    return _laid_out(Same(questionnaire), page_by, sitting)


@lru_cache(maxsize=64)  # with all its pages written, a long form takes about a megabyte
def _laid_out(same: Same[Questionnaire], page_by: str, sitting: bool) -> Booklet:
    questionnaire = same.record
    pages = questionnaire.sections
    if page_by == "question":
        pages = tuple(page for section in pages for page in single(section))
    return Booklet(questionnaire, pages, sitting)


def single(section: Section) -> Iterator[Section]:
    """A page for each question. A note has none of its own: it stands above the question after it, the last
    ones below the last. Only the first page carries the section's introduction.
    """
    groups: list[list[Question]] = [[]]
    for question in section.questions:
        if groups[-1] and groups[-1][-1].kind != "note":
            groups.append([])
        groups[-1].append(question)
    if len(groups) > 1 and all(question.kind == "note" for question in groups[-1]):
        notes = groups.pop()
        groups[-1] += notes
    for place, questions in enumerate(groups):
        yield replace(section, questions=tuple(questions), intro=section.intro if place == 0 else {})
