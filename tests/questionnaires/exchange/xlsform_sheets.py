"""Sheets of an XLSForm written as text: cells parted by bars, the first line the headings."""

from __future__ import annotations

from questionnaires.exchange.imported import Imported
from questionnaires.exchange.xlsform import read_xlsform
from questionnaires.sheets import Sheet, SheetsRefused
from questionnaires.sheets.sheet import build_sheet

CHOICES = """
    list_name | name   | label
    yes_no    | yes    | Có
    yes_no    | no     | Không
    level     | low    | Thấp
    level     | middle | Vừa
    level     | high   | Cao
"""


def sheet(name: str, text: str) -> Sheet:
    lines = [[cell.strip() for cell in line.split("|")] for line in text.strip().splitlines()]
    return build_sheet(name, list(enumerate(lines, 1)))


def read(survey: str, choices: str = CHOICES, settings: str = "") -> Imported:
    named = {"survey": survey, "choices": choices, "settings": settings}
    return read_xlsform([sheet(name, text) for name, text in named.items() if text])


def questions(survey: str, **others: str) -> list[dict]:
    sections = read(survey, **others).definition["sections"]
    return [question for section in sections for question in section["questions"]]


def refusals(survey: str, **others: str) -> list[str]:
    """Each fault as “sheet cell: sentence”; none where the form is read."""
    try:
        read(survey, **others)
    except SheetsRefused as refused:
        return [f"{one.sheet} {one.letter}{one.row}: {one.sentence()}" for one in refused.faults]
    return []
