"""The responses of one survey in a CSV file: checked as a whole, read one by one."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from analysis.dataset import DESIGN_COLUMNS, MOST_FAULTS, REQUIRED
from analysis.round import csv_table
from analysis.round.csv_table import CsvFile
from questionnaires.answers import check_answers, read_form
from questionnaires.faults import N_, Fault
from questionnaires.schema import Questionnaire

UNKNOWN_COLUMN = N_("The questionnaire has no question “%(column)s”.")
SEVERAL = ";"
"""Between the codes of several choices in one cell."""
SEVERAL_KINDS = ("multiple", "rank")


@dataclass(frozen=True)
class ResponseFile:
    """The records in a responses.csv, read anew each time they are gone through."""

    root: Path
    name: str
    questionnaire: Questionnaire

    def __iter__(self) -> Iterator[dict[str, Any]]:
        for _, record, _ in self._read(CsvFile(self.root, self.name)):
            yield record

    def faults(self, today: datetime.date) -> list[Fault]:
        """What is wrong with the file and with every answer in it; the first hundred things."""
        file = CsvFile(self.root, self.name)
        columns = file.header(REQUIRED)
        known = {*DESIGN_COLUMNS, *(item.code for item in self.questionnaire.items())}
        for column in (column for column in columns if column not in known):
            file.refuse(UNKNOWN_COLUMN, column=column)
        if file.faults:
            return file.faults
        for row, record, unread in self._read(file):
            checked = check_answers(self.questionnaire, record["answers"], today=today, complete=False)
            for fault in (*unread, *checked):
                file.refuse(fault.template, f"row {row}, {fault.place}", **fault.values)
            for column in REQUIRED:
                file.read(csv_table.text, record[column], f"row {row}, {column}")
            if len(file.faults) >= MOST_FAULTS:
                break
        return file.faults

    def _read(self, file: CsvFile) -> Iterator[tuple[int, dict[str, Any], list[Fault]]]:
        several = {item.code for item in self.questionnaire.items() if item.question.kind in SEVERAL_KINDS}
        for row, cells in file.rows():
            form = {code: cell.split(SEVERAL) if code in several else [cell] for code, cell in cells.items()}
            answers, unread = read_form(self.questionnaire, form)
            yield (
                row,
                {**{column: cells.get(column, "") for column in DESIGN_COLUMNS}, "answers": answers},
                unread,
            )
