"""The sheets of a workbook by the part they play in an XLSForm."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from questionnaires.exchange.xlsform.columns import (
    CHOICES,
    FACTOR_LIST,
    FACTORS,
    SETTINGS,
    SURVEY,
    WORDED,
    columns_of,
)
from questionnaires.exchange.xlsform.findings import Findings
from questionnaires.exchange.xlsform.head import unnamed_language
from questionnaires.exchange.xlsform.languages import language_of
from questionnaires.exchange.xlsform.lines import Line, Page, is_empty, page_of
from questionnaires.faults import N_
from questionnaires.sheets import Sheet, SheetFault, SheetsRefused
from questionnaires.sheets.sheet import HEADER_ROW, NO_HEADING

NO_SURVEY = N_("There is no sheet “survey”. The rows of an XLSForm stand in a sheet of that name.")
NO_TYPE_COLUMN = N_("There is no column “type”; its heading belongs in row 1.")
NO_LANGUAGE = N_("The language “%(language)s” is not known here. Add its code, as in “English (en)”.")
SAME_COLUMN = N_("“%(heading)s” says the same as another column; keep one of the two.")
NOT_READ = N_("The column “%(heading)s” is not read.")
ASIDE = N_("What stands beside the columns that have a heading is not read.")

CHOICES_NAMES = ("choices", "choices and columns")


@dataclass(frozen=True)
class Book:
    """`says_language`: whether the form itself says in which language its texts are."""

    survey: Page
    choices: Page
    settings: Line | None
    factors: Page
    says_language: bool


def book_of(sheets: Sequence[Sheet], language: str, findings: Findings) -> Book:
    """The pages of a form; raises SheetsRefused where there is no sheet of questions."""
    named = {sheet.name.strip().lower(): sheet for sheet in sheets}
    survey = named.get("survey") or (sheets[0] if len(sheets) == 1 else None)
    if survey is None:
        raise SheetsRefused([SheetFault("", None, None, NO_SURVEY)])
    choices = next((named[name] for name in CHOICES_NAMES if name in named), Sheet("choices", (), ()))
    settings = next(page_of(named.get("settings", Sheet("settings", (), ())), language).lines(), None)
    said = _unnamed(survey, settings, "")
    unnamed = said or language
    factors = named.get(FACTORS, Sheet(FACTORS, (), ()))
    _check(survey, SURVEY, findings)
    _check(choices, CHOICES, findings)
    _check(factors, FACTOR_LIST, findings)
    if settings:
        _check(settings.page.sheet, SETTINGS, findings)
    if "type" not in page_of(survey, unnamed).headings:
        raise SheetsRefused([*findings.faults, SheetFault(survey.name, HEADER_ROW, None, NO_TYPE_COLUMN)])
    pages = [page_of(sheet, unnamed) for sheet in (survey, choices, factors)]
    return Book(pages[0], pages[1], settings, pages[2], bool(said))


def _unnamed(survey: Sheet, settings: Line | None, fallback: str) -> str:
    """The language of the texts whose heading names none."""
    labels = [column.language for column in columns_of(survey.header).values() if column.name == "label"]
    default = settings["default_language"] if settings else ""
    return unnamed_language(labels if all(labels) else (), default, fallback)


def _check(sheet: Sheet, known: frozenset[str], findings: Findings) -> None:
    """What the reading of the sheet found, and headings that say nothing here or the same twice."""
    for fault in sheet.faults:
        if fault.template == NO_HEADING:
            findings.add_note(SheetFault(sheet.name, HEADER_ROW, fault.column, ASIDE))
        else:
            findings.add_fault(fault)
    _check_headings(sheet, known, findings)


def _check_headings(sheet: Sheet, known: frozenset[str], findings: Findings) -> None:
    seen: set[tuple[str, str | None]] = set()
    for heading, column in columns_of(sheet.header).items():
        language = language_of(column.language) if column.language else ""
        if is_empty(sheet, heading):
            continue
        if column.name not in known:
            findings.add_note(_at_heading(sheet, heading, NOT_READ, heading=heading))
        elif column.name in WORDED and language is None:
            findings.add_fault(_at_heading(sheet, heading, NO_LANGUAGE, language=column.language))
        elif (column.name, language) in seen:
            findings.add_fault(_at_heading(sheet, heading, SAME_COLUMN, heading=heading))
        seen.add((column.name, language))


def _at_heading(sheet: Sheet, heading: str, template: str, /, **values: object) -> SheetFault:
    place = sheet.header.index(heading) + 1
    return SheetFault(sheet.name, HEADER_ROW, place, template, values, heading)
