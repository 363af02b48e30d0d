"""What the pages for respondents report, each in one line, and what is counted of it.

A page counts once for each person: as reached when the answers to the page before it are first kept, as
saved when its own first are. Opening it again, going back and changing answers count nothing.
"""

from __future__ import annotations

import time
from collections.abc import Mapping

from flask import Response, request

from questionnaires.schema import Section
from survey.collection import Outcome
from survey.language import language
from survey.models import Survey
from survey.respond.answering.booklet import Booklet
from survey.respond.answering.route import page_after
from survey.respond.statistics import shown
from survey.respond.statistics.counts import Happening
from survey.respond.statistics.devices import device_of
from survey.respond.statistics.durations import bucket
from survey.respond.statistics.storing import counts
from survey.respond.visit import Visit


def started(survey: Survey, leads_to: Response) -> None:
    """Somebody agreed and began; `leads_to` opens the first page."""
    counts().add(
        Happening(survey.id, "started"),
        Happening(survey.id, "device", device_of(request.user_agent.string)),
        Happening(survey.id, "language", language()),
        Happening(survey.id, "reached", page_key(survey, page_of(leads_to))),
    )


def declined(survey: Survey) -> None:
    """Somebody read what it is about, and left."""
    counts().add(Happening(survey.id, "declined"))


def page_saved(
    survey: Survey, page: Section, step: int, before: Mapping[str, object], leads_to: Response | None
) -> None:
    """A page was sent. `before` are the answers stored until then; `leads_to` is None where faults are
    shown first.
    """
    following, sent = page_of(leads_to), shown.posted()
    if sent is None or following in ("", str(step)) or request.form.get("form-back"):
        return
    if not sent.again and is_answered(page, before):
        return  # a second click, or another window
    happened = [("saved", str(step)), ("reached", following)]
    if (spent := bucket(time.time() - sent.second)) is not None:
        happened.append(("time", f"{step}/{spent}"))
    counts().add(*(Happening(survey.id, event, page_key(survey, key)) for event, key in happened))


def pages_handed_over(
    survey: Survey, booklet: Booklet, before: Mapping[str, object], answers: Mapping[str, object]
) -> None:
    """Pages of which nothing was answered before; nobody knows how long they took. A page that asks for
    nothing may have been left blank and counted before, so it is not counted here.
    """
    way = booklet.way(answers)
    for number, part in way.items():
        is_new = is_answered(part.section, answers) and not is_answered(part.section, before)
        if is_new and any(question.required for question in part.questions):
            happened = ("saved", str(number)), ("reached", str(page_after(way, number) or "check"))
            counts().add(*(Happening(survey.id, event, page_key(survey, key)) for event, key in happened))


def finished(survey: Survey, door: str, visit: Visit, outcome: Outcome) -> None:
    """Answers became a response, by the "online" pages or the "outbox"; at a desk by the "kiosk"."""
    if not outcome.repeated:
        counts().add(Happening(survey.id, "finished", "kiosk" if visit.kiosk else door))


def is_answered(page: Section, answers: Mapping[str, object]) -> bool:
    return any(item.code in answers for question in page.questions for item in question.items())


def page_of(leads_to: Response | None) -> str:
    """The page that a reply opens, as its address ends: a number, or "check"; "" where it opens none."""
    address = leads_to.location if leads_to is not None else None
    return (address or "").partition("?")[0].rpartition("/")[2]


def page_key(survey: Survey, page: str) -> str:
    """Pages of a section and of a question each are counted apart, should the survey change."""
    return f"{survey.page_by}-{page}"
