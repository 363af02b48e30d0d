"""The answers of a row, and what is wrong with them: the checks are those of keying."""

from __future__ import annotations

from typing import Any, NamedTuple

from questionnaires.answers import OFF_ROUTE, read_form
from questionnaires.faults import Fault
from questionnaires.schema import Questionnaire
from questionnaires.sheets import Row, Sheet, SheetFault
from survey.collection.checking import answer_faults
from survey.entry.importing.worded_choices import digits_of, meanings_of, texts_of

Answers = dict[str, Any]


class RowAnswers(NamedTuple):
    """A row's answers, what is wrong with them, one fault a cell, and the items that were answered though the
    logic does not ask them, where that may be.
    """

    answers: Answers
    faults: list[SheetFault]
    off_route: list[str]


class Reader:
    """Reads the answers of one row after another. `as_digits`: choices are written as the digits printed
    beside them.
    """

    def __init__(self, questionnaire: Questionnaire, with_blanks: bool, as_digits: bool = False) -> None:
        self.questionnaire, self.with_blanks = questionnaire, with_blanks
        meanings = digits_of if as_digits else meanings_of
        self.items = [
            (item.code, item.question, meanings(item.question.choices)) for item in questionnaire.items()
        ]

    def read(self, sheet: Sheet, row: Row, *, has_paper: bool) -> RowAnswers:
        """`has_paper`: the form was printed here. What its paper says against the logic is kept with its
        reading, as where it is keyed; of other forms nothing would keep it.
        """
        texts = {code: texts_of(question, meanings, row[code]) for code, question, meanings in self.items}
        reading = read_form(self.questionnaire, texts)
        checked = answer_faults(self.questionnaire, reading.answers, with_blanks=self.with_blanks)
        off_route = [fault.place for fault in checked if fault.template == OFF_ROUTE] if has_paper else []
        if has_paper or reading.faults:  # what could not be read may be what leads to the other questions
            checked = [fault for fault in checked if fault.template != OFF_ROUTE]
        by_place: dict[str, Fault] = {fault.place: fault for fault in [*checked, *reading.faults]}
        faults = [sheet.fault(row, place, fault.template, fault.values) for place, fault in by_place.items()]
        return RowAnswers(reading.answers, faults, off_route)
