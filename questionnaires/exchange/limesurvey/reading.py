"""The text of a survey's export as a definition."""

from __future__ import annotations

import io
from collections.abc import Iterator

from questionnaires.dump import plain
from questionnaires.exchange.imported import Imported
from questionnaires.exchange.limesurvey.building import Builder, Built
from questionnaires.exchange.limesurvey.conditions import condition
from questionnaires.exchange.limesurvey.findings import Findings
from questionnaires.exchange.limesurvey.questions import TYPES
from questionnaires.exchange.limesurvey.refusals import LEFT_OUT, check_attributes, refuse_type
from questionnaires.exchange.limesurvey.sourced import Sourced, cell_of
from questionnaires.exchange.limesurvey.survey import (
    KIND,
    NAME,
    RELEVANCE,
    SPEECH,
    TEXT,
    TYPE,
    Asked,
    Group,
    Survey,
    read_survey,
)
from questionnaires.exchange.xlsform.names import Codes
from questionnaires.expression import Tree, to_text
from questionnaires.faults import N_, DefinitionError
from questionnaires.parse import parse
from questionnaires.sheets import Sheet, SheetFault, SheetsRefused, heading_faults, read_sheets

MOST_ROWS = 20_000  # settings, and every text once more for each language
NEEDED = (KIND, TYPE, NAME, RELEVANCE, TEXT, SPEECH)

UNSAID = frozenset({"code", "version", "group"})
"""What no export says of its survey."""

NO_QUESTION = N_("The survey has no question.")
EMPTY_GROUP = N_("The group has no question; it is left out.")
SAME_NAME = N_("The name “%(name)s” stands in another row too; each question needs one of its own.")


def read_limesurvey(
    text: str, *, code: str = "limesurvey", version: str = "1", group: str = "citizen"
) -> Imported:
    """The questionnaire that an export describes; it names neither `code`, `version` nor `group`.

    Raises SheetsRefused with every fault at its row and column.
    """
    sheet = _sheet(text)
    findings = Findings(sheet)
    survey = read_survey(sheet.rows, findings)
    definition = _definition(survey, {"code": code, "version": version, "group": group})
    _check(definition, findings)
    if findings.faults:
        raise SheetsRefused(findings.faults)
    return Imported(plain(definition), findings.notes, UNSAID)


def _check(definition: Sourced, findings: Findings) -> None:
    """Whether the definition is sound; where no question is left, the reasons are found already."""
    if "sections" not in definition:
        if not findings.faults:
            findings.refuse(None, "", NO_QUESTION)
        return
    try:
        parse(plain(definition))
    except DefinitionError as error:
        for fault in error.faults:
            findings.refuse(*cell_of(definition, fault), fault.template, **fault.values)


def _sheet(text: str) -> Sheet:
    """The table of the export; raises SheetsRefused where it is none."""
    (sheet,) = read_sheets(io.BytesIO(text.encode("utf-8", "replace")), most_rows=MOST_ROWS)
    faults = [*sheet.faults, *heading_faults(sheet, NEEDED, sheet.header)]
    if not faults and not any(row[KIND] == "Q" for row in sheet.rows):
        faults = [SheetFault(sheet.name, None, None, NO_QUESTION)]
    if faults:
        raise SheetsRefused(faults)
    return sheet


def _definition(survey: Survey, given: dict[str, str]) -> Sourced:
    texts = survey.texts
    welcome = survey.words(texts.get("surveyls_welcometext"))
    return Sourced(
        None,
        **given,
        title=survey.words(texts.get("surveyls_title")),
        languages=list(survey.languages.values()),
        intro=welcome or survey.words(texts.get("surveyls_description")),
        sections=list(_sections(survey)),
    )


def _sections(survey: Survey) -> Iterator[Sourced]:
    """The groups; questions all come first, as a condition may name any of them."""
    builder = Builder(survey, Codes())
    built = [
        (group, [(asked, _built(builder, asked)) for asked in group.questions]) for group in survey.groups
    ]
    meanings: dict[str, Tree] = {}
    for _, pairs in built:
        for asked, made in pairs:
            if made.meanings.keys() & meanings.keys():
                survey.findings.refuse(asked.row, NAME, SAME_NAME, name=asked.name)
            meanings |= made.meanings
    for number, (group, pairs) in enumerate(built, 1):
        yield from _section(survey, f"g{number}", group, pairs, meanings)


def _built(builder: Builder, asked: Asked) -> Built:
    check_attributes(asked, builder.survey.findings)
    layout = TYPES.get(asked.row[TYPE])
    if layout is None:
        refuse_type(asked, builder.survey.findings)
        return Built()
    return layout(builder, asked)


def _section(
    survey: Survey, code: str, group: Group, pairs: list[tuple[Asked, Built]], meanings: dict[str, Tree]
) -> Iterator[Sourced]:
    questions = [one for asked, made in pairs for one in _asked_where(survey, asked, made, meanings)]
    if not questions:
        if all(asked.row[TYPE] in LEFT_OUT for asked, _ in pairs):
            survey.findings.note(group.row, KIND, EMPTY_GROUP)
        return
    relevant = condition(group.row, meanings, survey.findings)
    yield Sourced(
        group.row,
        code=code,
        title=survey.words(group, NAME),
        intro=survey.words(group),
        relevant=None if relevant is None else to_text(relevant),
        questions=questions,
    )


def _asked_where(survey: Survey, asked: Asked, made: Built, meanings: dict[str, Tree]) -> Iterator[Sourced]:
    """The questions of a row, each with the row's condition and its own."""
    whole = condition(asked.row, meanings, survey.findings)
    for question in made.questions:
        own = made.conditions.get(question["code"])
        both = [tree for tree in (whole, own) if tree is not None]
        if both:
            question["relevant"] = to_text(both[0] if len(both) == 1 else ["and", *both])
        yield question
