"""`python -m analysis index`: a round from a directory of files to tables and reports."""

from __future__ import annotations

import argparse
from pathlib import Path

from analysis.commands.table import CommandError
from analysis.report import LANGUAGES, html_report, xlsx_report
from analysis.round.csv_table import write_frame
from analysis.round.files import read_directory
from analysis.round.pipeline import run as run_round
from analysis.round.result import RunResult

SUMMARY = "Compute a round from a directory of files: weights, sub-scores, index, ranking and reports."


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("directory", type=Path, help="the round's files (see analysis/round/files.py)")
    parser.add_argument("--out", type=Path, required=True, help="directory for the results; made if need be")
    parser.add_argument("--language", choices=LANGUAGES, default="vi", help="of the reports (vi)")


def run(arguments: argparse.Namespace) -> None:
    result = run_round(read_directory(arguments.directory))
    try:
        write_result(result, arguments.out, arguments.language)
    except OSError as error:
        raise CommandError(f"{arguments.out}: {error.strerror}") from error
    print(f"{len(result.tables)} tables, report.html, report.xlsx and run.json are in {arguments.out}")


def write_result(result: RunResult, folder: Path, language: str) -> None:
    """Write run.json (the whole result), each table as CSV, and the reports."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "run.json").write_bytes(result.to_bytes())
    for name, table in result.tables.items():
        write_frame(folder / f"{name}.csv", table, guarded=True)
    (folder / "report.html").write_text(html_report(result, language), encoding="utf-8")
    (folder / "report.xlsx").write_bytes(xlsx_report(result, language))
