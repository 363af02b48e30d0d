"""What the counts of a survey's way say: completion, drop-off page by page, times, devices, languages."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import sqlalchemy as sa

from questionnaires.schema import Section
from survey.db import db
from survey.fieldwork.way.rounded import STEP, share, shown
from survey.language import LANGUAGES, text
from survey.models import Survey, WayCount
from survey.respond.answering.booklet import Booklet
from survey.respond.statistics.devices import DEVICES
from survey.respond.statistics.durations import BUCKETS, median

DOORS = ("online", "outbox", "kiosk")
CHECK = "check"

Counted = Mapping[str, Mapping[str, int]]
"""Event → key → how often."""


@dataclass(frozen=True)
class PageLine:
    """One page: `reached` by so many people, of whom `left` went no further; `seconds` is about the median
    time on it, None of fewer than five times.
    """

    number: int | None
    title: str
    reached: int
    left: int
    seconds: float | None

    @property
    def share_left(self) -> float | None:
        return share(self.left, self.reached)


@dataclass(frozen=True)
class Part:
    """So many of a whole: a device, a language, a way of sending."""

    key: str
    count: int
    share: float | None


@dataclass(frozen=True)
class Way:
    started: int
    finished: int
    declined: int
    pages: Sequence[PageLine]
    doors: Sequence[Part]
    devices: Sequence[Part]
    languages: Sequence[Part]

    @property
    def completion(self) -> float | None:
        """At most 100: who finishes now may have begun before counting did."""
        found = share(self.finished, self.started)
        return None if found is None else min(found, 100)

    @property
    def most_left(self) -> int:
        return max((shown(line.left) or 0 for line in self.pages), default=0)


def way_of(survey: Survey, booklet: Booklet) -> Way:
    counted = counts_of(survey.id)
    doors = counted["finished"]
    return Way(
        started=counted["started"][""],
        finished=sum(doors.values()),
        declined=counted["declined"][""],
        pages=list(lines_of(booklet, survey.page_by, counted)),
        doors=parts(doors, DOORS),
        devices=parts(counted["device"], DEVICES),
        languages=parts(counted["language"], LANGUAGES),
    )


def counts_of(survey_id: int) -> Counted:
    query = sa.select(WayCount.event, WayCount.key, WayCount.count).where(WayCount.survey_id == survey_id)
    counted: defaultdict[str, defaultdict[str, int]] = defaultdict(lambda: defaultdict(int))
    for event, key, count in db.session.execute(query):
        counted[event][key] = count
    return counted


def lines_of(booklet: Booklet, page_by: str, counted: Counted) -> Iterator[PageLine]:
    """A line for each page in order, and the last for the page to check the answers."""
    for number, page in enumerate(booklet.pages, 1):
        key = f"{page_by}-{number}"
        yield line(number, title_of(page, page_by), counted, key, counted["saved"][key])
    sent_from_pages = counted["finished"]["online"] + counted["finished"]["kiosk"]
    yield line(None, "", counted, f"{page_by}-{CHECK}", sent_from_pages)


def line(number: int | None, title: str, counted: Counted, key: str, went_on: int) -> PageLine:
    reached = counted["reached"][key]
    return PageLine(number, title, reached, max(reached - went_on, 0), about(times(counted, key)))


def times(counted: Counted, key: str) -> list[int]:
    return [counted["time"][f"{key}/{bucket}"] for bucket in range(BUCKETS)]


def about(histogram: Sequence[int]) -> float | None:
    return median(histogram) if sum(histogram) >= STEP else None


def title_of(page: Section, page_by: str) -> str:
    """A page's heading: the question's words where it has a page of its own."""
    asking = (question for question in page.questions if question.kind != "note")
    question = next(asking, None) if page_by == "question" else None
    return text(question.text if question else page.title)


def parts(counts: Mapping[str, int], keys: Sequence[str] | Mapping[str, str]) -> list[Part]:
    total = sum(counts.values())
    return [Part(key, counts[key], share(counts[key], total)) for key in keys]
