"""Which band a unit is in: ordered conditions over its index, its fields and outside facts."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import Any

import pandas as pd

from analysis.notes import join_notes, note
from analysis.scoring.ranking import DIGITS
from questionnaires.expression import evaluate, names, truth
from questionnaires.framework import Band, Framework
from questionnaires.schema import Tree

EVER = datetime.date.max  # a band depends on figures only, never on the day it is computed


def band_units(
    framework: Framework, index: pd.DataFrame, units: pd.DataFrame, percents: pd.DataFrame
) -> pd.DataFrame:
    """`index` with the columns band and note; rows of `units` and `percents` match those of `index`.

    The first band whose condition holds is the unit's. Where that hangs on a fact nobody supplied, the unit
    has no band and the note names the fact.
    """
    fields = percents[[field.code for field in framework.fields]]
    facts = units.drop(columns=["unit", "ranking_group", "name"], errors="ignore")
    rated = [
        _rate(framework.bands, _figures(value, *about)) if pd.notna(value) else (None, "")
        for value, *about in zip(index["index"], _records(fields), _records(facts), strict=True)
    ]
    notes = [join_notes(before, said) for before, (_, said) in zip(index["note"], rated, strict=True)]
    return index.assign(band=pd.Series([band for band, _ in rated], dtype=object), note=notes)


def _records(table: pd.DataFrame) -> list[dict[str, Any]]:
    return [{str(name): value for name, value in row.items()} for row in table.to_dict("records")]


def _figures(index: float, fields: Mapping[str, float], facts: Mapping[str, Any]) -> dict[str, Any]:
    """Every figure a condition may name. Lost digits are put back: 89.99999999999999 is 90."""
    percents = {code: round(percent, DIGITS) for code, percent in fields.items() if pd.notna(percent)}
    known = {name: fact for name, fact in facts.items() if pd.notna(fact)}
    figures = {**known, **{f"field_{code}": percent for code, percent in percents.items()}}
    if percents:
        figures["lowest_field"] = min(percents.values())
    return {**figures, "index": round(index, DIGITS)}


def _rate(bands: tuple[Band, ...], figures: Mapping[str, Any]) -> tuple[str | None, str]:
    for band in bands:
        holds = _holds(band.when, figures)
        if holds is None:
            return None, note("missing_facts", sorted(names(band.when) - figures.keys()))
        if holds:
            return band.code, ""
    return None, ""


def _holds(when: Tree, figures: Mapping[str, Any]) -> bool | None:
    """Whether a condition holds; None where that depends on a missing figure (Kleene's three values)."""
    operation, *sides = when if isinstance(when, list) else (None,)
    if operation in ("and", "or"):
        deciding = operation == "or"  # one true side decides "or", one false side decides "and"
        truths = {_holds(side, figures) for side in sides}
        return deciding if deciding in truths else None if None in truths else not deciding
    if operation == "not":
        inner = _holds(sides[0], figures)
        return None if inner is None else not inner
    if _needed(when) - figures.keys():
        return None
    return truth(evaluate(when, figures, today=EVER))


def _needed(tree: Tree) -> frozenset[str]:
    """The figures a value hangs on; `coalesce(${fact}, 0)` says itself what a missing fact means."""
    if not isinstance(tree, list) or tree[0] == "$":
        return names(tree)
    sides = tree[2:] if tree[0] == "coalesce" else tree[1:]
    return frozenset().union(*map(_needed, sides))
