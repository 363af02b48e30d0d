"""Drafts from files: for each kind of definition, which files can be read and by what."""

from __future__ import annotations

import datetime
import math
import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import PurePath
from typing import Any

from werkzeug.datastructures import FileStorage

from questionnaires import DefinitionError, Fault
from questionnaires.codes import TWICE
from questionnaires.exchange.framework_sheet import is_header, read_framework_sheet
from questionnaires.faults import N_
from questionnaires.shapes import NOT_A_LIST, NOT_A_TABLE, NOT_TEXT
from questionnaires.sheets import read_sheets
from questionnaires.written import clean
from survey.builder.drafts.life import EXAMINERS
from survey.builder.exchange.brought import Brought
from survey.builder.exchange.readers import SUFFIXES, read_questionnaire
from survey.builder.uploads import FIELD, NO_FILE, UNREADABLE, read_upload, refusal

WRONG_SUFFIX = N_("Choose a file whose name ends in one of: %(suffixes)s.")

Reader = Callable[[FileStorage], Brought]
"""From an uploaded file to what it holds. Raises DefinitionError, or SheetsRefused with faults by cells."""


def read_tables(file: FileStorage) -> Brought:
    return Brought(read_upload(file))


def read_framework_table(file: FileStorage) -> Brought:
    return Brought(read_framework_sheet(read_sheets(file.stream, indents=True, is_header=is_header)))


FILE_READERS: dict[str, dict[str, Reader]] = {
    "framework": {
        ".xlsx": read_framework_table,
        ".csv": read_framework_table,
        ".json": read_tables,
        ".toml": read_tables,
    },
    "questionnaire": dict.fromkeys(SUFFIXES, read_questionnaire),
}
"""Kind of definition → ending of the file's name → its reader. Another format is one line more."""

UNFIT = frozenset({TWICE, NOT_TEXT, NOT_A_LIST, NOT_A_TABLE})
"""Faults that no form can show, let alone mend: two parts of one code, a value of another kind."""

PART_CODE = re.compile(r"(sections\.\d+(\.questions\.\d+)?|scales\.\d+|nodes\.\d+)\.code")
"""Where the codes stand by which people are led to parts."""

DEEPEST = 20


def brought_in(kind: str, file: FileStorage | None) -> Brought:
    """What a file holds, as a draft keeps it. It may be unfinished, so long as every part can be found by its
    code and shown in a form.

    Raises DefinitionError or SheetsRefused.
    """
    if file is None or not file.filename:
        raise refusal(NO_FILE)
    reader = FILE_READERS[kind].get(PurePath(file.filename).suffix.lower())
    if reader is None:
        raise refusal(WRONG_SUFFIX, suffixes=", ".join(FILE_READERS[kind]))
    try:
        brought = reader(file)
        content = storable(brought.content)
        faults = EXAMINERS[kind](content)[1]
    except RecursionError:
        raise refusal(UNREADABLE) from None
    if unfit := [fault for fault in faults if fault.template in UNFIT or PART_CODE.fullmatch(fault.place)]:
        raise DefinitionError(unfit)
    return replace(brought, content=content)


def storable(value: Any, depth: int = 0) -> Any:
    """The value in the types that JSON and every database keep; a number that is none is left blank.

    Raises RecursionError for tables that nest deeper than those of any definition.
    """
    if depth > DEEPEST:
        raise RecursionError
    if isinstance(value, Mapping):
        return {clean(str(key)): storable(each, depth + 1) for key, each in value.items()}
    if isinstance(value, list | tuple):
        return [storable(each, depth + 1) for each in value]
    if isinstance(value, str):
        return clean(value)
    if isinstance(value, datetime.date | datetime.time):
        return value.isoformat()
    return None if isinstance(value, float) and not math.isfinite(value) else value


def suffixes(kind: str) -> str:
    """What a browser's file dialogue offers."""
    return ",".join(FILE_READERS[kind])


def is_unread(fault: Fault) -> bool:
    """Whether the fault is the file's, not one of the definition in it."""
    return fault.place == FIELD
