"""What a round says of its scales: how well factors are measured, and what moves overall satisfaction."""

import pandas as pd
import pytest

from analysis.report import html_report
from analysis.round.pipeline import run
from analysis.round.result import RunResult
from tests.analysis.rounds import example_round


@pytest.fixture(scope="module")
def result() -> RunResult:
    return run(example_round(480))


def of_survey(result: RunResult, table: str, survey: str) -> pd.DataFrame:
    found = result.tables[table]
    return found[found["survey"] == survey]


def test_the_factors_share_what_is_explained_among_them(result: RunResult) -> None:
    drivers = of_survey(result, "drivers", "citizens")
    assert drivers["share"].sum() == pytest.approx(drivers["r_squared"].iloc[0])
    assert drivers["relative"].sum() == pytest.approx(1)
    assert sorted(drivers["rank"]) == [1, 2, 3, 4, 5]
    assert (drivers["share_lower"] < drivers["share"]).all()


def test_surveys_without_the_overall_question_have_no_drivers(result: RunResult) -> None:
    assert set(result.tables["drivers"]["survey"]) <= {"citizens", "businesses"}
    elsewhere = run(example_round(480, outcome="no_such_question"))
    assert elsewhere.tables["drivers"].empty


def test_alpha_is_that_of_the_items_weighted(result: RunResult) -> None:
    """Items of a factor follow one person's taste, so that they hang together."""
    table = of_survey(result, "reliability", "citizens")
    assert set(table["factor"]) == {"access", "procedures", "civil_servants", "results", "feedback"}
    assert table["alpha"].between(0.3, 0.95).all()
    assert ((table["alpha_lower"] < table["alpha"]) & (table["alpha"] < table["alpha_upper"])).all()
    assert table.set_index("factor")["n"]["results"] < table.set_index("factor")["n"]["access"]  # routed


def test_too_few_answers_show_nothing() -> None:
    hidden = run(example_round(480, minimum_cell=5_000))
    assert hidden.tables["reliability"]["alpha"].isna().all()
    assert set(hidden.tables["reliability"]["note"]) == {"small_cell"}
    assert hidden.tables["drivers"]["share"].isna().all()
    assert "Quá ít ý kiến để công bố" in html_report(hidden, "vi")


def test_the_report_says_what_moves_satisfaction(result: RunResult) -> None:
    page = html_report(result, "vi")
    assert "Yếu tố tác động đến mức hài lòng chung" in page
    assert "cần ưu tiên cải thiện" in page
