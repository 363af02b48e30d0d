"""Two runs of a round side by side: what went in, what came out."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from flask import abort, render_template, request

from questionnaires.schema import Text
from survey.access import roles
from survey.models import Run
from survey.results import words
from survey.results.blueprint import READERS, blueprint, find_run
from survey.results.figures import Row, rows_of
from survey.results.stored import Names, result_of


@dataclass(frozen=True)
class Pair:
    """One agency in both runs; None where a run has no index or place for it."""

    name: Text
    index: tuple[float | None, float | None]
    rank: tuple[int | None, int | None]

    @property
    def difference(self) -> float | None:
        """Index here minus index there."""
        here, there = self.index
        return None if here is None or there is None else here - there


@blueprint.get("/runs/<uuid:run_id>/compare")
@roles(*READERS)
def compare_runs(run_id: uuid.UUID) -> str:
    run, other = find_run(run_id), find_run(other_id())
    if other.round_id != run.round_id:
        abort(404)
    return render_template(
        "results/compare.html",
        run=run,
        other_run=other,
        round=run.round,
        synthetic=run.round.synthetic,
        pairs=pairs(run, other),
        differing=differing(run.inputs["hashes"], other.inputs["hashes"]),
        settings=differing_settings(run.recipe, other.recipe),
        decimals=result_of(run).manifest["framework"]["decimals"],
    )


def other_id() -> uuid.UUID:
    try:
        return uuid.UUID(request.args.get("with", ""))
    except ValueError:
        abort(404)


def pairs(run: Run, other: Run) -> list[Pair]:
    """The agencies of either run, those of the first in its order."""
    here, there = ({row["unit"]: row for row in rows_of(result_of(each), "ranking")} for each in (run, other))
    names = {**Names(result_of(other)).texts, **Names(result_of(run)).texts}
    return [
        Pair(names["unit", "", code], both(here, there, code, "index"), both(here, there, code, "rank"))
        for code in dict.fromkeys([*here, *there])
    ]


def both(here: Mapping[str, Row], there: Mapping[str, Row], code: str, column: str) -> tuple[Any, Any]:
    return tuple(rows.get(code, {}).get(column) for rows in (here, there))  # type: ignore[return-value]


def differing(here: Mapping[str, Any], there: Mapping[str, Any]) -> list[str]:
    """What differs or is in one alone, in words."""
    return [words.input_name(key) for key in sorted({*here, *there}) if here.get(key) != there.get(key)]


def differing_settings(here: Mapping[str, Any], there: Mapping[str, Any]) -> list[tuple[str, str, str]]:
    """(setting, choice here, choice there), in words."""
    lines = zip(words.recipe_in_words(here), words.recipe_in_words(there), strict=True)
    return [(name, mine, theirs) for (name, mine), (_, theirs) in lines if mine != theirs]
