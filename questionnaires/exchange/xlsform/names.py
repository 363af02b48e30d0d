"""Names as other people write them, as codes of ours."""

from __future__ import annotations

import re
from collections.abc import Collection, Container

from questionnaires.check_questionnaire import DESIGN_COLUMNS
from questionnaires.codes import DEFINITION, LONGEST_CODE
from questionnaires.text import fold


def code_of(name: str) -> str:
    """The nearest code to a name; a name that is a code already stays as it is."""
    code = re.sub("[^a-z0-9]+", "_", fold(name)).strip("_")
    fits = code[:1].isalpha() and code not in DESIGN_COLUMNS
    return (code if fits else f"q_{code}".strip("_"))[:LONGEST_CODE].strip("_")


def form_code(written: str) -> str:
    """The nearest code of a questionnaire to the id of a form; hyphens stay."""
    if DEFINITION.fits(written):
        return written
    code = re.sub("[^a-z0-9]+", "-", fold(written)).strip("-")
    return (code if code[:1].isalpha() else f"form-{code}".strip("-"))[:LONGEST_CODE].strip("-")


class Codes:
    """Hands out codes, each once."""

    def __init__(self, taken: Collection[str] = ()) -> None:
        self._taken = set(taken)

    def new(self, name: str) -> str:
        """The code of a name, numbered where another has it already."""
        code = free(code_of(name), self._taken)
        self._taken.add(code)
        return code


def free(code: str, taken: Container[str]) -> str:
    """The code, or with the first number from 2 that makes it one of its own."""
    number, found = 2, code
    while found in taken:
        end = f"_{number}"
        found, number = f"{code[: LONGEST_CODE - len(end)].rstrip('_')}{end}", number + 1
    return found
