"""An XLSForm as the definition of a questionnaire."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from questionnaires.dump import plain
from questionnaires.exchange.imported import Imported
from questionnaires.exchange.xlsform.book import Book, book_of
from questionnaires.exchange.xlsform.calculations import meanings_of
from questionnaires.exchange.xlsform.choices import Lists, read_lists, scale_codes
from questionnaires.exchange.xlsform.columns import GROUP, INTRO, KIND, SCALES
from questionnaires.exchange.xlsform.findings import Findings
from questionnaires.exchange.xlsform.form import Form
from questionnaires.exchange.xlsform.groups import Asked, rows_of, tree_of
from questionnaires.exchange.xlsform.head import factors_of, head_of, languages_of, settings_of
from questionnaires.exchange.xlsform.names import Codes
from questionnaires.exchange.xlsform.row_types import BEGIN, CALCULATE, END, METADATA
from questionnaires.exchange.xlsform.sections import intro_of, sections_of
from questionnaires.exchange.xlsform.sourced import Sourced, in_sheet
from questionnaires.faults import N_, DefinitionError
from questionnaires.parse import parse
from questionnaires.sheets import Sheet, SheetFault, SheetsRefused

NO_QUESTION = N_("The form asks no question.")
NO_NAME = N_("The question has no name.")
SAME_NAME = N_("The name “%(name)s” stands in another row too; each question needs one of its own.")
RENAMED = N_("“%(name)s” is called “%(code)s” here.")

SAID_BY = {"code": "id_string", "version": "version", "group": GROUP}
UNASKED = frozenset({BEGIN, END, CALCULATE, METADATA})


def read_xlsform(
    sheets: Sequence[Sheet],
    *,
    code: str = "xlsform",
    version: str = "1",
    group: str = "citizen",
    language: str = "vi",
) -> Imported:
    """The questionnaire that the sheets `survey`, `choices` and `settings` describe.

    `code`, `version` and `group` stand in where the settings name none; `language` is that of texts whose
    heading names none and of which the settings say nothing. Raises SheetsRefused with every fault.
    """
    findings = Findings()
    book = book_of(sheets, language, findings)
    definition = _definition(book, {"code": code, "version": version, "group": group}, findings)
    survey = book.survey.sheet.name
    try:
        parse(definition)
    except DefinitionError as error:
        for fault in error.faults:
            if fault.place == "sections":
                findings.add_fault(SheetFault(survey, None, None, NO_QUESTION))
            else:
                findings.add_fault(in_sheet(definition, fault, survey))
    if findings.faults:
        raise SheetsRefused(_in_order(findings.faults, sheets))
    return Imported(plain(definition), _in_order(findings.notes, sheets), _assumed(book))


def _assumed(book: Book) -> frozenset[str]:
    settings = settings_of(book.survey, book.settings)
    unsaid = {name for name, setting in SAID_BY.items() if not settings[setting]}
    return frozenset(unsaid if book.says_language else {*unsaid, "language"})


def _in_order(found: Iterable[SheetFault], sheets: Sequence[Sheet]) -> tuple[SheetFault, ...]:
    order = {sheet.name: position for position, sheet in enumerate(sheets)}
    return tuple(sorted(found, key=lambda one: (order.get(one.sheet, -1), one.row or 0, one.column or 0)))


def _definition(book: Book, fallback: dict[str, str], findings: Findings) -> Sourced:
    settings = settings_of(book.survey, book.settings)
    languages = languages_of([book.survey, book.choices], settings) or (book.survey.unnamed,)
    head = head_of(settings, book.settings, languages, fallback, findings)
    rows = rows_of(book.survey.lines(), findings)
    lists = read_lists(book.choices.lines(), languages, findings)
    declared = book.settings[SCALES].split() if book.settings else []
    scales = scale_codes(lists, (row.type.list_name for row in rows if not row.type.other), declared)
    form = _form(rows, languages, head["title"], lists, scales, findings)
    parts = tree_of(rows, findings)
    return Sourced(
        book.settings,
        **head,
        intro=intro_of(parts, form),
        factors=factors_of(book.factors.lines(), languages, findings),
        scales=[Sourced(None, code=scale, choices=lists.get(name, [])) for name, scale in scales.items()],
        sections=sections_of(parts, form),
    )


def _form(
    rows: Sequence[Asked],
    languages: tuple[str, ...],
    title: dict[str, str],
    lists: Lists,
    scales: dict[str, str],
    findings: Findings,
) -> Form:
    spare = Codes()
    codes, by_name = _codes(rows, spare, findings)
    meanings = meanings_of(rows, by_name, findings)
    return Form(languages, title, lists, scales, codes, spare, meanings, findings)


def _codes(rows: Sequence[Asked], spare: Codes, findings: Findings) -> tuple[dict[int, str], dict[str, str]]:
    """The codes of the questions by row and by name."""
    by_row: dict[int, str] = {}
    by_name: dict[str, str] = {}
    for row in rows:
        if row.type.kind in UNASKED or row.line[KIND] == INTRO:
            continue
        name = row.line["name"]
        if not name and row.type.kind != "note":
            findings.refuse(row.line, "name", NO_NAME)
        if name and name in by_name:
            findings.refuse(row.line, "name", SAME_NAME, name=name)
        code = spare.new(name or f"{row.type.kind}_{row.line.row.number}")
        if name and code != name.strip("_"):
            findings.note(row.line, "name", RENAMED, name=name, code=code)
        by_row[row.line.row.number] = code
        by_name.setdefault(name, code)
    return by_row, by_name
