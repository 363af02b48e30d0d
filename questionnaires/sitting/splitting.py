"""From the answers of a sitting to one record per unit."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any, NamedTuple

from questionnaires.routing import asked_items, is_blank
from questionnaires.schema import Item, Questionnaire
from questionnaires.sitting.expanding import Sitting, sitting_of
from questionnaires.sitting.rated import Units


class UnitRated(NamedTuple):
    """How many of the items asked about a unit have a level; “don't know” is none."""

    rated: int
    asked: int


def by_unit(
    questionnaire: Questionnaire, units: Units, answers: Mapping[str, Any]
) -> dict[str, dict[str, Any]]:
    """Unit → its answers to the questionnaire, for each unit that has a level at one item or more.

    `answers` are those to `for_units(questionnaire, units)`, on its route. What is asked once stands in every
    record. A “don't know” that the questionnaire itself does not offer is left blank. A record may lack
    required answers: in a sitting every rating may be left out. Raises as `for_units` does.
    """
    sitting = sitting_of(questionnaire, units)
    return {
        unit: _record(questionnaire, sitting, unit, answers)
        for unit, _name in units
        if _rated(sitting, unit, answers)
    }


def units_rated(
    questionnaire: Questionnaire, units: Units, answers: Mapping[str, Any], *, today: date
) -> dict[str, UnitRated]:
    """How far each unit is rated, in the order of the units, counting items on the route of the answers.

    Raises as `for_units` does.
    """
    sitting = sitting_of(questionnaire, units)
    asked = {item.code for item in asked_items(sitting.form, answers, today=today)}
    route = {code: answers[code] for code in asked if code in answers}
    return {unit: _unit_rated(sitting, unit, asked, route) for unit, _name in units}


def _unit_rated(sitting: Sitting, unit: str, asked: set[str], route: Mapping[str, Any]) -> UnitRated:
    on_route = sum(sitting.rows[unit, code] in asked for code in sitting.rated)
    return UnitRated(_rated(sitting, unit, route), on_route)


def _rated(sitting: Sitting, unit: str, answers: Mapping[str, Any]) -> int:
    """At how many items the unit has a level."""
    return sum(_is_level(item, answers.get(sitting.rows[unit, code])) for code, item in sitting.rated.items())


def _is_level(item: Item, value: Any) -> bool:
    return any(level.code == value for level in item.levels)


def _record(
    questionnaire: Questionnaire, sitting: Sitting, unit: str, answers: Mapping[str, Any]
) -> dict[str, Any]:
    record = {}
    for item in questionnaire.items():
        value = answers.get(sitting.rows.get((unit, item.code), item.code))
        if not is_blank(value) and value != sitting.added.get(item.code):
            record[item.code] = value
    return record
