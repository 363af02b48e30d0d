"""A definition that somebody uploads as a JSON or TOML file: from bytes to plain tables."""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Callable, Mapping
from pathlib import PurePath
from typing import Any

from werkzeug.datastructures import FileStorage

from questionnaires import DefinitionError, Fault
from questionnaires.faults import N_
from questionnaires.shapes import excerpt

NO_FILE = N_("Choose a file.")
NEITHER = N_("Choose a file whose name ends in .json or .toml.")
NOT_TEXT = N_("The file is not text in UTF-8. Save it with that encoding.")
NOT_JSON = N_("The file is not valid JSON: see line %(line)s, column %(column)s.")
NOT_TOML = N_("The file is not valid TOML: see line %(line)s, column %(column)s.")
UNREADABLE = N_("The file cannot be read: it nests too deep, or holds a number of thousands of digits.")
NOT_A_DEFINITION = N_("The file holds %(found)s, not a definition with its code, version and title.")

FIELD = "file"
TOML_POSITION = re.compile(r"at line (\d+), column (\d+)")


def read_upload(file: FileStorage | None) -> Mapping[str, Any]:
    """The tables in an uploaded file. Raises DefinitionError that says why it cannot be read."""
    if file is None or not file.filename:
        raise refusal(NO_FILE)
    load = LOADERS.get(PurePath(file.filename).suffix.lower())
    if load is None:
        raise refusal(NEITHER)
    return tables(load, file.read())


def tables(load: Callable[[str], Any], raw: bytes) -> Mapping[str, Any]:
    """The tables in a text. Raises DefinitionError that says why it cannot be read."""
    content = loaded(load, raw)
    if not isinstance(content, Mapping):
        raise refusal(NOT_A_DEFINITION, found=excerpt(content))
    return content


def loaded(load: Callable[[str], Any], raw: bytes) -> Any:
    try:
        return load(raw.decode("utf-8-sig"))
    except DefinitionError:
        raise
    except UnicodeDecodeError:
        raise refusal(NOT_TEXT) from None
    except (RecursionError, ValueError):  # a ValueError of json's own: an int of more than 4,300 digits
        raise refusal(UNREADABLE) from None


def load_json(text: str) -> Any:
    try:
        return json.loads(text)
    except json.JSONDecodeError as error:
        raise refusal(NOT_JSON, line=error.lineno, column=error.colno) from None


def load_toml(text: str) -> Any:
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        found = TOML_POSITION.search(str(error))
        line, column = found.groups() if found else end_of(text)
        raise refusal(NOT_TOML, line=line, column=column) from None


def end_of(text: str) -> tuple[int, int]:
    """The last line and column: where TOML that breaks off is at fault."""
    lines = text.splitlines() or [""]
    return len(lines), len(lines[-1]) + 1


LOADERS: dict[str, Callable[[str], Any]] = {".json": load_json, ".toml": load_toml}


def refusal(template: str, **values: object) -> DefinitionError:
    return DefinitionError([Fault(FIELD, template, values)])
