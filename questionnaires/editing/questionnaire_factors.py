"""Factors added, renamed, retitled and removed; sections, questions and rows follow."""

from __future__ import annotations

from collections.abc import Mapping

from questionnaires.codes import ITEM
from questionnaires.editing.coded import Definition, Table, claim, code_of, inner
from questionnaires.editing.question_places import following, owners
from questionnaires.editing.refused import refuse
from questionnaires.faults import N_

NO_FACTOR = N_("There is no factor “%(code)s”; somebody may have renamed or removed it.")
FACTOR_USED = N_("The factor “%(code)s” cannot be removed: %(places)s belong to it.")


def add_factor(definition: Definition, code: str, title: Mapping[str, str]) -> Table:
    """The definition with one more factor, the last; raises EditRefused for a code that is bad or used."""
    factors = inner(definition, "factors")
    return {**definition, "factors": {**factors, claim(code, factors, ITEM): dict(title)}}


def set_factor(
    definition: Definition, code: str, title: Mapping[str, str], renamed: str | None = None
) -> Table:
    """The definition with another title of a factor and, where `renamed` gives one, another code.

    It keeps its place in the order. Raises EditRefused for an unknown factor, a code that is bad or used.
    """
    factors = _factors_with(definition, code)
    new = code if renamed in (None, code) else claim(renamed, factors, ITEM)
    entries = {new if factor == code else factor: words for factor, words in factors.items()}
    changed = {**definition, "factors": {**entries, new: dict(title)}}
    return following(changed, "factor", code, new)


def remove_factor(definition: Definition, code: str) -> Table:
    """The definition without a factor; raises EditRefused for an unknown one, and for one in use."""
    factors = _factors_with(definition, code)
    if users := [code_of(owner) for owner in owners(definition) if owner.get("factor") == code]:
        raise refuse(code, FACTOR_USED, code=code, places=", ".join(users))
    return {**definition, "factors": {key: words for key, words in factors.items() if key != code}}


def _factors_with(definition: Definition, code: str) -> Table:
    factors = inner(definition, "factors")
    if code not in factors:
        raise refuse(code, NO_FACTOR, code=code)
    return factors
