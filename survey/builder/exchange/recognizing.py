"""What kind of file somebody brought: its first line says, whatever its name claims."""

from __future__ import annotations

import codecs
import re
from collections.abc import Callable
from pathlib import PurePath

from questionnaires.sheets.reading import OLE, ZIP

JSON, TOML, XLSFORM, LIMESURVEY = "JSON", "TOML", "XLSForm", "LimeSurvey"
OPENING = 64 * 1024
"""Bytes among which the first line ends, even the hundreds of headings of a survey."""

TOML_LINE = re.compile(r"""#|\[\[?[\w."' -]+\]\]?\s*(#|$)|[\w."'-]+(\s*\.\s*[\w"'-]+)*\s*=""")
FORM_SHEETS = ("survey", "choices", "settings")


def format_of(content: bytes, name: str) -> str | None:
    """The format of a file that holds something; None for one that is not read here.

    The name decides only where the first line does not, so that a fault can say what it breaks.
    """
    if content.startswith((ZIP, OLE)):
        return XLSFORM
    line = first_line(content)
    found = (kind for kind, fits in SIGNS.items() if fits(line))
    return next(found, BY_NAME.get(PurePath(name).suffix.lower()))


def first_line(content: bytes) -> str:
    encoding = "utf-16" if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)) else "utf-8-sig"
    return content[:OPENING].decode(encoding, "replace").lstrip().partition("\n")[0].strip()


def cells(line: str) -> list[str]:
    return [cell.strip(' "').lower() for cell in re.split("[,;\t]", line)]


def is_form(line: str) -> bool:
    """The headings of a sheet of questions, or the name of a sheet alone on its line."""
    first, *others = cells(line)
    return "type" in (first, *others) or (first in FORM_SHEETS and not any(others))


SIGNS: dict[str, Callable[[str], bool]] = {
    JSON: lambda line: line.startswith("{"),
    TOML: lambda line: TOML_LINE.match(line) is not None,
    LIMESURVEY: lambda line: {"class", "type/scale"} <= set(cells(line)),
    XLSFORM: is_form,
}
BY_NAME = {".json": JSON, ".toml": TOML}
