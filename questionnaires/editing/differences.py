"""What two people changed in the same part, field by field against the table both started from, and the
table that keeps what each of them did.

A field is named by the path to it, "rows/access_signs/text/vi". Entries of a list that have codes are told
apart by them, so that a row one added and a row the other reworded do not meet; the list itself is a field
too, for the order of its entries. None stands for a value that is not there.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from questionnaires.editing.coded import Table, code_of
from questionnaires.editing.refused import refuse
from questionnaires.faults import N_

Kind = Literal["only_mine", "only_theirs", "both"]
Choice = Literal["mine", "theirs"]

TAKEN_WHOLE = ("rule", "tie")
"""Tables whose values mean something only together."""

UNDECIDED = N_("Both of you changed this; say for each which to keep: %(fields)s.")


@dataclass(frozen=True)
class Difference:
    """One field that stands differently in the two tables, and who changed it."""

    path: str
    base: Any
    theirs: Any
    mine: Any
    kind: Kind


def differences(
    base: Mapping[str, Any], theirs: Mapping[str, Any], mine: Mapping[str, Any]
) -> list[Difference]:
    """Every field in which `theirs` and `mine` differ; one that both changed to the same is no difference."""
    found: list[Difference] = []
    _combined("", base, theirs, mine, found.append)
    return found


def merged(
    base: Mapping[str, Any],
    theirs: Mapping[str, Any],
    mine: Mapping[str, Any],
    choices: Mapping[str, Choice],
) -> Table:
    """The table with what either changed; `choices` says, by path, whose value to keep where both did.

    A choice for a field that one alone changed is heeded too. Raises EditRefused, which names the fields,
    where both changed one and there is no choice.
    """
    kept: dict[Kind, Choice] = {"only_mine": "mine", "only_theirs": "theirs"}
    undecided: list[str] = []

    def settle(difference: Difference) -> Any:
        choice = choices.get(difference.path) or kept.get(difference.kind)
        if choice is None:
            undecided.append(difference.path)
        return difference.theirs if choice == "theirs" else difference.mine

    table: Table = _combined("", base, theirs, mine, settle)
    if undecided:
        raise refuse("", UNDECIDED, fields=", ".join(undecided))
    return table


Settle = Callable[[Difference], Any]
"""A field in dispute → its value."""
Entries = dict[str, Any]
Versions = tuple[Entries, Entries, Entries]


def _combined(path: str, base: Any, theirs: Any, mine: Any, settle: Settle) -> Any:
    if theirs == mine:
        return mine
    versions = _entries(path, base, theirs, mine)
    if versions is None:
        return settle(_difference(path, base, theirs, mine))
    order = _order(path, versions, settle)
    entries = {}
    for key in order:
        first, second, third = (version.get(key) for version in versions)
        entries[key] = _combined(f"{path}/{key}" if path else key, first, second, third, settle)
    entries = {key: entry for key, entry in entries.items() if entry is not None}
    if not entries and None in (theirs, mine):  # one took the table away, the other had nothing to add
        return None
    return list(entries.values()) if isinstance(mine, list | tuple) else entries


def _difference(path: str, base: Any, theirs: Any, mine: Any) -> Difference:
    kind: Kind = "only_mine" if base == theirs else "only_theirs" if base == mine else "both"
    return Difference(path, base, theirs, mine, kind)


def _entries(path: str, base: Any, theirs: Any, mine: Any) -> Versions | None:
    """The three values by key or by code, where they can be compared entry by entry.

    An entry with a code that one of the two removed is compared as a whole, since half a row is no row; so
    is a list that one of the two emptied of its codes or never had.
    """
    versions = (base, theirs, mine)
    if path.rpartition("/")[2] in TAKEN_WHOLE:
        return None
    if None in (theirs, mine) and any(isinstance(value, list | tuple) or _coded(value) for value in versions):
        return None
    for read in (_by_key, _by_code):
        first, second, third = map(read, versions)
        if first is not None and second is not None and third is not None:
            return first, second, third
    return None


def _coded(value: Any) -> bool:
    return isinstance(value, Mapping) and "code" in value


def _by_key(value: Any) -> Entries | None:
    if value is None:
        return {}
    return dict(value) if isinstance(value, Mapping) else None


def _by_code(value: Any) -> Entries | None:
    if value is None:
        return {}
    if not isinstance(value, list | tuple) or not all(map(_coded, value)):
        return None
    entries = {code_of(entry): entry for entry in value}
    return entries if len(entries) == len(value) and "" not in entries else None


def _order(path: str, versions: Versions, settle: Settle) -> list[str]:
    """Every key, in the order to keep; where one of the two reordered a list, that is a field of its own."""
    base, theirs, mine = map(list, versions)
    if not any(_coded(entry) for version in versions for entry in version.values()):
        return _woven(mine, theirs)
    common = [code for code in base if code in theirs and code in mine]
    orders = [[code for code in order if code in common] for order in (base, theirs, mine)]
    if orders[1] == orders[2]:
        return _woven(mine, theirs)
    kept = settle(_difference(path, *orders))
    return _woven(theirs, mine) if kept == orders[1] else _woven(mine, theirs)


def _woven(first: list[str], second: list[str]) -> list[str]:
    """The first order with what only the second has, each behind its neighbour there."""
    order = list(first)
    for position, key in enumerate(second):
        if key not in order:
            order.insert(order.index(second[position - 1]) + 1 if position else 0, key)
    return order
