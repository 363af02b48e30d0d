"""The units of a round: who may be in it, and what was chosen for each."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import sqlalchemy as sa

from questionnaires.expression import names
from questionnaires.faults import N_, Fault
from questionnaires.framework import Framework
from questionnaires.written import Unreadable, read_number
from survey.db import db
from survey.models import EvidenceScore, Round, RoundUnit, Sample, Stratum, Survey, Unit

STAYS = N_("%(unit)s stays: it has strata or scores in this round.")
NO_GROUP = N_("%(unit)s: choose one of the framework's ranking groups.")
RESULTS = ("index", "lowest_field")

FACT_NAMES = {"late_dossier_rate": N_("late dossiers in percent")}


@dataclass(frozen=True)
class Choice:
    """A unit on the page: whether it is in the round, its ranking group, its facts as they are typed."""

    unit: Unit
    chosen: bool
    ranking_group: str
    typed: Mapping[str, str]
    facts: Mapping[str, float] = field(default_factory=dict)


def asked_facts(framework: Framework) -> list[str]:
    """The outside facts that the framework's bands and rules look at, in the order of their names."""
    fields = {f"field_{each.code}" for each in framework.fields}
    in_bands = frozenset().union(*(names(band.when) for band in framework.bands))
    rules = (leaf.rule for leaf in framework.survey_leaves if leaf.rule is not None)
    in_rules = {str(rule.parameters["fact"]) for rule in rules if "fact" in rule.parameters}
    return sorted((in_bands - fields - set(RESULTS)) | in_rules)


def fact_columns(a_round: Round) -> list[str]:
    """The facts to ask for: those the framework looks at, and those that some unit has already."""
    known = {name for member in a_round.members for name in member.facts}
    return sorted({*asked_facts(a_round.framework_version.framework), *known, *FACT_NAMES})


def candidates(a_round: Round) -> Sequence[Unit]:
    """The round's units, and every other of its framework's types that exists on one of its days."""
    members = sa.select(RoundUnit.unit_id).where(RoundUnit.round_id == a_round.id)
    exists = sa.and_(
        Unit.type.in_(a_round.framework_version.framework.applies_to),
        Unit.valid_from <= a_round.ends_on,
        sa.or_(Unit.valid_to.is_(None), Unit.valid_to >= a_round.starts_on),
    )
    query = sa.select(Unit).where(sa.or_(Unit.id.in_(members), exists))
    return db.session.scalars(query.order_by(Unit.search_key, Unit.id)).all()


def stored_choices(a_round: Round) -> list[Choice]:
    """What is stored; in a round without units every candidate is proposed, in its usual group."""
    members = {member.unit_id: member for member in a_round.members}
    groups = group_codes(a_round.framework_version.framework)
    return [
        stored_choice(unit, members.get(unit.id), proposed=not members, groups=groups)
        for unit in candidates(a_round)
    ]


def stored_choice(unit: Unit, member: RoundUnit | None, *, proposed: bool, groups: Sequence[str]) -> Choice:
    if member is None:
        group = unit.ranking_group if unit.ranking_group in groups else groups[0]
        return Choice(unit, proposed, group or "", {})
    typed = {name: f"{value:g}".replace(".", ",") for name, value in member.facts.items()}
    return Choice(unit, True, member.ranking_group, typed, member.facts)


def group_codes(framework: Framework) -> list[str]:
    """The ranking groups to choose from; a framework without any ranks all together."""
    return [group.code for group in framework.ranking_groups] or [""]


def read_choices(a_round: Round, form: Mapping[str, str]) -> tuple[list[Choice], list[Fault]]:
    """What was typed for each candidate, and what is wrong with it; a fault's place is its input's id."""
    groups, columns = group_codes(a_round.framework_version.framework), fact_columns(a_round)
    in_use = units_in_use(a_round.id)
    read, faults = [], []
    for unit in candidates(a_round):
        choice, found = read_choice(unit, form, groups, columns)
        read.append(choice)
        faults += found if choice.chosen else []
        if unit.id in in_use and not choice.chosen:
            faults.append(Fault(f"in-{unit.id}", STAYS, {"unit": unit.name}))
    return read, faults


def read_choice(
    unit: Unit, form: Mapping[str, str], groups: Sequence[str], columns: Sequence[str]
) -> tuple[Choice, list[Fault]]:
    typed = {name: form.get(f"fact-{name}-{unit.id}", "").strip() for name in columns}
    facts: dict[str, float] = {}
    faults = []
    for name, raw in typed.items():
        try:
            if raw:
                facts[name] = float(read_number(raw))
        except Unreadable as error:
            faults.append(Fault(f"fact-{name}-{unit.id}", error.template, error.values))
    group = form.get(f"group-{unit.id}", "")
    if group not in groups:
        faults.append(Fault(f"group-{unit.id}", NO_GROUP, {"unit": unit.name}))
    return Choice(unit, f"in-{unit.id}" in form, group, typed, facts), faults


def units_in_use(round_id: int) -> set[int]:
    """Units that strata or scores of the round speak of."""
    in_samples = (
        sa.select(Stratum.unit_id).join(Sample).join(Survey).where(Survey.round_id == round_id).distinct()
    )
    scored = sa.select(EvidenceScore.unit_id).where(EvidenceScore.round_id == round_id).distinct()
    return set(db.session.scalars(sa.union(in_samples, scored)))


def store_choices(a_round: Round, choices: Sequence[Choice]) -> None:
    """Make the chosen units, and no others, the round's members."""
    chosen = {choice.unit.id: choice for choice in choices if choice.chosen}
    members = {member.unit_id: member for member in a_round.members}
    for unit_id in members.keys() - chosen.keys():
        db.session.delete(members[unit_id])
    for unit_id, choice in chosen.items():
        member = members.get(unit_id) or RoundUnit(round_id=a_round.id, unit_id=unit_id)
        member.ranking_group, member.facts = choice.ranking_group, dict(choice.facts)
        db.session.add(member)
    db.session.flush()
    db.session.expire(a_round, ["members"])


def state_of(a_round: Round) -> dict[str, Any]:
    """Each member by its unit's id, with group and facts: what a change is told by."""
    return {str(each.unit_id): [each.ranking_group, dict(each.facts)] for each in a_round.members}
