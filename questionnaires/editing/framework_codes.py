"""The code of a new criterion: the next one to propose, and whether a code is free."""

from __future__ import annotations

import re

from questionnaires.codes import CRITERION, check_form
from questionnaires.editing.coded import code_of
from questionnaires.editing.framework_tree import Definition, nodes_of, parent_of, parts_of
from questionnaires.editing.refused import EditRefused, refuse
from questionnaires.faults import N_

TAKEN = N_("“%(code)s” is already the code of another criterion.")
NO_CODE = N_("Give the criterion a code.")

NUMBERED = re.compile(r"(.*?)([0-9]+)")
_ROMAN = re.compile(r"(?:(.*)[._-])?([IVX]+)")
_TENS = ("", "X", "XX", "XXX")
_ONES = ("", "I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX")
NUMERALS = tuple(f"{ten}{one}" for ten in _TENS for one in _ONES)
"""The numerals that annexes give their fields, each at its number, up to XXXIX."""


def next_code(definition: Definition, parent: str | None, after: str | None = None) -> str:
    """The code to propose under a parent, behind a sibling or the last one: 3.2 → 3.3, or 3.2.1 below 3.2."""
    nodes = nodes_of(definition)
    siblings = [code for node in parts_of(nodes, parent) if CRITERION.fits(code := code_of(node))]
    taken = {code_of(node) for node in nodes}
    code = _following(after or siblings[-1]) if siblings else _first(definition, parent)
    while code in taken:
        code = _following(code)
    return code


def free_code(definition: Definition, code: object, ours: str | None = None) -> str:
    """The code, fit to be given to a node (`ours`: the one it has); raises EditRefused at “code”."""
    if not isinstance(code, str) or not code:
        raise refuse("code", NO_CODE)
    for fault in check_form("code", code, CRITERION):
        raise EditRefused(fault)
    if code != ours and any(code_of(node) == code for node in nodes_of(definition)):
        raise refuse("code", TAKEN, code=code)
    return code


def separator(definition: Definition) -> str:
    """What parts a node's code from its parent's, as the framework writes it."""
    for node in nodes_of(definition):
        code, parent = code_of(node), parent_of(node)
        if parent and code.startswith(parent) and code[len(parent) : len(parent) + 1] in (*"._-",):
            return code[len(parent)]
    return "."


def _first(definition: Definition, parent: str | None) -> str:
    return f"{parent}{separator(definition)}1" if parent else "1"


def _following(code: str) -> str:
    if found := NUMBERED.fullmatch(code):
        return f"{found[1]}{str(int(found[2]) + 1).zfill(len(found[2]))}"
    if (found := _ROMAN.fullmatch(code)) and found[2] in NUMERALS[:-1]:
        return f"{code[: -len(found[2])]}{NUMERALS[NUMERALS.index(found[2]) + 1]}"
    return f"{code}_2"
