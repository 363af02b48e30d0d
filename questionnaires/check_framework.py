"""Everything wrong with a framework, in plain words, each with its place."""

from __future__ import annotations

from collections.abc import Iterator

from questionnaires.check_nodes import check_nodes
from questionnaires.codes import (
    DEFINITION,
    ITEM,
    NEAR,
    UNKNOWN,
    check_codes,
    check_form,
    check_known,
    near_name,
)
from questionnaires.expression import Tree, names
from questionnaires.faults import N_, Fault
from questionnaires.framework import CHANGES, TIES, Framework
from questionnaires.schema import Text
from questionnaires.words import key_in_words

LANGUAGE = "vi"
"""Frameworks are issued in Vietnamese; other languages are a courtesy."""

MOST_DECIMALS = 6

NO_TEXT = N_("The text in “%(language)s” is missing.")
EMPTY = N_("“%(key)s” is empty.")
NO_UNIT_TYPE = N_("At least one type of unit is needed.")
LOOKS_AT_NOTHING = N_(
    "The condition names no result, so it holds for all units or for none. Write, for example: "
    "${index} >= 90."
)
SCALE = N_("The scale must be above 0.")
DECIMALS = N_("Results are shown with 0 to %(most)s decimals; found %(found)s.")
NO_TIE_CRITERION = N_("A criterion is to decide between equal indexes, but none is named.")
TIE_CRITERION = N_("Units with equal indexes share a rank, so no criterion decides: leave it out.")


def check_framework(framework: Framework) -> list[Fault]:
    """Every fault, with places as in the definition; an empty list for a sound framework."""
    return [
        *_check_head(framework),
        *_check_texts(framework),
        *check_nodes(framework),
        *_check_bands(framework),
        *_check_ranking_groups(framework),
        *_check_tie(framework),
        *_check_changes(framework),
    ]


def _check_head(framework: Framework) -> Iterator[Fault]:
    yield from check_form("code", framework.code, DEFINITION)
    decision = framework.decision
    needed = {"version": framework.version, "number": decision.number, "issuer": decision.issuer}
    for key, text in needed.items():
        if not text:
            yield Fault(key if key == "version" else f"decision.{key}", EMPTY, {"key": key_in_words(key)})
    if not framework.applies_to:
        yield Fault("applies_to", NO_UNIT_TYPE)
    unit_types = ((f"applies_to.{n}", unit_type) for n, unit_type in enumerate(framework.applies_to, 1))
    yield from check_codes(unit_types, DEFINITION)
    if framework.scale <= 0:
        yield Fault("scale", SCALE)
    if not 0 <= framework.decimals <= MOST_DECIMALS:
        yield Fault("decimals", DECIMALS, {"most": MOST_DECIMALS, "found": framework.decimals})


def _check_texts(framework: Framework) -> Iterator[Fault]:
    for place, text, needed in _texts(framework):
        if not text.get(LANGUAGE) and (text or needed):
            yield Fault(f"{place}.{LANGUAGE}", NO_TEXT, {"language": LANGUAGE})


def _texts(framework: Framework) -> Iterator[tuple[str, Text, bool]]:
    """Every text: its place, itself, and whether it must be there."""
    yield "title", framework.title, True
    yield "notes", framework.notes, False
    for number, node in enumerate(framework.nodes, 1):
        yield f"nodes.{number}.title", node.title, True
        yield f"nodes.{number}.evidence", node.evidence, False
    for number, band in enumerate(framework.bands, 1):
        yield f"bands.{number}.title", band.title, True
    for number, group in enumerate(framework.ranking_groups, 1):
        yield f"ranking_groups.{number}.title", group.title, True
    for number, change in enumerate(framework.changes, 1):
        yield f"changes.{number}.before", change.before, change.kind in ("dropped", "renamed")
        yield f"changes.{number}.after", change.after, change.kind in ("renamed", "added")


def _check_bands(framework: Framework) -> Iterator[Fault]:
    bands = list(enumerate(framework.bands, 1))
    yield from check_codes(((f"bands.{number}.code", band.code) for number, band in bands), ITEM)
    for number, band in bands:
        yield from check_band_names(f"bands.{number}.when", band.when, framework)


def check_band_names(place: str, when: Tree | None, framework: Framework) -> Iterator[Fault]:
    """What a band looks at must be a result of the framework, or a fact of the unit."""
    known = ["index", "lowest_field", *(f"field_{field.code}" for field in framework.fields)]
    named = set(names(when)) if when is not None else set()
    if when is not None and not named:
        yield Fault(place, LOOKS_AT_NOTHING)
    for name in sorted(named - set(known)):
        yield from _check_fact(place, name, known)


def _check_fact(place: str, name: str, known: list[str]) -> Iterator[Fault]:
    """Any other name is a fact of the unit, unless it looks like a mistyped result."""
    near = near_name(name, known)
    if near:
        yield Fault(place, NEAR, {"name": name, "near": near})
    elif name.startswith("field_"):
        yield Fault(place, UNKNOWN, {"name": name})


def _check_ranking_groups(framework: Framework) -> Iterator[Fault]:
    groups = enumerate(framework.ranking_groups, 1)
    codes = ((f"ranking_groups.{number}.code", group.code) for number, group in groups)
    yield from check_codes(codes, DEFINITION)


def _check_tie(framework: Framework) -> Iterator[Fault]:
    tie = framework.tie
    yield from check_known("tie.rule", tie.rule, TIES)
    if tie.criterion is not None:
        yield from check_known("tie.criterion", tie.criterion, framework.by_code)
    if tie.rule == "criterion" and tie.criterion is None:
        yield Fault("tie.criterion", NO_TIE_CRITERION)
    if tie.rule == "shared" and tie.criterion is not None:
        yield Fault("tie.criterion", TIE_CRITERION)


def _check_changes(framework: Framework) -> Iterator[Fault]:
    for number, change in enumerate(framework.changes, 1):
        yield from check_known(f"changes.{number}.kind", change.kind, CHANGES)
        if change.code is not None and change.kind != "dropped":
            yield from check_known(f"changes.{number}.code", change.code, framework.by_code)
