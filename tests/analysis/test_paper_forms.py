"""A run tells what became of paper forms, and whose keying was not judged when it was made."""

from __future__ import annotations

import io
from dataclasses import replace
from pathlib import Path

import openpyxl
import pandas as pd
import pytest

from analysis.refused import DataError
from analysis.report import html_report, xlsx_report
from analysis.round.files import read_directory, write_directory
from analysis.round.paper_forms import PAPER_COLUMNS
from analysis.round.pipeline import run
from analysis.round.result import RunResult
from tests.analysis.rounds import example_paper, example_round
from tests.analysis.small_rounds import small_round, small_survey

JUDGED = ("A-01", 58, 50, 3, 4, 2, 1, 0, 0, 0)


def result(*rows: tuple[object, ...]) -> RunResult:
    """A run of a survey with these batches: PAPER_COLUMNS."""
    paper = pd.DataFrame(rows, columns=list(PAPER_COLUMNS))
    return run(small_round(small_survey(["male"] * 5, paper=paper)))


def test_forms_are_added_up_and_the_rate_is_of_those_handed_out() -> None:
    """By hand: 58 + 42 forms out, 50 + 30 of them accepted."""
    tables = run(small_round(small_survey(["male"] * 5, paper=example_paper()))).tables
    (row,) = tables["paper"].to_dict("records")
    assert row == {
        **{"survey": "dan", "handed_out": 100, "accepted": 80, "paper_rate": 0.8},
        **{"refused": 4, "spoiled": 5, "spoiled_here": 2, "lost": 1},
    }
    (waits,) = tables["unjudged"].to_dict("records")
    assert waits == {"survey": "dan", "batch": "A-02", "may_come": 0, "second": 2, "unsettled": 0}


def test_of_forms_that_all_lie_here_there_is_no_rate() -> None:
    (row,) = result(("A-01", 0, 0, 0, 2, 2, 0, 0, 0, 0)).tables["paper"].to_dict("records")
    assert pd.isna(row["paper_rate"])
    assert row["spoiled"] == 2


@pytest.mark.parametrize(
    ("language", "told"),
    [
        ("vi", ("Từ chối trả lời", "Hỏng", "chia cho số phiếu đã phát", "80,0\xa0%", "chưa được đánh giá")),
        ("en", ("Refused", "Spoiled", "divided by forms handed out", "80.0%", "not judged yet")),
    ],
)
def test_both_files_of_the_report_count_the_forms_and_name_what_is_not_judged(language, told) -> None:
    made = run(small_round(small_survey(["male"] * 5, paper=example_paper())))
    page = html_report(made, language)
    assert all(words in page for words in told)
    assert "A-02" in page
    assert "A-01" not in page  # judged
    workbook = openpyxl.load_workbook(io.BytesIO(xlsx_report(made, language)))
    method, _, paper, unjudged = workbook.worksheets[:4]
    said = " ".join(str(cell) for row in method.iter_rows(values_only=True) for cell in row)
    assert all(words in said for words in (told[2], told[4], unjudged.title))
    assert [cell.value for cell in paper[3]][-7:] == [100, 80, 0.8, 4, 5, 2, 1]
    assert [cell.value for cell in unjudged[3]][-4:] == ["A-02", 0, 2, 0]


def test_where_all_is_judged_nothing_is_said_of_it() -> None:
    page = html_report(result(JUDGED), "en")
    assert "Share of paper forms accepted" in page
    assert "not judged" not in page


def test_a_run_without_paper_or_from_before_it_was_counted_says_nothing_of_it() -> None:
    made = result(JUDGED)
    older = {name: table for name, table in made.tables.items() if name not in ("paper", "unjudged")}
    for silent in (run(small_round(small_survey(["male"] * 5))), RunResult(older, made.manifest)):
        assert "Share of paper forms accepted" not in html_report(silent, "en")


def test_what_became_of_paper_is_an_input_of_the_run() -> None:
    manifests = [result(JUDGED).manifest, result((*JUDGED[:-1], 1)).manifest]
    first, second = (manifest["hashes"]["dan.paper"] for manifest in manifests)
    assert first != second


def test_it_goes_through_files(tmp_path: Path) -> None:
    inputs = example_round(200)
    write_directory(inputs, tmp_path)
    again = read_directory(tmp_path)
    assert [survey.paper is not None for survey in again.surveys].count(True) == 1
    assert run(again).manifest["hashes"] == run(inputs).manifest["hashes"]


@pytest.mark.parametrize("count", [-1, 1.5, None])
def test_a_number_of_forms_that_is_none_is_named_with_its_batch(count) -> None:
    with pytest.raises(DataError, match="refused") as refusal:
        result(("A-07", 4, 1, count, 0, 0, 0, 0, 0, 0))
    assert "A-07" in str(refusal.value)


def test_a_batch_listed_twice_and_a_lacking_column_are_named() -> None:
    with pytest.raises(DataError, match="A-01"):
        result(JUDGED, JUDGED)
    survey = small_survey(["male"], paper=example_paper())
    with pytest.raises(DataError, match="handed_out"):
        run(small_round(replace(survey, paper=survey.paper.drop(columns="handed_out"))))
