"""A rule as the texts of a form, and those texts as a rule, with every fault at its field.

Fields are named as parameters are, rows by their number from 1: `full`, `levels.2.points`, `weights.1.code`.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from questionnaires.check_rules import RULES, check_rule
from questionnaires.codes import LONGEST_CODE, check_known
from questionnaires.editing.rule_fields import OF, RuleField, parameters_asked
from questionnaires.faults import N_, Fault
from questionnaires.framework import Rule
from questionnaires.written import Unreadable, clean, read_number, write_number

NEEDED = N_("Something is needed here.")
ANSWER_TWICE = N_("The answer “%(code)s” stands here twice.")

Written = Mapping[str, str]


def rule_from_fields(name: str, written: Written, most: float = math.nan) -> tuple[Rule, tuple[Fault, ...]]:
    """The rule that a filled form describes, as far as it can be read, and every fault at its field.

    `most` are the points of the leaf, which no level may exceed. Fields that the chosen reading has no use
    for are not read; where nothing is written and there is a default, the parameter is left out.
    """
    if name not in RULES:
        return Rule(name), tuple(check_known("name", name, RULES))
    form = _Form(written)
    for asked in parameters_asked(name, clean(written.get(OF.name, ""), lines=False)):
        form.read(asked)
    rule = Rule(name, form.parameters)
    unread = {fault.place for fault in form.faults}
    checked = (form.at_its_field(fault) for fault in check_rule("", rule, most))
    return rule, (*form.faults, *(fault for fault in checked if not _lies_within(fault.place, unread)))


def fields_of_rule(rule: Rule) -> dict[str, str]:
    """What the form of a rule shows, defaults written out; `rule_from_fields` gives the same rule again."""
    if rule.name not in RULES:
        return {}
    shown: dict[str, str] = {}
    for asked in parameters_asked(rule.name, rule.parameters.get("of")):
        value = rule.parameters.get(asked.name, asked.default)
        if asked.columns:
            shown |= _shown_rows(asked, value)
        else:
            shown[asked.name] = _shown(value)
    return shown


class _Form:
    """The parameters read so far, the faults, and where on the form each parameter of a row came from."""

    def __init__(self, written: Written) -> None:
        self._written = written
        self._origins: dict[str, str] = {}
        self.parameters: dict[str, Any] = {}
        self.faults: list[Fault] = []

    def read(self, asked: RuleField) -> None:
        value = ROWS[asked.name](self, asked) if asked.columns else self._value(asked, asked.name)
        if value is not None:
            self.parameters[asked.name] = value

    def at_its_field(self, fault: Fault) -> Fault:
        """A fault of a parameter, at the field it was read from: `weights.good` at `weights.1.percent`."""
        return Fault(self._origins.get(fault.place, fault.place), fault.template, fault.values)

    def levels(self, asked: RuleField) -> list[dict[str, Any]]:
        levels = []
        for number in self._row_numbers(asked):
            cells = {column.name: f"{asked.name}.{number}.{column.name}" for column in asked.columns}
            level = {column.name: self._value(column, cells[column.name]) for column in asked.columns}
            levels.append({key: value for key, value in level.items() if value is not None})
            self._origins |= {f"{asked.name}.{len(levels)}.{key}": place for key, place in cells.items()}
        return levels

    def weights(self, asked: RuleField) -> dict[str, Any]:
        weights: dict[str, Any] = {}
        code_column, percent_column = asked.columns
        for number in self._row_numbers(asked):
            place = f"{asked.name}.{number}"
            code = self._value(code_column, f"{place}.code")
            percent = self._value(percent_column, f"{place}.percent")
            if code in weights:
                self.faults.append(Fault(f"{place}.code", ANSWER_TWICE, {"code": code}))
            elif code is not None and percent is not None:
                weights[code] = percent
                in_range = percent_column.least <= percent <= percent_column.most
                self._origins[f"{asked.name}.{code[:LONGEST_CODE]}"] = (
                    f"{place}.{'code' if in_range else 'percent'}"
                )
        return weights

    def _row_numbers(self, asked: RuleField) -> list[int]:
        """The rows in which something is written."""
        cell = re.compile(
            rf"{asked.name}\.([1-9][0-9]{{0,3}})\.(?:{'|'.join(c.name for c in asked.columns)})"
        )
        cells = ((cell.fullmatch(name), text) for name, text in self._written.items())
        return sorted({int(found[1]) for found, text in cells if found and clean(text)})

    def _value(self, asked: RuleField, place: str) -> Any:
        """What is written at a place; None where it cannot be read, or nothing is, which may be a fault."""
        text = clean(self._written.get(place, ""), lines=False)
        if not text:
            if asked.default is None:
                self.faults.append(Fault(place, NEEDED))
            return None
        try:
            return READ[asked.type](text)
        except Unreadable as unreadable:
            self.faults.append(Fault(place, unreadable.template, unreadable.values))
            return None


READ: dict[str, Callable[[str], Any]] = {
    "percent": lambda text: read_number(text.removesuffix("%")),
    "points": read_number,
    "choice": str,
    "code": str,
}
ROWS: dict[str, Callable[[_Form, RuleField], Any]] = {"levels": _Form.levels, "weights": _Form.weights}


def _lies_within(place: str, places: Iterable[str]) -> bool:
    return any(place == other or other.startswith(f"{place}.") for other in places)


def _shown_rows(asked: RuleField, value: Any) -> dict[str, str]:
    if isinstance(value, Mapping):
        rows: list[Any] = [{"code": code, "percent": percent} for code, percent in value.items()]
    else:
        rows = list(value) if isinstance(value, list | tuple) else []
    return {
        f"{asked.name}.{number}.{column.name}": _shown(row.get(column.name))
        for number, row in enumerate(rows, 1)
        if isinstance(row, Mapping)
        for column in asked.columns
    }


def _shown(value: Any) -> str:
    if isinstance(value, str):
        return value
    if isinstance(value, bool) or not isinstance(value, int | float) or not abs(value) < 1e15:
        return ""
    return write_number(int(value) if value == int(value) else value)
