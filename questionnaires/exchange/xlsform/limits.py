"""Types that carry limits of their own: a range with its steps, a percentage."""

from __future__ import annotations

import re
from typing import Any

from questionnaires.exchange.xlsform.dialect import both
from questionnaires.exchange.xlsform.form import Form
from questionnaires.exchange.xlsform.groups import Asked
from questionnaires.exchange.xlsform.row_types import RANGE
from questionnaires.exchange.xlsform.texts import BETWEEN
from questionnaires.expression import Tree, to_text
from questionnaires.faults import N_
from questionnaires.written import Unreadable, read_number, write_number

NOT_NUMBERS = N_("“start”, “end” and “step” of a range are numbers, as in start=0 end=10 step=1.")

PARAMETER = re.compile(r"(start|end|step)\s*=\s*([^\s;,]+)")
DEFAULTS = {"start": "1", "end": "10", "step": "1"}
PERCENT = {"start": "0", "end": "100", "step": "1"}


def limited(row: Asked, form: Form) -> tuple[str, dict[str, Any]]:
    """The kind, whole or decimal, and the constraint that the limits make with the row's own."""
    try:
        start, end, step = _numbers(row)
    except Unreadable:
        form.findings.refuse(row.line, "parameters", NOT_NUMBERS)
        return "integer", {}
    steps: Tree = ["=", ["mod", ["-", ["."], _tree(start)] if start else ["."], _tree(step)], 0]
    least, most = sorted([start, end])
    within: Tree = ["and", [">=", ["."], _tree(least)], ["<=", ["."], _tree(most)]]
    whole = all(isinstance(number, int) for number in (start, end, step))
    held = within if not whole or step == 1 else both(within, steps)
    constraint = both(held, form.expression(row.line, "constraint"))
    message = form.words(row.line, "constraint_message") or form.ready_made(
        BETWEEN, least=write_number(least), most=write_number(most)
    )
    return ("integer" if whole else "decimal"), {
        "constraint": to_text(constraint or within),
        "constraint_message": message,
    }


def _numbers(row: Asked) -> list[int | float]:
    if row.type.kind != RANGE:
        return [read_number(PERCENT[name]) for name in ("start", "end", "step")]
    given = dict(PARAMETER.findall(row.line["parameters"]))
    return [read_number(given.get(name, DEFAULTS[name])) for name in ("start", "end", "step")]


def _tree(number: int | float) -> Tree:
    return ["negative", -number] if number < 0 else number
