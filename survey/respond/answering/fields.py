"""The questions of a page as HTML. The macros write each once per booklet and language; what differs from
person to person is set in later, which is many times as fast. Questions with faults are written anew.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from typing import Any

from flask import current_app
from markupsafe import Markup

from questionnaires.faults import Fault
from questionnaires.kinds import KINDS
from questionnaires.schema import Question, Section
from survey.language import language
from survey.respond.answering.booklet import Booklet
from survey.respond.answering.filling import Filling, Stencil, Written


def page_fields(
    booklet: Booklet, number: int, filling: Filling, fault_at: Mapping[str, Fault] | None = None
) -> Markup:
    """All questions of a page, in order, with what stands in their fields and what is wrong with it."""
    page, faulty = booklet.page(number), fault_at or {}
    heading = heading_of(page, filling.asked)
    anew = [question for question in page.questions if is_faulty(question, faulty)]
    html = {question.code: text for question, text in by_macros(booklet, anew, heading, filling, faulty)}
    texts = (
        html[written.question] if written.question in html else written.filled(filling)
        for written in written_page(booklet, number, heading)
    )
    return Markup("\n".join(texts))  # made by the macros, filled with escaped texts


def heading_of(page: Section, asked: Collection[str]) -> Question | None:
    """The question that a page is about: the only one with an answer, if it is asked."""
    answered = [question for question in page.questions if KINDS[question.kind].answered]
    return answered[0] if len(answered) == 1 and answered[0].code in asked else None


def is_faulty(question: Question, fault_at: Mapping[str, Fault]) -> bool:
    return bool(fault_at) and any(item.code in fault_at for item in question.items())


def written_page(booklet: Booklet, number: int, heading: Question | None) -> tuple[Written, ...]:
    """The questions of a page with open places; kept with the booklet."""
    key = number, language(), heading is not None
    if key not in booklet.written:
        stencil, questions = Stencil(), booklet.page(number).questions
        booklet.written[key] = tuple(
            Written.of(question.code, tuple(item.code for item in question.items()), html, stencil.slots)
            for question, html in by_macros(booklet, questions, heading, stencil, {})
        )
    return booklet.written[key]


def by_macros(
    booklet: Booklet,
    questions: Collection[Question],
    heading: Question | None,
    fill: Filling | Stencil,
    fault_at: Mapping[str, Fault],
) -> Iterator[tuple[Question, str]]:
    """Questions as the macros write them."""
    if not questions:
        return
    template = current_app.jinja_env.get_template("respond/questions.html")
    context: dict[str, Any] = {"fill": fill, "fault_at": fault_at, "sitting": booklet.sitting}
    macros: Any = template.make_module(context)
    for question in questions:
        yield question, str(macros.question(question, question is heading))
