"""Each survey's sample as the pages show it, of new runs and of those kept from before."""

from __future__ import annotations

from dataclasses import replace

from analysis.round.pipeline import run
from analysis.round.result import RunResult
from survey.results.figures import samples
from tests.analysis.small_rounds import small_round, small_survey


def result(codes_used: int) -> RunResult:
    """Twenty were drawn and five answered, all online."""
    survey = small_survey(["male"] * 5)
    for record in survey.records:
        record["mode"] = "online"
    return run(small_round(replace(survey, strata=survey.strata.assign(codes_used=codes_used))))


def test_answers_by_the_open_link_are_left_out_of_the_rate() -> None:
    (sampled,) = samples(result(3))
    assert (sampled.selected, sampled.valid, sampled.by_open_link, sampled.response_rate) == (20, 5, 2, 15)


def test_a_run_from_before_they_were_told_apart_counts_all() -> None:
    kept = result(3)
    sample = kept.tables["sample"].drop(columns="by_open_link")
    (sampled,) = samples(RunResult({**kept.tables, "sample": sample}, kept.manifest))
    assert (sampled.by_open_link, sampled.response_rate) == (0, 25)
