"""A round small enough to follow by hand: what is shown of few answers, and how bad input is refused."""

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from analysis.refused import DataError
from analysis.round.pipeline import run
from analysis.round.small_cells import suppress_few_people
from tests.analysis.rounds import example_round
from tests.analysis.small_rounds import small_round, small_survey, targets


def test_breakdowns_of_few_answers_are_not_shown() -> None:
    tables = run(small_round(small_survey(["male"] * 6 + ["female"] * 3))).tables
    groups = tables["satisfaction_groups"].set_index("choice")
    assert groups.loc["male", "rate"] == pytest.approx(0.5)
    assert np.isnan(groups.loc["female", "rate"])
    assert groups.loc["female", "note"] == "small_cell"
    profile = tables["profile"].set_index("choice")
    assert pd.isna(profile.loc["female", "count"])
    assert pd.isna(profile.loc["male", "count"])  # or 9 - 6 would tell
    # what the index needs is still computed
    assert run(small_round(small_survey(["male"] * 3))).tables["index"].loc[0, "index"] == pytest.approx(50)


def test_a_hidden_cell_takes_the_next_smallest_with_it() -> None:
    table = pd.DataFrame(
        {
            "question": ["sex"] * 2 + ["age"] * 4 + ["area"] * 2,
            "count": [3, 50, 2, 4, 30, 20, 25, 30],
            "share": 0.1,
        }
    )
    shown = suppress_few_people(table, ["question"], ["share"], 5)
    assert shown["share"].notna().to_list() == [False, False, False, False, True, True, True, True]


def test_a_survey_nobody_answered_leaves_its_criteria_without_points() -> None:
    tables = run(small_round(small_survey([]))).tables
    assert tables["sample"].loc[0, "valid"] == 0
    assert np.isnan(tables["index"].loc[0, "index"])
    assert tables["sub_scores"].loc[0, "note"] == "absent_groups: citizen"


def test_every_fault_of_the_tables_is_named_at_once() -> None:
    strata = pd.DataFrame(
        {"stratum": ["A1", "A1", "X1"], "unit": ["A", "A", "X"], "population": [100, -1, 5], "selected": 9}
    )
    evidence = pd.DataFrame(
        {"unit": ["A", "B"], "criterion": ["1.1", "7"], "self_score": [1, 1], "appraised": [101, 1]}
    )
    wrong = targets(male=-1).assign(planet="earth")
    survey = small_survey(["male"], wrong, strata=strata)
    with pytest.raises(DataError) as refused:
        run(small_round(survey, evidence=evidence))
    said = "\n".join(map(str, refused.value.faults))
    assert "“1.1” of unit “A” is assessed by survey" in said
    assert "criterion “1.1”: 101 points, but 0 to 100 are possible" in said
    assert "no unit “B”" in said
    assert "no criterion “7”" in said
    assert "“A1” is listed more than once" in said
    assert "no unit “X”" in said
    assert "the population is -1" in said
    assert "“planet” is neither a question of one choice" in said
    assert "Cell male × earth: the count is -1" in said


def test_responses_outside_the_sample_are_named() -> None:
    survey = small_survey(["male"] * 3)
    records = [dict(record) for record in survey.records]
    records[0]["stratum"] = "Z9"
    records[1]["unit"] = "B"
    strata = survey.strata.assign(population=1)
    with pytest.raises(DataError) as refused:
        run(small_round(replace(survey, records=records, strata=strata)))
    said = "\n".join(map(str, refused.value.faults))
    assert "no stratum “Z9”: 1 response(s)" in said
    assert "“A1” belongs to unit “A”, but a response of it rates “B”" in said
    assert "“A1” has 2 responses but a population of only 1" in said


def test_a_wrong_recipe_is_refused_with_what_is_possible() -> None:
    with pytest.raises(DataError) as refused:
        run(example_round(240, official="lucky", colour="red", minimum_cell=0, level=95))
    said = "\n".join(map(str, refused.value.faults))
    assert "“lucky” is not possible; choose one of weighted, unweighted" in said
    assert "no setting “colour”" in said
    assert "“0” must be a whole number from 1" in said
    assert "“95” must be a share between 0.5 and 1" in said
