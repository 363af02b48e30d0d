"""The changes of a version against the one it replaces, as a decision announces them."""

from __future__ import annotations

from questionnaires.comparison.compare import compare
from questionnaires.comparison.record import ADDED, DROPPED, RENAMED
from questionnaires.framework import Change, Framework


def changes_between(before: Framework, after: Framework) -> tuple[Change, ...]:
    """What was dropped, renamed and added, in this order, as `Framework.changes` holds it.

    Fields and criteria are named like leaves. What is re-weighted, moved or assessed otherwise under its old
    name is no change in this list. The code of a dropped criterion is the one it had before.
    """
    found = compare(before, after)
    dropped = (Change("dropped", before=row.node.title, code=row.node.code) for row in found.of(DROPPED))
    renamed = (
        Change("renamed", before=row.before.title, after=row.node.title, code=row.node.code)
        for row in found.of(RENAMED)
        if row.before
    )
    added = (Change("added", after=row.node.title, code=row.node.code) for row in found.of(ADDED))
    return (*dropped, *renamed, *added)
