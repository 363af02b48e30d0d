"""How many of those chosen have answered: by unit and mode, and day by day."""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import sqlalchemy as sa

from survey.db import db
from survey.fieldwork.open_answers import open_answers
from survey.fieldwork.paper_outcomes import PaperOutcomes, paper_outcomes
from survey.models import Invitation, Response, Sample, Stratum, Survey, Unit
from survey.models.paper import GONE_STATES
from survey.models.response import MODES

DAYS_SHOWN = 60
REJECTED = "rejected"


@dataclass(frozen=True)
class UnitLine:
    """One unit of the sample: people it serves, chosen, and forms that came in, by mode; those of them by the
    open link; and paper forms that no answers come of: spoiled, refused, lost.
    """

    name: str
    population: int
    selected: int
    by_mode: Mapping[str, int]
    rejected: int
    by_open_link: int = 0
    gone: Mapping[str, int] = field(default_factory=dict)

    @property
    def answers(self) -> int:
        return sum(self.by_mode.values())

    @property
    def of_chosen(self) -> int:
        """Answers of people who were chosen: the response rate is of these alone."""
        return self.answers - self.by_open_link


@dataclass(frozen=True)
class Progress:
    """`modes` are those that occur, `gone` the kinds of paper forms without answers; `days` counts accepted
    answers day by day, up to the last with any.

    `withdrawn` and `expired` are forms emptied by the people themselves, and after the last day of keeping.
    """

    lines: Sequence[UnitLine]
    modes: Sequence[str]
    days: Sequence[tuple[datetime.date, int]]
    paper: PaperOutcomes
    gone: Sequence[str] = ()
    withdrawn: int = 0
    expired: int = 0

    @property
    def total(self) -> UnitLine:
        by_mode = {mode: sum(line.by_mode.get(mode, 0) for line in self.lines) for mode in self.modes}
        return UnitLine(
            "",
            sum(line.population for line in self.lines),
            sum(line.selected for line in self.lines),
            by_mode,
            sum(line.rejected for line in self.lines),
            sum(line.by_open_link for line in self.lines),
            {state: sum(line.gone.get(state, 0) for line in self.lines) for state in self.gone},
        )


def progress(survey: Survey) -> Progress:
    counts, paper = counts_by_unit(survey.id), paper_outcomes(survey.id)
    uninvited = open_answers([survey.id])
    lines = []
    for unit_id, name, population, selected in sampled_units(survey.id):
        by_mode = counts.get(unit_id, {})
        rejected = by_mode.pop(REJECTED, 0)
        by_open_link, gone = uninvited[survey.id, unit_id], paper.gone(unit_id)
        lines.append(UnitLine(name, population, selected, by_mode, rejected, by_open_link, gone))
    found = {mode for line in lines for mode in line.by_mode}
    emptied = counts_of_emptied(survey.id)
    return Progress(
        lines,
        [mode for mode in MODES if mode in found],
        counts_by_day(survey.id),
        paper,
        [state for state in GONE_STATES if any(state in line.gone for line in lines)],
        withdrawn=emptied.get("withdrawn", 0),
        expired=emptied.get("expired", 0),
    )


def sampled_units(survey_id: int) -> Sequence[sa.Row[int, str, int, int]]:
    """(id, name, population, selected) of each unit in the sample."""
    query = (
        sa.select(Unit.id, Unit.name, sa.func.sum(Stratum.population), sa.func.sum(Stratum.selected))
        .join(Stratum, Stratum.unit_id == Unit.id)
        .join(Sample, Sample.id == Stratum.sample_id)
        .where(Sample.survey_id == survey_id)
        .group_by(Unit.id, Unit.name, Unit.search_key)
        .order_by(Unit.search_key)
    )
    return db.session.execute(query).all()


def counts_by_unit(survey_id: int) -> dict[int, dict[str, int]]:
    """Unit id → mode → accepted answers, and REJECTED → those rejected in whatever mode."""
    kind = sa.case((Response.state == "rejected", REJECTED), else_=Response.mode)
    query = (
        sa.select(Response.unit_id, kind, sa.func.count())
        .where(Response.survey_id == survey_id, Response.state != "withdrawn")
        .group_by(Response.unit_id, kind)
    )
    counts: dict[int, dict[str, int]] = {}
    for unit_id, found, number in db.session.execute(query):
        counts.setdefault(unit_id, {})[found] = number
    return counts


def counts_of_emptied(survey_id: int) -> dict[str, int]:
    """State → forms whose answers are no longer there."""
    query = (
        sa.select(Response.state, sa.func.count())
        .where(Response.survey_id == survey_id, Response.state.in_(("withdrawn", "expired")))
        .group_by(Response.state)
    )
    return dict(db.session.execute(query).all())


def counts_by_day(survey_id: int) -> list[tuple[datetime.date, int]]:
    query = (
        sa.select(Response.received_on, sa.func.count())
        .where(Response.survey_id == survey_id, Response.state == "accepted")
        .group_by(Response.received_on)
    )
    counts = dict(db.session.execute(query).all())
    if not counts:
        return []
    last = max(counts)
    first = max(min(counts), last - datetime.timedelta(days=DAYS_SHOWN - 1))
    days = (first + datetime.timedelta(days=n) for n in range((last - first).days + 1))
    return [(day, counts.get(day, 0)) for day in days]


def code_counts(survey_id: int) -> tuple[int, int]:
    """Personal codes made, and used."""
    query = sa.select(sa.func.count(), sa.func.count(sa.case((Invitation.used, 1))))
    made, used = db.session.execute(
        query.where(Invitation.survey_id == survey_id, Invitation.kind == "code")
    ).one()
    return made, used
