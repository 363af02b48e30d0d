"""Whether the questionnaires at hand ask what a framework's survey-assessed criteria need."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import sqlalchemy as sa

from questionnaires.check import coverage
from questionnaires.coverage import GROUP_NAMES, Asking
from questionnaires.faults import N_, Fault
from questionnaires.framework import Framework, Node
from questionnaires.schema import Questionnaire
from survey.builder import terms
from survey.db import db
from survey.models import FrameworkVersion, QuestionnaireVersion, Round, Survey

STATES = {
    "asked": (N_("asked"), "green"),
    "unasked": (N_("not asked"), "red"),
    "twice": (N_("asked twice"), "orange"),
    "unweighed": (N_("does not count"), "grey"),
}


@dataclass(frozen=True)
class Line:
    """What one group is asked about one leaf, and for how much of it its answers count."""

    leaf: Node
    group: str
    weight: str
    questionnaires: tuple[Questionnaire, ...]
    items: int
    state: str


@dataclass(frozen=True)
class Covering:
    lines: tuple[Line, ...]
    faults: tuple[Fault, ...]

    @property
    def is_complete(self) -> bool:
        return all(line.state != "unasked" for line in self.lines)

    @property
    def unasked(self) -> int:
        """How many leaves lack answers of a group that counts."""
        return len({line.leaf.code for line in self.lines if line.state == "unasked"})


def covering(framework: Framework, questionnaires: Iterable[Questionnaire]) -> Covering:
    """What the questionnaires ask of each survey-assessed leaf, in the framework's order."""
    found = coverage(framework, questionnaires)
    states = {
        (asking.leaf.code, asking.group): state
        for state in ("asked", "unweighed", "twice", "unasked")  # the later word is the graver one
        for asking in getattr(found, state)
    }
    askings = [asking for part in (found.asked, found.unasked, found.unweighed) for asking in part]
    places = {leaf.code: place for place, leaf in enumerate(framework.survey_leaves)}
    askings.sort(key=lambda asking: places[asking.leaf.code])
    lines = tuple(line_of(asking, states[asking.leaf.code, asking.group]) for asking in askings)
    return Covering(lines, tuple(found.faults()))


def of_group(found: Covering, group: str) -> Covering:
    """What concerns one respondent group, as when a single questionnaire is looked at."""
    lines = (line for line in found.lines if line.group == group)
    faults = (fault for fault in found.faults if fault.values["group"] == GROUP_NAMES.get(group))
    return Covering(tuple(lines), tuple(faults))


def line_of(asking: Asking, state: str) -> Line:
    weights = asking.leaf.groups
    share = 100 * weights.get(asking.group, 0) / sum(weights.values())
    return Line(
        asking.leaf,
        asking.group,
        terms.share(share),
        asking.questionnaires,
        len(asking.items),
        state,
    )


def rounds_under(version: FrameworkVersion) -> Sequence[Round]:
    query = sa.select(Round).filter_by(framework_id=version.id).order_by(Round.year.desc(), Round.code)
    return db.session.scalars(query).all()


def questionnaires_of(round_id: int) -> list[Questionnaire]:
    """Each questionnaire that the round's surveys ask, once."""
    asked = sa.select(Survey.questionnaire_id).filter_by(round_id=round_id)
    query = sa.select(QuestionnaireVersion).where(QuestionnaireVersion.id.in_(asked))
    return [version.questionnaire for version in db.session.scalars(query)]


def newest_questionnaires() -> list[Questionnaire]:
    """The version stored last of each questionnaire, of those not retired."""
    offered = sa.select(sa.func.max(QuestionnaireVersion.id)).where(QuestionnaireVersion.retired_on.is_(None))
    newest = offered.group_by(QuestionnaireVersion.code)
    query = sa.select(QuestionnaireVersion).where(QuestionnaireVersion.id.in_(newest))
    return [version.questionnaire for version in db.session.scalars(query)]
