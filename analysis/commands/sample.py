"""The sample on the command line: the file, its design, its weights."""

from __future__ import annotations

import argparse
import unicodedata
from pathlib import Path
from typing import Any, get_args

import pandas as pd

from analysis.commands.data_file import read_table
from analysis.commands.table import CommandError
from analysis.estimation.design import Design
from analysis.estimation.lonely import Lonely
from analysis.replication.replicate import Method, replicate
from analysis.weighting.raking import rake


def add_sample(parser: argparse.ArgumentParser) -> None:
    """The options that say how the sample was drawn and weighed."""
    parser.add_argument("file", type=Path, help="CSV (UTF-8) or Parquet file, one row per response")
    design = parser.add_argument_group("the sample; repeat an option for the columns of further stages")
    columns(design, "--weights", "column of weights")
    columns(design, "--probabilities", "column of selection probabilities, instead of weights")
    columns(design, "--strata", "column of strata")
    columns(design, "--clusters", "column of sampling units; without it each row is one")
    columns(
        design,
        "--fpc",
        "column of population sizes or sampling fractions; gives weights where there are none",
    )
    design.add_argument("--nest", action="store_true", help="cluster numbers start again in each stratum")
    design.add_argument(
        "--lonely",
        choices=get_args(Lonely),
        default="fail",
        help="what a stratum with one unit does to errors",
    )
    design.add_argument(
        "--rake",
        type=Path,
        metavar="FILE",
        help="population totals to bring the weights in line with: CSV, or a workbook with a margin on "
        "each sheet",
    )
    design.add_argument("--replicate", choices=get_args(Method), help="take errors from replicate weights")
    design.add_argument("--replicates", type=int, default=500, help="how many a bootstrap draws (500)")
    design.add_argument("--seed", type=int, default=1, help="of the bootstrap (1)")


def columns(group: Any, option: str, explanation: str, shown: str = "COLUMN") -> None:
    """An option that may be repeated, its texts in NFC."""
    group.add_argument(
        option,
        action="append",
        default=[],
        metavar=shown,
        help=explanation,
        type=lambda text: unicodedata.normalize("NFC", text),
    )


def read_sample(arguments: argparse.Namespace) -> Design:
    """The design of the file. Raises CommandError and DesignError."""
    frame = read_table(arguments.file)
    for column in arguments.category:
        if column not in frame.columns:
            raise CommandError(f"there is no column “{column}”")
        frame[column] = frame[column].astype("category")
    design = Design(
        frame,
        weights=arguments.weights,
        probabilities=arguments.probabilities,
        strata=arguments.strata,
        clusters=arguments.clusters,
        fpc=arguments.fpc,
        nest=arguments.nest,
        lonely=arguments.lonely,
    )
    if arguments.rake:
        design = rake(design, arguments.rake)
    if arguments.replicate:
        design = replicate(design, arguments.replicate, replicates=arguments.replicates, seed=arguments.seed)
    for condition in arguments.where:
        design = design.where(condition)
    return design


def facts_of(design: Design) -> dict[str, Any]:
    """The sample in numbers, of the domain where there is one."""
    first, weighted = design.stages[0], design.weights != 0
    units = pd.unique(first.units[weighted])
    return {
        "rows": int(weighted.sum()),
        "primary_units": len(units),
        "strata": len(pd.unique(first.strata[units])),
        "degrees_of_freedom": design.degrees_of_freedom,
        "weights": float(design.weights.sum()),
    }
