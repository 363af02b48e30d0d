"""Every table of a result: its columns in order, and what its rows are sorted by."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import pandas as pd

from analysis.round.canonical import canonical_json
from analysis.round.inputs import RoundInputs
from questionnaires.dump import plain
from questionnaires.framework import Framework

RATE = ("rate", "se", "lower", "upper", "n", "unweighted_rate")
SHARE = ("share", "se", "lower", "upper", "n", "unweighted_share")


@dataclass(frozen=True)
class Layout:
    """`columns` in order. Rows are sorted by `keys`, codes of the framework in its own order; none: kept."""

    columns: tuple[str, ...]
    keys: tuple[str, ...] = ()


TABLES: dict[str, Layout] = {
    "sample": Layout(
        (
            "survey",
            "unit",
            "stratum",
            "population",
            "selected",
            "valid",
            "by_open_link",
            "response_rate",
            "weight",
        ),
    ),
    "paper": Layout(
        (
            *("survey", "handed_out", "accepted", "paper_rate", "refused", "spoiled", "spoiled_here"),
            "lost",
        ),
    ),
    "unjudged": Layout(("survey", "batch", "may_come", "second", "unsettled")),
    "weights": Layout(
        (
            *("survey", "step", "before", "after", "smallest", "largest", "kish_deff", "n_effective"),
            *("worst_margin", "worst_gap"),
        ),
    ),
    "profile": Layout(("survey", "question", "choice", "count", *SHARE, "note")),
    "answers": Layout(("survey", "question", "choice", "several", "count", *SHARE, "note")),
    "satisfaction_overall": Layout(("survey", "group", *RATE, "alternative_rate", "note")),
    "satisfaction_factors": Layout(("survey", "factor", *RATE, "note")),
    "satisfaction_items": Layout(("survey", "item", "factor", "counts", *RATE, "note")),
    "satisfaction_levels": Layout(("survey", "item", "level", "place", *SHARE, "note")),
    "satisfaction_units": Layout(("survey", "unit", "factor", *RATE, "note")),
    "satisfaction_groups": Layout(("survey", "question", "choice", *RATE, "note")),
    "reliability": Layout(
        (
            *("survey", "factor", "items", "n", "mean_correlation", "alpha", "alpha_se", "alpha_lower"),
            *("alpha_upper", "omega", "omega_se", "omega_lower", "omega_upper", "note"),
        ),
    ),
    "drivers": Layout(
        (
            *("survey", "factor", "rank", "share", "share_se", "share_lower", "share_upper", "relative"),
            *("mean", "quadrant", "n", "r_squared", "r_squared_se", "note"),
        ),
    ),
    "sub_scores": Layout(
        (
            *("unit", "criterion", "rule", "rate", "se", "lower", "upper", "points", "points_se"),
            *("points_lower", "points_upper", "n", "unweighted_rate", "unweighted_points"),
            *("alternative_points", "official_points", "note"),
        ),
        ("unit", "criterion"),
    ),
    "criteria": Layout(
        (
            *("unit", "criterion", "source", "max_points", "applicable", "self_score", "points"),
            *("weighted_points", "unweighted_points"),
        ),
        ("unit", "criterion"),
    ),
    "fields": Layout(
        ("unit", "field", "points", "max_applicable", "percent", "percent_se", "awaited"), ("unit", "field")
    ),
    "index": Layout(
        (
            *("unit", "ranking_group", "points", "max_applicable", "index", "index_se", "index_lower"),
            *("index_upper", "weighted_index", "unweighted_index", "band", "ranked", "rank"),
            *("rank_shared", "awaited", "note"),
        ),
        ("unit",),
    ),
    "ranking": Layout(
        (
            *("ranking_group", "ranked", "rank", "unit", "index", "index_lower", "index_upper", "band"),
            *("rank_lower", "rank_upper", "joint_lower", "joint_upper", "first_share", "top_share"),
            *("rank_shared", "note"),
        ),
    ),
    "neighbours": Layout(
        (
            "ranking_group",
            "better",
            "worse",
            "difference",
            "difference_se",
            "p",
            "p_adjusted",
            "distinguishable",
        ),
    ),
    "units": Layout((), ("unit",)),
    "framework": Layout(
        (
            *("node", "parent", "depth", "title_vi", "title_en", "max_points", "kind", "assessed_by"),
            *("subject", "rule", "parameters", "groups", "combine", "applies_to", "illustrative"),
        ),
    ),
    "labels": Layout(("kind", "scope", "code", "vi", "en")),
    "codebook": Layout(
        (
            *("survey", "column", "item", "text_vi", "text_en", "kind", "code", "label_vi", "label_en"),
            "missing",
        ),
    ),
}
"""Name → layout. A table without columns keeps those it has, sorted by name behind its keys."""

COUNTS = ("items", "n", "count", "valid", "by_open_link", "rank", "awaited", "place", "depth")


def arrange(name: str, table: pd.DataFrame | None, inputs: RoundInputs) -> pd.DataFrame:
    """The table with its columns and rows in order; a table that did not come about is empty."""
    layout = TABLES[name]
    table = pd.DataFrame() if table is None else table
    others = sorted(column for column in table.columns if column not in layout.keys)
    ordered = table.reindex(columns=list(layout.columns or (*layout.keys, *others)))
    for column in ordered.columns.intersection(list(COUNTS)):
        ordered[column] = ordered[column].astype("Int64")
    if layout.keys and len(ordered):
        ordered = ordered.sort_values(list(layout.keys), key=_in_framework(inputs.framework), kind="stable")
    return ordered.reset_index(drop=True)


def _in_framework(framework: Framework):
    """A sort key: criteria and fields stand as in the framework, all else by its own order."""
    places: Mapping[str, int] = {node.code: place for place, node in enumerate(framework.nodes)}
    return lambda codes: codes.map(places) if codes.name in ("criterion", "field") else codes


def framework_table(framework: Framework) -> pd.DataFrame:
    """One row per node, in the order of the tree; `parameters` of the rule and `groups` as JSON."""
    return pd.DataFrame(
        {
            "node": node.code,
            "parent": node.parent or "",
            "depth": framework.depth(node),
            "title_vi": node.title.get("vi", ""),
            "title_en": node.title.get("en", ""),
            "max_points": float(node.max_points),
            "kind": node.kind,
            "assessed_by": node.assessed_by,
            "subject": node.subject or "",
            "rule": node.rule.name if node.rule else "",
            "parameters": canonical_json(plain(node.rule.parameters)).decode() if node.rule else "",
            "groups": canonical_json(dict(node.groups)).decode() if node.groups else "",
            "combine": node.combine if node.assessed_by == "survey" else "",
            "applies_to": ", ".join(node.applies_to),
            "illustrative": node.illustrative,
        }
        for node in framework.nodes
    )
