"""The sheet `choices`: lists of answers, and which of them are scales."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from questionnaires.exchange.xlsform.columns import MISSING
from questionnaires.exchange.xlsform.findings import Findings
from questionnaires.exchange.xlsform.lines import Line
from questionnaires.exchange.xlsform.names import Codes
from questionnaires.exchange.xlsform.sourced import Sourced
from questionnaires.exchange.xlsform.texts import words_of
from questionnaires.faults import N_

NO_LIST = N_("The row does not say which list the choice belongs to.")
NO_NAME = N_("The choice has no name.")
NAME_STANDS = N_("The choice has no words, only a name or a picture; the name stands for them.")

Lists = Mapping[str, list[Sourced]]


def read_lists(lines: Iterable[Line], languages: Sequence[str], findings: Findings) -> Lists:
    """Name of a list → its choices, in order. Rows with neither list nor name are comments."""
    lists: dict[str, list[Sourced]] = {}
    for line in lines:
        if not (line["list_name"] or line["name"]):
            continue
        if not line["list_name"] or not line["name"]:
            missing = "name" if line["list_name"] else "list_name"
            findings.refuse(line, missing, NO_NAME if line["list_name"] else NO_LIST)
            continue
        text = words_of(line, "label", languages, findings)
        if not text:
            text = dict.fromkeys(languages, line["name"])
            findings.note(line, "name", NAME_STANDS)
        choice = Sourced(line, code=line["name"], text=text, missing=line[MISSING])
        lists.setdefault(line["list_name"], []).append(choice)
    return lists


def scale_codes(lists: Lists, used: Iterable[str], declared: Sequence[str]) -> dict[str, str]:
    """Name of a list → code of the scale it is: declared one, or used by more than one question."""
    times = Counter(used)
    codes = Codes()
    shared = [name for name in lists if times[name] > 1 and name not in declared]
    return {name: codes.new(name) for name in [*declared, *shared]}
