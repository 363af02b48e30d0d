"""Synthetic people: who is in the population, who is chosen, and who answers.

Young town dwellers answer more often than old country dwellers, and the two see the agencies differently:
without weights the example's figures are wrong on purpose.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np


@dataclass(frozen=True)
class Person:
    """One who answers: what the sample knows of them, their leaning, and how their form came in."""

    profile: dict[str, str]
    leaning: float
    mode: str


@dataclass(frozen=True)
class Trait:
    """A profile item: each choice's share of the population, its leaning, its chance of answering."""

    item: str
    choices: tuple[str, ...]
    shares: tuple[float, ...]
    leanings: tuple[float, ...]
    answering: tuple[float, ...]


@dataclass(frozen=True)
class Group:
    """A respondent group, its survey's code, its `share` of all responses, its chance of a web form."""

    code: str
    slug: str
    questionnaire: str
    population: str
    share: float
    online: float
    traits: tuple[Trait, ...] = ()
    stratified_to: tuple[str, ...] = ()


AREA = Trait("area", ("urban", "rural"), (0.37, 0.63), (-0.45, 0.25), (0.85, 0.55))
AGE = Trait(
    "age_group",
    ("age_18_24", "age_25_34", "age_35_49", "age_50_59", "age_60_up"),
    (0.14, 0.24, 0.33, 0.16, 0.13),
    (-0.45, -0.30, 0.00, 0.30, 0.60),
    (1.00, 0.95, 0.90, 0.75, 0.60),
)
SIZE = Trait(
    "organisation_size",
    ("micro", "small", "medium", "large"),
    (0.62, 0.25, 0.09, 0.04),
    (-0.05, 0.0, 0.1, 0.15),
    (0.6, 0.7, 0.8, 0.85),
)
POSITION = Trait(
    "position",
    ("leader", "division_head", "civil_servant", "public_employee"),
    (0.05, 0.17, 0.60, 0.18),
    (0.35, 0.15, 0.0, -0.05),
    (0.80, 0.90, 0.90, 0.90),
)
COUNCIL = Trait(
    "council_level", ("province", "district", "commune"), (0.2, 0.35, 0.45), (0.0, 0.0, 0.1), (0.7, 0.7, 0.65)
)

GROUPS = (
    Group(
        "citizen",
        "nguoi-dan",
        "citizen-satisfaction-2024",
        "citizens",
        0.44,
        0.40,
        (AREA, AGE),
        ("area", "age_group"),
    ),
    Group("business", "doanh-nghiep", "business-satisfaction-2024", "businesses", 0.24, 0.70, (AREA, SIZE)),
    Group("official", "cong-chuc", "officials-2024", "officials", 0.14, 1.0, (POSITION,)),
    Group("deputy", "dai-bieu", "deputies-2024", "deputies", 0.18, 0.55, (COUNCIL,)),
)


def answering_share(group: Group) -> float:
    """The expected share of chosen people who answer."""
    return float(np.prod([np.dot(trait.shares, trait.answering) for trait in group.traits]))


def respondents(group: Group, chosen: int, rng: np.random.Generator) -> Iterator[Person]:
    """Of `chosen` people drawn from the population, those who answer."""
    for _ in range(chosen):
        picks = [(trait, int(rng.choice(len(trait.choices), p=trait.shares))) for trait in group.traits]
        if rng.random() < np.prod([trait.answering[pick] for trait, pick in picks]):
            yield Person(
                profile={trait.item: trait.choices[pick] for trait, pick in picks},
                leaning=sum(trait.leanings[pick] for trait, pick in picks),
                mode="online" if rng.random() < group.online else "keyed",
            )


def target_cells(group: Group, population: int) -> dict[str, object] | None:
    """The population by the group's post-stratification items, as a survey's `targets` holds it."""
    if not group.stratified_to:
        return None
    cells: list[dict[str, object]] = [{"count": float(population)}]
    for trait in group.traits:
        cells = [
            {**cell, trait.item: choice, "count": float(cell["count"]) * share}  # type: ignore[arg-type]
            for cell in cells
            for choice, share in zip(trait.choices, trait.shares, strict=True)
        ]
    return {"by": list(group.stratified_to), "cells": cells}
