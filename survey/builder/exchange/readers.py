"""A questionnaire in a file of any format that is read here."""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import PurePath
from typing import Any

from werkzeug.datastructures import FileStorage

from questionnaires.exchange.limesurvey import read_limesurvey
from questionnaires.exchange.xlsform import read_form_sheets, read_xlsform
from questionnaires.exchange.xlsform.head import NO_GROUP
from questionnaires.exchange.xlsform.names import form_code
from questionnaires.faults import N_
from questionnaires.sheets.delimited import decoded
from questionnaires.sheets.reading import EMPTY
from questionnaires.written import clean
from survey.builder.exchange.brought import Brought
from survey.builder.exchange.recognizing import JSON, LIMESURVEY, TOML, XLSFORM, format_of
from survey.builder.uploads import load_json, load_toml, refusal, tables
from survey.db import today

NOT_KNOWN = N_(
    "What the file holds cannot be read here. It may be JSON or TOML, an XLSForm (.xlsx, or its sheets in "
    "one .csv file), or a survey exported from LimeSurvey as tab-separated values (.txt, .tsv)."
)
SUFFIXES = (".json", ".toml", ".xlsx", ".csv", ".txt", ".tsv")


def read_questionnaire(file: FileStorage) -> Brought:
    """What a file holds.

    Raises DefinitionError for one that cannot be read, SheetsRefused with faults by cells.
    """
    content, name = file.read(), file.filename or ""
    if not content.strip():
        raise refusal(EMPTY)
    found = format_of(content, name)
    if found is None:
        raise refusal(NOT_KNOWN)
    return READERS[found](content, clean(PurePath(name).stem))


def head_after(stem: str) -> dict[str, str]:
    """What a form is called that does not say it, to be confirmed: after its file, and this year's."""
    return {"code": form_code(stem) or "form", "version": str(today().year)}


def from_form(content: bytes, stem: str) -> Brought:
    head = head_after(stem)
    imported = read_xlsform(read_form_sheets(io.BytesIO(content)), **head)
    definition = titled(imported.definition, head["code"], stem)
    notes = tuple(note for note in imported.notes if note.template != NO_GROUP)  # it is asked beside them
    return Brought(definition, notes, imported.assumed, XLSFORM)


def titled(definition: dict[str, Any], code: str, stem: str) -> dict[str, Any]:
    """A form that was given its code for a title has the name of its file instead."""
    named = {language: stem if words == code else words for language, words in definition["title"].items()}
    return {**definition, "title": named}


def from_survey(content: bytes, stem: str) -> Brought:
    imported = read_limesurvey(decoded(content), **head_after(stem))
    return Brought(imported.definition, imported.notes, imported.assumed, LIMESURVEY)


Reader = Callable[[bytes, str], Brought]
"""From the file's bytes, and its name without the ending."""

READERS: dict[str, Reader] = {
    JSON: lambda content, stem: Brought(tables(load_json, content), format=JSON),
    TOML: lambda content, stem: Brought(tables(load_toml, content), format=TOML),
    XLSFORM: from_form,
    LIMESURVEY: from_survey,
}
