"""The cells of a sample: what is stored, what was typed, and putting the one in place of the other."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import contains_eager

from questionnaires.faults import N_, Fault
from questionnaires.written import Unreadable, read_number
from survey.db import db
from survey.models import (
    Batch,
    Draft,
    Invitation,
    Kiosk,
    MailRecipient,
    Quota,
    Response,
    RoundUnit,
    Sample,
    Stratum,
    Survey,
    Unit,
)

MOST_PEOPLE = 100_000_000
NOT_WHOLE = N_("“%(raw)s” is no whole number of people.")
NO_POPULATION = N_("%(unit)s: enter how many people there are, or leave both fields blank.")
TOO_MANY = N_("%(unit)s: %(selected)s chosen of %(population)s is more than there are.")
IN_USE = N_("The stratum %(code)s stays: codes, e-mails, tablets, quotas, batches or answers belong to it.")


@dataclass(frozen=True)
class Cell:
    """A stratum as the page shows it, its numbers as typed. Its code ends the names of its inputs."""

    unit: Unit
    code: str
    population: str
    selected: str


@dataclass(frozen=True)
class Wanted:
    """A stratum as it shall be stored; it keeps the rows that hang on the stratum of its code."""

    unit_id: int
    code: str
    population: int
    selected: int


def stored_strata(survey_id: int) -> Sequence[Stratum]:
    query = sa.select(Stratum).join(Sample).join(Stratum.unit).where(Sample.survey_id == survey_id)
    return db.session.scalars(
        query.options(contains_eager(Stratum.unit)).order_by(Unit.search_key, Stratum.code)
    ).all()


def members_of(survey: Survey) -> Sequence[Unit]:
    """The round's units."""
    query = sa.select(Unit).join(RoundUnit, RoundUnit.unit_id == Unit.id)
    return db.session.scalars(
        query.where(RoundUnit.round_id == survey.round_id).order_by(Unit.search_key, Unit.id)
    ).all()


def cells_of(survey: Survey) -> list[Cell]:
    """The stored strata, and a blank cell for each unit of the round that has none."""
    strata = stored_strata(survey.id)
    cells = [Cell(each.unit, each.code, str(each.population), str(each.selected)) for each in strata]
    covered = {each.unit_id for each in strata}
    blank = [Cell(unit, unit.code, "", "") for unit in members_of(survey) if unit.id not in covered]
    return sorted([*cells, *blank], key=lambda cell: (cell.unit.search_key, cell.code))


def typed_cells(survey: Survey, form: Mapping[str, str]) -> list[Cell]:
    """The same cells with what was typed."""

    def typed(name: str, cell: Cell) -> str:
        return form.get(f"{name}-{cell.code}", "").strip()

    return [
        Cell(cell.unit, cell.code, typed("population", cell), typed("selected", cell))
        for cell in cells_of(survey)
    ]


def read_cells(cells: Iterable[Cell]) -> tuple[list[Wanted], list[Fault]]:
    """The strata that the cells ask for, and what is wrong; a fault's place is its input's id."""
    wanted, faults = [], []
    for cell in cells:
        if not (cell.population or cell.selected):
            continue
        numbers, found = read_numbers(cell)
        faults += found
        if not found:
            wanted.append(Wanted(cell.unit.id, cell.code, numbers["population"], numbers["selected"]))
    return wanted, faults


def read_numbers(cell: Cell) -> tuple[dict[str, int], list[Fault]]:
    numbers: dict[str, int] = {}
    faults = []
    for name, raw in (("population", cell.population), ("selected", cell.selected or "0")):
        try:
            numbers[name] = people(raw) if raw else 0
        except Unreadable as error:
            faults.append(Fault(f"{name}-{cell.code}", error.template, error.values))
    if not faults:
        faults += number_faults(cell, numbers)
    return numbers, faults


def number_faults(cell: Cell, numbers: Mapping[str, int]) -> Iterator[Fault]:
    if numbers["population"] < 1:
        yield Fault(f"population-{cell.code}", NO_POPULATION, {"unit": cell.unit.name})
    elif numbers["selected"] > numbers["population"]:
        yield Fault(f"selected-{cell.code}", TOO_MANY, {"unit": cell.unit.name, **numbers})


def people(raw: str) -> int:
    """A number of people. Raises Unreadable for anything else."""
    number = read_number(raw)
    if not isinstance(number, int) or not 0 <= number <= MOST_PEOPLE:
        raise Unreadable(NOT_WHOLE, raw)
    return number


def codes_in_use(survey_id: int) -> set[str]:
    """The strata that anything stored belongs to."""
    users = (Invitation, MailRecipient, Kiosk, Quota, Draft, Batch, Response)
    uses = [sa.exists().where(model.stratum_id == Stratum.id) for model in users]
    query = sa.select(Stratum.code).join(Sample).where(Sample.survey_id == survey_id, sa.or_(*uses))
    return set(db.session.scalars(query))


def removal_faults(survey: Survey, wanted: Iterable[Wanted]) -> list[Fault]:
    """Strata that would go, or pass to another unit, although something belongs to them."""
    units = {each.code: each.unit_id for each in wanted}
    in_use = codes_in_use(survey.id)
    return [
        Fault("", IN_USE, {"code": each.code})
        for each in stored_strata(survey.id)
        if each.code in in_use and units.get(each.code) != each.unit_id
    ]


def store_strata(sample: Sample, wanted: Sequence[Wanted]) -> None:
    """Make these, and no others, the sample's strata."""
    stored = {each.code: each for each in sample.strata}
    for code in stored.keys() - {each.code for each in wanted}:
        db.session.delete(stored[code])
    db.session.flush()
    for each in wanted:
        stratum = stored.get(each.code) or Stratum(sample=sample, code=each.code)
        stratum.unit_id, stratum.population, stratum.selected = each.unit_id, each.population, each.selected
        db.session.add(stratum)
    db.session.flush()


def state_of(survey: Survey) -> dict[str, Any]:
    """The whole sample: what a change is told by."""
    sample = survey.sample
    if sample is None:
        return {}
    strata = {each.code: [each.population, each.selected] for each in stored_strata(survey.id)}
    return {"method": sample.method, "frame": sample.frame, "seed": sample.seed, **strata}
