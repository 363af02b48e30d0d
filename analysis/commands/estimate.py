"""`python -m analysis estimate`: means, totals and ratios from a file."""

from __future__ import annotations

import argparse
import json
import math
import sys
from collections.abc import Callable, Sequence
from typing import Any, get_args

import pandas as pd

from analysis.commands.sample import add_sample, columns, facts_of, read_sample
from analysis.commands.table import CommandError
from analysis.estimation.design import Design
from analysis.estimation.estimate import Estimate
from analysis.estimation.estimates import mean, ratio, total
from analysis.estimation.estimation import Deff, Missing
from analysis.estimation.quantiles import quantile

SUMMARY = "Means, totals and ratios of the columns of a file, with design-based standard errors."

Results = dict[str, Estimate]


def add_arguments(parser: argparse.ArgumentParser) -> None:
    add_sample(parser)
    asked = parser.add_argument_group("what to estimate; each may be repeated")
    columns(asked, "--mean", "mean of a column of numbers, or shares of its categories", "COLUMN")
    columns(asked, "--total", "total of a column of numbers, or counts of its categories", "COLUMN")
    columns(asked, "--ratio", "ratio of two totals", "ABOVE/BELOW")
    columns(asked, "--quantile", "quantiles of a column of numbers", "COLUMN")
    asked.add_argument(
        "--probability", type=float, action="append", help="of the quantiles; the median unless told"
    )
    columns(asked, "--category", "column of codes to take as categories", "COLUMN")
    columns(asked, "--by", "column that splits the estimates into domains", "COLUMN")
    columns(asked, "--where", 'rows to estimate over, such as "age >= 18 and `sex code` == 2"', "CONDITION")
    asked.add_argument(
        "--missing",
        choices=get_args(Missing),
        default="available",
        help="each item's answers, or complete rows",
    )
    asked.add_argument("--level", type=float, default=0.95, help="confidence of the intervals (0.95)")
    asked.add_argument(
        "--deff",
        choices=get_args(Deff),
        default="finite",
        help="design effect against this kind of simple sample",
    )
    parser.add_argument(
        "--format", choices=list(_FORMATS), default="table", help="json and csv keep every digit"
    )


def run(arguments: argparse.Namespace) -> None:
    """Estimate what the arguments ask for and print it. Raises CommandError and DesignError."""
    if not (arguments.mean or arguments.total or arguments.ratio or arguments.quantile):
        raise CommandError("say what to estimate: --mean, --total, --ratio or --quantile")
    design = read_sample(arguments)
    _FORMATS[arguments.format](design, _estimates(design, arguments))


def _estimates(design: Design, arguments: argparse.Namespace) -> Results:
    options = {name: getattr(arguments, name) for name in ("by", "missing", "level", "deff")}
    results = {}
    if arguments.mean:
        results["mean"] = mean(design, arguments.mean, **options)
    if arguments.total:
        results["total"] = total(design, arguments.total, **options)
    if arguments.ratio:
        pairs = [_pair(design.frame, text) for text in arguments.ratio]
        results["ratio"] = ratio(
            design, [above for above, _ in pairs], [below for _, below in pairs], **options
        )
    if arguments.quantile:
        del options["deff"]
        results["quantile"] = quantile(design, arguments.quantile, arguments.probability or 0.5, **options)
    return results


def _pair(frame: pd.DataFrame, text: str) -> Sequence[str]:
    """The two columns of ABOVE/BELOW, whose names may hold a slash themselves."""
    parts = text.split("/")
    splits = [("/".join(parts[:place]), "/".join(parts[place:])) for place in range(1, len(parts))]
    known = [split for split in splits if set(split) <= set(frame.columns)]
    if not splits or (len(splits) > 1 and len(known) != 1):
        raise CommandError(f"--ratio takes two columns as ABOVE/BELOW, not “{text}”")
    return (known or splits)[0]


def _stacked(results: Results) -> pd.DataFrame:
    tables = [e.table.assign(statistic=statistic) for statistic, e in results.items()]
    table = pd.concat(tables, ignore_index=True)
    return table[["statistic", *table.columns.drop("statistic")]]


def _print_table(design: Design, results: Results) -> None:
    facts = facts_of(design)
    print(
        f"{facts['rows']} rows, {facts['primary_units']} primary units in {facts['strata']} strata, "
        f"{facts['degrees_of_freedom']} degrees of freedom; weights sum to {facts['weights']:.10g}\n"
    )
    table = _stacked(results)
    table["level"] = ["" if level is None else level for level in table["level"]]
    if (table["level"] == "").all():
        table = table.drop(columns="level")
    print(table.to_string(index=False, na_rep="", float_format=lambda number: f"{number:.7g}"))


def _print_csv(design: Design, results: Results) -> None:
    _stacked(results).to_csv(sys.stdout, index=False)


def _print_json(design: Design, results: Results) -> None:
    estimates = [
        {
            "statistic": statistic,
            "rows": e.table.to_dict("records"),
            "labels": list(e.table.index),
            "covariance": e.covariance.to_numpy().tolist(),
        }
        for statistic, e in results.items()
    ]
    print(
        json.dumps(_plain({"design": facts_of(design), "estimates": estimates}), ensure_ascii=False, indent=1)
    )


_FORMATS: dict[str, Callable[[Design, Results], None]] = {
    "table": _print_table,
    "csv": _print_csv,
    "json": _print_json,
}


def _plain(value: Any) -> Any:
    """JSON's own types; what is no number is null."""
    if isinstance(value, dict):
        return {key: _plain(part) for key, part in value.items()}
    if isinstance(value, list):
        return [_plain(part) for part in value]
    if hasattr(value, "item"):
        value = value.item()
    if isinstance(value, float) and not math.isfinite(value):
        return None
    return value if isinstance(value, (str, int, float, type(None))) else str(value)
