"""How a round weighs its answers: to the people of each stratum, then to what is known of them."""

from dataclasses import replace

import pandas as pd
import pytest

from analysis.refused import DataError
from analysis.round.inputs import SurveyInput
from analysis.round.pipeline import run
from tests.analysis.small_rounds import (
    PEOPLE,
    margins,
    small_round,
    small_survey,
    survey_by_sex_and_area,
    targets,
)


def test_a_response_of_unknown_profile_keeps_its_base_weight() -> None:
    """10 responses of 100 people, 10 each. Two of unknown sex keep 20; men and women share what is left of
    the targets, 60 : 40 of 80: 48 and 32.
    """
    sexes = ["male"] * 4 + ["female"] * 4 + ["no_answer", None]
    tables = run(small_round(small_survey(sexes, targets(male=60, female=40)))).tables
    steps = tables["weights"]
    assert list(steps["after"]) == [100, 100]
    assert steps["smallest"].iloc[-1] == pytest.approx(32 / 4)
    assert steps["largest"].iloc[-1] == pytest.approx(48 / 4)


def clustered(psus: list[str]) -> SurveyInput:
    """Responses at levels 1, 1, 5, 5, 3, 3, one cluster for each code given."""
    survey = small_survey(["male"] * 6)
    levels = ["1", "1", "5", "5", "3", "3"]
    records = [
        {**record, "psu": psu, "answers": {**record["answers"], "q1": level}}
        for record, psu, level in zip(survey.records, psus, levels, strict=True)
    ]
    return replace(survey, records=records)


def test_clusters_carry_the_error_of_what_was_drawn() -> None:
    """Three clusters of equal answers, means 0, 1 and 0.5: s² = 0.25, variance 0.25/3, no finite population
    correction as nobody knows how many clusters there are. Single responses: s² = 0.2, (1 - 6/100) × 0.2/6.
    """

    def error(psus: list[str]) -> float:
        return run(small_round(clustered(psus))).tables["satisfaction_overall"].loc[0, "se"]

    assert error(["a", "a", "b", "b", "c", "c"]) == pytest.approx((0.25 / 3) ** 0.5)
    assert error([""] * 6) == pytest.approx((0.94 * 0.2 / 6) ** 0.5)


def test_responses_without_a_cluster_among_clusters_are_refused() -> None:
    with pytest.raises(DataError, match=r"2 response\(s\) have no cluster"):
        run(small_round(clustered(["a", "a", "b", "b", "", ""])))


def test_a_target_without_respondents_is_named() -> None:
    with pytest.raises(DataError, match=r"no respondent in \[sex\] = female"):
        run(small_round(small_survey(["male"] * 5, targets(male=60, female=40))))


def test_counts_known_by_each_question_alone_are_raked_to() -> None:
    tables = run(small_round(survey_by_sex_and_area(PEOPLE, margins(50, 50, 30, 70)))).tables
    profile = tables["profile"].set_index("choice")["share"]
    assert profile["male"] == pytest.approx(0.5, abs=1e-9)
    assert profile["rural"] == pytest.approx(0.7, abs=1e-9)
    last = tables["weights"].iloc[-1]
    assert last["step"] == "rake by [sex], [area]"
    assert last["after"] == pytest.approx(100)
    assert last["worst_gap"] < 1e-9


def test_margins_of_slightly_different_sums_are_scaled_to_the_first() -> None:
    """Of 100.5 people by area, 70.35 are rural: 70 of 100."""
    tables = run(small_round(survey_by_sex_and_area(PEOPLE, margins(50, 50, 30.15, 70.35)))).tables
    assert tables["profile"].set_index("choice")["share"]["rural"] == pytest.approx(0.7, abs=1e-9)


def test_margins_of_other_people_are_refused() -> None:
    with pytest.raises(DataError, match="counts by area add up to 200, those by sex to 100"):
        run(small_round(survey_by_sex_and_area(PEOPLE, margins(50, 50, 60, 140))))


def test_a_target_that_names_no_answer_is_refused() -> None:
    known = pd.DataFrame({"sex": ["male", None], "count": [10, 20]})
    with pytest.raises(DataError, match="Row 2 names no answer"):
        run(small_round(small_survey(["male"] * 5, known)))
