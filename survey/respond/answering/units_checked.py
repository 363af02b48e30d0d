"""What a person who rates several units sees before sending: unit by unit, how far it is rated and how."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from questionnaires.faults import Fault
from questionnaires.routing import AskedSection
from questionnaires.schema import Question
from questionnaires.sitting import UnitRated, is_per_unit
from questionnaires.sitting import units_rated as how_far_rated
from survey.collection import NOTHING_RATED, units_rated
from survey.db import today
from survey.models import Survey
from survey.respond.answering.booklet import Answers


@dataclass(frozen=True)
class Rating:
    """One item at one unit; `row` is its code in the form, `page` the page that asks it."""

    question: Question
    row: str
    page: int


@dataclass(frozen=True)
class UnitChecked:
    name: str
    how_far: UnitRated
    ratings: tuple[Rating, ...]


def units_checked(
    survey: Survey, pages: Mapping[int, AskedSection], answers: Answers
) -> tuple[UnitChecked, ...]:
    """Each unit of a sitting, in the order people see them; none where one unit alone is rated."""
    if survey.rates == "one":
        return ()
    units = units_rated(survey)
    questionnaire = survey.questionnaire_version.questionnaire
    how_far = how_far_rated(questionnaire, units, answers, today=today())
    return tuple(
        UnitChecked(name, how_far[code], tuple(ratings_of(place, pages)))
        for place, (code, name) in enumerate(units)
    )


def ratings_of(place: int, pages: Mapping[int, AskedSection]) -> Iterator[Rating]:
    """What is asked of the unit at this place: the rows of a sitting's matrices are its units, in order."""
    for number, part in pages.items():
        for question in filter(is_per_unit, part.questions):
            yield Rating(question, question.rows[place].code, number)


def checking_units(survey: Survey, checked: Mapping[str, Any]) -> dict[str, Any]:
    """What the page to check answers shows of the units besides; `checked` is what it shows in any case."""
    units = units_checked(survey, checked["pages"], checked["answers"])
    left_out = [unit.name for unit in units if not unit.how_far.rated]
    return {
        "units": units,
        "left_out": left_out,
        "nothing_rated": Fault("form", NOTHING_RATED) if units and len(left_out) == len(units) else None,
        "rating_page": units[0].ratings[0].page if units and units[0].ratings else None,
    }
