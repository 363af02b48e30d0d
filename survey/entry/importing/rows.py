"""A sheet of forms keyed elsewhere → submissions, and every fault with its cell."""

from __future__ import annotations

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from questionnaires.answers import OFF_ROUTE, read_form
from questionnaires.codes import near_name
from questionnaires.faults import N_, Fault
from questionnaires.schema import Questionnaire
from questionnaires.sheets import Row, Sheet, SheetFault, heading_faults
from survey.collection import Submission
from survey.collection.cells import strata_of
from survey.collection.checking import answer_faults
from survey.collection.many import recorded
from survey.entry.importing.worded_choices import meanings_of, texts_of
from survey.models import Stratum, Survey

FORM, UNIT, STRATUM = "FORM", "UNIT", "STRATUM"
"""The columns that are no questions; a question's code has no capital letters."""

COMMENT = "#"
LONGEST_NUMBER = 64
NAMESPACE = uuid.UUID("5f3f2f0e-7a52-4c55-9d0c-3f6f5a3f9b11")

NO_ROWS = N_("The sheet has no forms below its headings.")
NUMBER_NEEDED = N_("Every form needs its number here.")
NUMBER_TOO_LONG = N_("A form's number has at most %(most)s characters.")
NUMBER_TWICE = N_("Form %(number)s stands in row %(row)s too.")
IMPORTED_BEFORE = N_("Form %(number)s of this survey was imported before.")
UNIT_NEEDED = N_("Every form needs the code of the unit it rates.")
UNKNOWN_UNIT = N_("The sample of this survey has no unit “%(unit)s”.")
NEAR_UNIT = N_("The sample of this survey has no unit “%(unit)s”. Did you mean “%(near)s”?")
STRATUM_NEEDED = N_("The unit “%(unit)s” has several strata: the column STRATUM must say which (%(strata)s).")
UNKNOWN_STRATUM = N_("The unit “%(unit)s” has no stratum “%(stratum)s”.")

Answers = dict[str, Any]


@dataclass(frozen=True)
class Imported:
    """What a sheet holds. Where it has faults, the submissions are worth nothing."""

    submissions: Sequence[Submission]
    faults: Sequence[SheetFault]


def response_id(survey_id: int, number: str) -> uuid.UUID:
    """The same for the same form of a survey, so that a file imported twice meets its own responses."""
    return uuid.uuid5(NAMESPACE, f"{survey_id}/{' '.join(number.casefold().split())}")


def read_imported(survey: Survey, sheet: Sheet, *, with_blanks: bool) -> Imported:
    """Everything in the sheet. Where a column is missing or unknown, that alone is said: all else follows."""
    items = [item.code for item in survey.questionnaire_version.questionnaire.items()]
    faults = [*sheet.faults, *heading_faults(sheet, [FORM, UNIT, *items], [STRATUM])]
    rows = [row for row in sheet.rows if not row[FORM].startswith(COMMENT)]
    if not rows:
        faults.append(sheet.fault(None, "", NO_ROWS))
    return Imported([], faults) if faults else read_rows(survey, sheet, rows, with_blanks)


def read_rows(survey: Survey, sheet: Sheet, rows: Sequence[Row], with_blanks: bool) -> Imported:
    questionnaire = survey.questionnaire_version.questionnaire
    strata = strata_by_unit(survey)
    reader = Reader(questionnaire, with_blanks)
    submissions, faults = [], number_faults(survey, sheet, rows)
    for row in rows:
        stratum, misplaced = find_stratum(strata, sheet, row)
        answers, wrong = reader.read(sheet, row)
        faults += [*misplaced, *wrong]
        if stratum:
            submissions.append(
                Submission(
                    response_id(survey.id, row[FORM]),
                    stratum.id,
                    answers,
                    mode="imported",
                    blanks_confirmed=with_blanks,
                )
            )
    return Imported(submissions, faults)


def number_faults(survey: Survey, sheet: Sheet, rows: Sequence[Row]) -> list[SheetFault]:
    """Numbers that are missing, too long, in the file twice, or imported before."""
    ids = {row.number: response_id(survey.id, row[FORM]) for row in rows}
    stored = recorded(list(ids.values()))
    first_row: dict[uuid.UUID, int] = {}
    faults = []
    for row in rows:
        number, own = row[FORM], ids[row.number]
        earlier = first_row.setdefault(own, row.number)
        if not number:
            faults.append(sheet.fault(row, FORM, NUMBER_NEEDED))
        elif len(number) > LONGEST_NUMBER:
            faults.append(sheet.fault(row, FORM, NUMBER_TOO_LONG, {"most": LONGEST_NUMBER}))
        elif earlier != row.number:
            faults.append(sheet.fault(row, FORM, NUMBER_TWICE, {"number": number, "row": earlier}))
        elif own in stored:
            faults.append(sheet.fault(row, FORM, IMPORTED_BEFORE, {"number": number}))
    return faults


def strata_by_unit(survey: Survey) -> dict[str, dict[str, Stratum]]:
    """Unit code → stratum code → stratum."""
    found: dict[str, dict[str, Stratum]] = {}
    for stratum in strata_of(survey):
        found.setdefault(stratum.unit.code, {})[stratum.code] = stratum
    return found


def find_stratum(
    strata: Mapping[str, Mapping[str, Stratum]], sheet: Sheet, row: Row
) -> tuple[Stratum | None, list[SheetFault]]:
    """The stratum a row belongs to: its unit's only one, or the one it names."""
    unit, code = row[UNIT], row[STRATUM]
    own = strata.get(unit)
    if own is None:
        return None, [unknown_unit(strata, sheet, row)]
    if code in own:
        return own[code], []
    if code:
        return None, [sheet.fault(row, STRATUM, UNKNOWN_STRATUM, {"unit": unit, "stratum": code})]
    if len(own) > 1:
        return None, [sheet.fault(row, STRATUM, STRATUM_NEEDED, {"unit": unit, "strata": ", ".join(own)})]
    return next(iter(own.values())), []


def unknown_unit(strata: Mapping[str, object], sheet: Sheet, row: Row) -> SheetFault:
    unit = row[UNIT]
    if not unit:
        return sheet.fault(row, UNIT, UNIT_NEEDED)
    near = near_name(unit, strata)
    template, values = (NEAR_UNIT, {"near": near}) if near else (UNKNOWN_UNIT, {})
    return sheet.fault(row, UNIT, template, {"unit": unit[:80], **values})


class Reader:
    """Reads the answers of one row after another."""

    def __init__(self, questionnaire: Questionnaire, with_blanks: bool) -> None:
        self.questionnaire, self.with_blanks = questionnaire, with_blanks
        self.items = [
            (item.code, item.question, meanings_of(item.question.choices)) for item in questionnaire.items()
        ]

    def read(self, sheet: Sheet, row: Row) -> tuple[Answers, list[SheetFault]]:
        """A row's answers, and what is wrong with them, one fault a cell."""
        texts = {code: texts_of(question, meanings, row[code]) for code, question, meanings in self.items}
        reading = read_form(self.questionnaire, texts)
        checked = answer_faults(self.questionnaire, reading.answers, with_blanks=self.with_blanks)
        if reading.faults:  # what could not be read may be what leads to the other questions
            checked = [fault for fault in checked if fault.template != OFF_ROUTE]
        by_place: dict[str, Fault] = {fault.place: fault for fault in [*checked, *reading.faults]}
        return reading.answers, [
            sheet.fault(row, place, fault.template, fault.values) for place, fault in by_place.items()
        ]
