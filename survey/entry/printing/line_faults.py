"""Faults of an order at the fields of its lines, and named by line and field where they stand far from it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from questionnaires.faults import N_, Fault, Term
from survey.entry.printing.lines import Line, Ordered
from survey.language import sentence

FIELD_WORDS = {
    "code": Term(N_("Code of the batch")),
    "commune": Term(N_("Commune")),
    "enumerator": Term(N_("Enumerator")),
    "forms": Term(N_("Forms")),
}
IN_LINE = N_("Line %(line)s, %(unit)s – %(field)s: %(reason)s")


def at_lines(faults: Sequence[Fault], ordered: Ordered) -> list[Fault]:
    """Faults placed "<batch>.<what>" at the lines that the batches come from."""
    return [replace(fault, place=at_line(fault.place, ordered)) for fault in faults]


def at_line(place: str, ordered: Ordered) -> str:
    number, dot, what = place.partition(".")
    if not dot:
        return place
    return f"{'forms' if what == 'stratum' else what}-{ordered.positions[int(number)]}"


def named(fault: Fault, lines: Sequence[Line], units: Mapping[str, str]) -> Fault:
    """A fault of a field, its sentence saying which and in which line, from 1; any other as it is."""
    field, _, position = fault.place.rpartition("-")
    if field not in FIELD_WORDS:
        return fault
    unit = units.get(lines[int(position)].stratum, "–")
    where = {"line": int(position) + 1, "unit": unit, "field": FIELD_WORDS[field]}
    return Fault(fault.place, IN_LINE, {**where, "reason": sentence(fault)})
