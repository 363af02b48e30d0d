"""The response rate is of people who were drawn; who came by the open link is stated apart."""

from dataclasses import replace
from pathlib import Path

import pandas as pd
import pytest

from analysis.refused import DataError
from analysis.report import html_report
from analysis.round.files import read_directory, write_directory
from analysis.round.pipeline import run
from analysis.samples.response import by_open_link
from tests.analysis.rounds import example_round
from tests.analysis.small_rounds import small_round, small_survey

MODES = ["online"] * 7 + ["keyed", "tablet", "scanned"]


def survey(codes_used: object, **strata: object):
    """Ten of unit A's people answered, seven of them online; 20 were drawn."""
    given = {"stratum": ["A1"], "unit": ["A"], "population": [100], "selected": [20], **strata}
    if codes_used is not None:
        given["codes_used"] = codes_used
    made = small_survey(["male"] * len(MODES), strata=pd.DataFrame(given))
    for record, mode in zip(made.records, MODES, strict=True):
        record["mode"] = mode
    return made


@pytest.mark.parametrize(
    ("online", "codes_used", "uninvited"),
    [(7, 0, 7), (7, 4, 3), (7, 7, 0), (5, 7, 0), (0, 0, 0)],  # 5 of 7: two were rejected or withdrawn
)
def test_online_answers_beyond_the_codes_used_came_by_the_open_link(online, codes_used, uninvited) -> None:
    assert by_open_link(online, codes_used) == uninvited


@pytest.mark.parametrize(
    ("codes_used", "uninvited", "rate"),
    [(4, 3, 7 / 20), (0, 7, 3 / 20), (7, 0, 10 / 20), (9, 0, 10 / 20), (None, 0, 10 / 20)],
)
def test_the_rate_counts_codes_paper_and_tablets_alone(codes_used, uninvited, rate) -> None:
    result = run(small_round(survey(codes_used)))
    (row,) = result.tables["sample"].to_dict("records")
    assert (row["valid"], row["by_open_link"], row["weight"]) == (10, uninvited, 10)
    assert row["response_rate"] == pytest.approx(rate)
    (told,) = result.manifest["surveys"]
    assert (told["by_open_link"], told["response_rate"]) == (uninvited, pytest.approx(rate))


def test_strata_are_counted_each_by_itself() -> None:
    """Codes that few used in one stratum make no room for answers by the open link in another."""
    strata = {"stratum": ["A1", "A2"], "unit": ["A", "A"], "population": [100, 50], "selected": [20, 10]}
    result = run(small_round(survey([2, 9], **strata)))
    assert result.tables["sample"]["by_open_link"].to_list() == [5, 0]
    assert result.manifest["surveys"][0]["response_rate"] == pytest.approx(5 / 30)


def test_the_report_states_them_apart_only_where_there_are_any() -> None:
    apart = html_report(run(small_round(survey(4))), "en")
    assert "By the open link" in apart
    assert "The response rate is of people drawn" in apart
    assert "35.0" in apart
    none = html_report(run(small_round(survey(7))), "en")
    assert "By the open link" not in none
    assert "50.0" in none


def test_a_number_of_codes_that_is_none_is_named() -> None:
    with pytest.raises(DataError, match="codes_used"):
        run(small_round(survey(-1)))


def test_codes_used_go_through_files(tmp_path: Path) -> None:
    """A survey that counts them is written with them, one that does not without; both come back so."""
    inputs = example_round()
    first, *others = inputs.surveys
    counted = replace(first, strata=first.strata.assign(codes_used=2.0))
    write_directory(replace(inputs, surveys=[counted, *others]), tmp_path)
    strata = [survey.strata for survey in read_directory(tmp_path).surveys]
    assert [each["codes_used"].unique().tolist() for each in strata if "codes_used" in each] == [[2.0]]
