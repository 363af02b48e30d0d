"""The tree: published totals, criteria that do not apply, surveys left out, bands, places, ties."""

from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from analysis.scoring.index import IndexResult, compute_index
from questionnaires.faults import DefinitionError
from questionnaires.framework import Framework, Tie
from tests.analysis.trees import field, framework, leaf

NATIONAL_2020 = Path(__file__).with_name("par_index_2020_top10.csv")


def units(*codes: str, **columns) -> pd.DataFrame:
    return pd.DataFrame({"unit": list(codes), **columns})


def scores(*rows: tuple) -> pd.DataFrame:
    """Rows of (unit, criterion, points[, applicable])."""
    return pd.DataFrame(
        [(*row, True)[:4] for row in rows], columns=["unit", "criterion", "points", "applicable"]
    )


def of_unit(result: IndexResult, unit: str = "A") -> pd.Series:
    return result.index.set_index("unit").loc[unit]


def one_field(*percent: float, **details) -> tuple[Framework, pd.DataFrame]:
    """A framework of one leaf worth 100, and scores that give units A, B, C … these percents."""
    rows = [(chr(ord("A") + place), "1.1", points) for place, points in enumerate(percent)]
    return framework(field("1", 100), leaf("1.1", 100), **details), scores(*rows)


def test_the_national_totals_of_2020_come_out() -> None:
    """Source in the file's head. Only the sum of the maxima, 100, matters here; SIPAS's 10 is published."""
    published = pd.read_csv(NATIONAL_2020, comment="#")
    parts = {
        "appraised_score": ("1", 59),
        "sipas_score": ("2", 10),
        "leader_survey_score": ("3", 26),
        "socioeconomic_impact_score": ("4", 5),
    }
    tree = framework(*(leaf(code, most) for code, most in parts.values()))
    long = published.melt("province", list(parts), value_name="points").rename(columns={"province": "unit"})
    long["criterion"] = long["variable"].map({column: code for column, (code, _) in parts.items()})
    result = compute_index(tree, long[["unit", "criterion", "points"]], units(*published["province"]))
    assert list(result.index["rank"]) == list(published["rank"])
    difference = (result.index["index"] - published["total_published"]).abs()
    assert difference.max() <= 0.01 + 1e-9


def test_criteria_that_do_not_apply_leave_the_denominator() -> None:
    tree = framework(field("1", 84), leaf("1.1", 84), field("2", 16), leaf("2.1", 16))
    result = compute_index(tree, scores(("A", "1.1", 68.32), ("A", "2.1", None, False)), units("A"))
    assert of_unit(result)["max_applicable"] == 84
    # 68.32 / 84 = 0.81333…
    assert of_unit(result)["index"] == pytest.approx(100 * 68.32 / 84)
    assert f"{of_unit(result)['index']:.2f}" == "81.33"
    assert of_unit(result)["awaited"] == 0


def test_a_leaf_for_other_types_of_unit_leaves_the_denominator() -> None:
    tree = framework(field("1", 100), leaf("1.1", 60), leaf("1.2", 40, applies_to=("commune",)))
    given = scores(("A", "1.1", 30), ("B", "1.1", 30), ("B", "1.2", 40))
    result = compute_index(tree, given, units("A", "B", type=["department", "commune"]))
    assert list(result.index["index"]) == [pytest.approx(50), pytest.approx(70)]


def optional_survey() -> Framework:
    """70 points by evidence and 30 by a survey that need not be held."""
    evidence, survey = leaf("1.1", 70), leaf("2.1", 30, "survey")
    return framework(field("1", 70), evidence, field("2", 30), survey, survey_optional=True)


def test_without_an_optional_survey_the_appraised_points_are_rescaled_to_100() -> None:
    result = compute_index(optional_survey(), scores(("A", "1.1", 70)), units("A"), with_survey=False)
    assert of_unit(result)["max_applicable"] == 70
    assert of_unit(result)["index"] == pytest.approx(100)
    half = compute_index(optional_survey(), scores(("A", "1.1", 35)), units("A"), with_survey=False)
    assert of_unit(half)["index"] == pytest.approx(50)


def test_a_survey_that_is_held_counts() -> None:
    result = compute_index(optional_survey(), scores(("A", "1.1", 70), ("A", "2.1", 15)), units("A"))
    assert of_unit(result)["index"] == pytest.approx(85)


def test_while_points_are_missing_there_is_no_index_band_or_place() -> None:
    tree = framework(field("1", 100), leaf("1.1", 60), leaf("1.2", 40), bands={"A": "${index} >= 0"})
    given = scores(("A", "1.1", 50), ("B", "1.1", 50), ("B", "1.2", 20))
    result = compute_index(tree, given, units("A", "B"))
    waiting = of_unit(result, "A")
    assert waiting["points"] == 50
    assert waiting["awaited"] == 1
    assert waiting["note"] == "missing_points: 1.2"
    assert np.isnan(waiting["index"])
    assert pd.isna(waiting["band"])
    assert np.isnan(waiting["rank"])
    assert of_unit(result, "B")["rank"] == 1


def test_bonus_and_penalty_are_capped_and_outside_the_denominator() -> None:
    extra = field("9", 3, kind="bonus")
    tree = framework(
        field("1", 100),
        leaf("1.1", 100),
        extra,
        leaf("9.1", 2, kind="bonus"),
        leaf("9.2", 2, kind="bonus"),
        leaf("8", 5, kind="penalty"),
    )
    given = scores(("A", "1.1", 80), ("A", "9.1", 2), ("A", "9.2", 2), ("A", "8", 1.5))
    result = compute_index(tree, given, units("A"))
    # 80 + min(2 + 2, 3) - 1.5 = 81.5 of 100
    assert of_unit(result)["index"] == pytest.approx(81.5)
    assert of_unit(result)["max_applicable"] == 100


def test_sums_are_not_rounded_on_the_way() -> None:
    # 0.004 + 0.004 + 0.004 is 0.012; rounded to 0.00 each it would be 0
    tree = framework(field("1", 100), leaf("1.1", 1), leaf("1.2", 1), leaf("1.3", 98))
    given = scores(("A", "1.1", 0.004), ("A", "1.2", 0.004), ("A", "1.3", 0.004))
    assert of_unit(compute_index(tree, given, units("A")))["points"] == pytest.approx(0.012)


def test_nodes_carry_points_and_percent_at_every_level() -> None:
    tree = framework(field("1", 60), leaf("1.1", 20), leaf("1.2", 40), field("2", 40), leaf("2.1", 40))
    result = compute_index(tree, scores(("A", "1.1", 10), ("A", "1.2", 35), ("A", "2.1", 20)), units("A"))
    nodes = result.nodes.set_index("node")
    assert list(nodes.index) == ["1", "1.1", "1.2", "2", "2.1"]
    assert list(nodes["points"]) == [45, 10, 35, 20, 20]
    assert list(nodes["max_applicable"]) == [60, 20, 40, 40, 40]
    assert list(nodes["percent"]) == [75, 50, 87.5, 50, 50]


BANDS = {"A": "${index} >= 90", "B": "${index} >= 80", "C": "${index} >= 70"}


def test_the_first_band_that_holds_is_the_units() -> None:
    tree, given = one_field(90, 89.999, 80, 71, 69, bands=BANDS)
    result = compute_index(tree, given, units(*"ABCDE"))
    assert list(result.index["band"])[:4] == ["A", "B", "B", "C"]
    assert pd.isna(result.index["band"].iloc[4])


def test_digits_lost_in_a_sum_do_not_cost_a_band() -> None:
    tree = framework(*(leaf(str(place), 100 / 3) for place in range(3)), bands=BANDS)
    given = scores(*(("A", str(place), 30.0) for place in range(3)))
    result = compute_index(tree, given, units("A"))
    assert of_unit(result)["band"] == "A"


def test_a_band_may_ask_for_a_floor_under_every_field() -> None:
    bands = {"A": "${index} >= 90 and ${lowest_field} >= 80", "B": "${index} >= 80"}
    tree = framework(field("1", 80), leaf("1.1", 80), field("2", 20), leaf("2.1", 20), bands=bands)
    given = scores(("A", "1.1", 78), ("A", "2.1", 16), ("B", "1.1", 79), ("B", "2.1", 15))
    result = compute_index(tree, given, units("A", "B"))
    # A: 94 % with fields 97.5 and 80 %; B: 94 % with a field of 75 %
    assert list(result.index["band"]) == ["A", "B"]


def test_a_band_may_ask_for_one_field_and_for_a_fact() -> None:
    bands = {"A": "${field_1} >= 90 and ${late_dossiers} < 5", "B": "true()"}
    tree, given = one_field(95, 95, 50, bands=bands)
    result = compute_index(tree, given, units("A", "B", "C", late_dossiers=[4.9, 5.0, None]))
    # C misses the fact, but its field decides without it
    assert list(result.index["band"]) == ["A", "B", "B"]


def test_a_missing_fact_leaves_the_band_open_and_says_which() -> None:
    tree, given = one_field(95, bands={"A": "${index} >= 90 and ${late_dossiers} < 5", "B": "${index} >= 80"})
    result = compute_index(tree, given, units("A"))
    assert pd.isna(of_unit(result)["band"])
    assert of_unit(result)["note"] == "missing_facts: late_dossiers"
    assert of_unit(result)["rank"] == 1


def test_a_condition_may_say_itself_what_a_missing_fact_means() -> None:
    tree, given = one_field(95, bands={"A": "coalesce(${late_dossiers}, 0) < 5"})
    assert of_unit(compute_index(tree, given, units("A")))["band"] == "A"


def test_units_are_ranked_within_their_group_and_equals_share_a_place() -> None:
    tree, given = one_field(90, 95, 90, 80, 99, groups={"departments": True, "others": False})
    groups = ["departments"] * 4 + ["others"]
    result = compute_index(tree, given, units(*"ABCDE", ranking_group=groups))
    assert list(result.index["rank"].iloc[:4]) == [2, 1, 2, 4]
    assert list(result.index["rank_shared"]) == [True, False, True, False, False]
    assert np.isnan(result.index["rank"].iloc[4])
    assert list(result.index["ranked"]) == [True, True, True, True, False]


def test_a_named_criterion_decides_between_equals() -> None:
    tree = framework(
        field("1", 50), leaf("1.1", 50), field("2", 50), leaf("2.1", 50), tie=Tie("criterion", "2.1")
    )
    given = scores(
        *(("A", "1.1", 40), ("A", "2.1", 30)),
        *(("B", "1.1", 30), ("B", "2.1", 40)),
        *(("C", "1.1", 40), ("C", "2.1", 30)),
    )
    result = compute_index(tree, given, units("A", "B", "C"))
    assert list(result.index["rank"]) == [2, 1, 2]
    assert list(result.index["rank_shared"]) == [True, False, True]


def test_the_index_carries_the_covariance_of_its_sub_scores() -> None:
    tree = framework(
        field("1", 50),
        leaf("1.1", 50),
        field("2", 30),
        leaf("2.1", 20),
        leaf("2.2", 10),
        field("3", 20),
        leaf("3.1", 20),
    )
    given = scores(("A", "1.1", 40), ("A", "2.1", 15), ("A", "2.2", 5), ("A", "3.1", None, False))
    covariance = pd.DataFrame([[0.09, 0.04], [0.04, 0.16]], index=["2.1", "2.2"], columns=["2.1", "2.2"])
    result = compute_index(tree, given, units("A"), covariances={"A": covariance})
    # Var = 0.09 + 0.16 + 2 × 0.04 = 0.33 points²; se = √0.33 of 80 applicable points = 0.718 %
    se = 100 * 0.33**0.5 / 80
    assert of_unit(result)["index"] == pytest.approx(75)
    assert of_unit(result)["index_se"] == pytest.approx(se)
    assert of_unit(result)["index_lower"] == pytest.approx(75 - 1.959964 * se, abs=1e-6)
    assert of_unit(result)["index_upper"] == pytest.approx(75 + 1.959964 * se, abs=1e-6)
    nodes = result.nodes.set_index("node")["percent_se"]
    assert nodes["2"] == pytest.approx(100 * 0.33**0.5 / 30)
    assert nodes["2.1"] == pytest.approx(100 * 0.3 / 20)
    assert nodes["1"] == 0


def test_everything_wrong_is_named_at_once() -> None:
    tree, _ = one_field(90, groups={"departments": True})
    given = scores(
        *(("A", "1.1", 101), ("B", "1.1", -1), ("X", "1.1", 5)),
        *(("A", "7.7", 5), ("C", "1.1", 5), ("C", "1.1", 6)),
    )
    with pytest.raises(DefinitionError) as refused:
        compute_index(
            tree, given, units("A", "B", "C", ranking_group=["departments", "unheard", "departments"])
        )
    said = "\n".join(map(str, refused.value.faults))
    assert "“A”, criterion “1.1”: 101 points, but 0 to 100 are possible" in said
    assert "“B”, criterion “1.1”: -1 points" in said
    assert "no unit “X”" in said
    assert "no criterion “7.7”" in said
    assert "“C” has criterion “1.1” more than once" in said
    assert "no ranking group “unheard”" in said
    assert len(refused.value.faults) == 6
