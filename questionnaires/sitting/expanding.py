"""The form of a sitting: each item that is asked per unit becomes a matrix whose rows are the units."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache

from questionnaires.codes import TWICE
from questionnaires.faults import DefinitionError, Fault
from questionnaires.same import Same
from questionnaires.schema import Item, Question, Questionnaire
from questionnaires.sitting.matrix import added_choice, row_code
from questionnaires.sitting.rated import Units, items_per_unit, sitting_faults
from questionnaires.sitting.sections import expanded_sections


@dataclass(frozen=True)
class Sitting:
    """A questionnaire for some units: the form, and where in it each unit's answer to each item stands.

    `rated`: item → what is asked per unit. `rows`: (unit, item) → code in the form. `added`: item → the
    “don't know” that only the form offers.
    """

    form: Questionnaire
    rated: Mapping[str, Item]
    rows: Mapping[tuple[str, str], str]
    added: Mapping[str, str]


def for_units(questionnaire: Questionnaire, units: Units) -> Questionnaire:
    """The form in which one person rates all these units: a sound questionnaire like any other.

    Each item that is asked per unit becomes a matrix question under the item's code: one row per unit, never
    required, with a “don't know” where its choices have none. `unit_of_rating` marks these questions still.
    A section with several of them becomes a section for each, as each is long. All else stays as it is.

    Raises DefinitionError with all that `sitting_faults` finds, and where two codes meet.
    """
    return sitting_of(questionnaire, units).form


def sitting_of(questionnaire: Questionnaire, units: Units) -> Sitting:
    """The form with its way back; made once, as every page of a sitting needs it."""
    return _sitting(Same(questionnaire), tuple((code, name) for code, name in units))


@lru_cache(maxsize=128)
def _sitting(same: Same[Questionnaire], units: tuple[tuple[str, str], ...]) -> Sitting:
    questionnaire = same.record
    if faults := sitting_faults(questionnaire, units):
        raise DefinitionError(faults)
    form = replace(questionnaire, sections=tuple(expanded_sections(questionnaire, units)))
    if clashes := list(_clashes(form)):
        raise DefinitionError(clashes)
    rated, languages = items_per_unit(questionnaire), questionnaire.languages
    added = {code: added_choice(item.question, languages) for code, item in rated.items()}
    return Sitting(
        form=form,
        rated=rated,
        rows={(unit, item): row_code(item, unit) for unit, _name in units for item in rated},
        added={code: choice.code for code, choice in added.items() if choice},
    )


def _clashes(form: Questionnaire) -> Iterator[Fault]:
    """Codes are digests: two of them could be the same, if hardly ever."""
    found = Counter(code for question in form.questions() for code in (question.code, *_rows(question)))
    return (Fault(code, TWICE, {"code": code}) for code, count in found.items() if count > 1)


def _rows(question: Question) -> tuple[str, ...]:
    return tuple(row.code for row in question.rows)
