"""A planner describes how the sample was drawn; what does not fit is refused in words that name the place."""

import numpy as np
import pandas as pd
import pytest

from analysis import Design, DesignError, mean, total


def sample(**columns: object) -> pd.DataFrame:
    data = {
        "stratum": list("AABB"),
        "psu": [1, 1, 1, 2],
        "w": [1.0, 2.0, 3.0, 4.0],
        "y": [1.0, 2.0, 3.0, 5.0],
    }
    return pd.DataFrame({**data, **columns})


def refused(match: str, frame: pd.DataFrame | None = None, **options: object) -> None:
    with pytest.raises(DesignError, match=match):
        Design(sample() if frame is None else frame, **options)


def test_without_anything_all_rows_weigh_one() -> None:
    design = Design(sample())
    assert design.weights.tolist() == [1, 1, 1, 1]
    assert design.degrees_of_freedom == 3


def test_weights_are_one_over_probabilities_of_each_stage() -> None:
    design = Design(sample(p=0.5, q=[0.1, 0.2, 0.25, 1]), probabilities=["p", "q"])
    assert design.weights == pytest.approx([20, 10, 8, 2])


def test_sampling_fractions_say_the_same_as_counts() -> None:
    counts = Design(sample(N=[4, 4, 8, 8]), strata="stratum", fpc="N")
    fractions = Design(sample(f=[0.5, 0.5, 0.25, 0.25]), strata="stratum", fpc="f")
    assert fractions.weights == pytest.approx(counts.weights)
    assert total(fractions, "y").table["se"].iloc[0] == pytest.approx(total(counts, "y").table["se"].iloc[0])


def test_an_infinite_population_is_no_correction() -> None:
    unknown = Design(sample(N=np.inf), weights="w", fpc="N")
    assert mean(unknown, "y").table.equals(mean(Design(sample(), weights="w"), "y").table)


def test_a_second_stage_without_strata_of_its_own_lies_in_the_first() -> None:
    frame = sample(house=[1, 2, 1, 1])
    design = Design(frame.assign(psu=[1, 1, 2, 3]), clusters=["psu", "house"], weights="w")
    assert design.stages[1].strata.tolist() == [0, 0, 1, 2]


def test_each_missing_or_misnamed_column_is_named_at_once() -> None:
    with pytest.raises(DesignError) as refusal:
        Design(sample(w=[1, None, 3, 4]), weights="w", strata="region", clusters="psu")
    sentences = [str(fault) for fault in refusal.value.faults]
    assert sentences == [
        "Column “w” (weights) lacks 1 value(s), first in row 1.",
        "There is no column “region” (strata).",
    ]


def test_weights_that_cannot_be_are_refused() -> None:
    refused("“w” .* has -2 in row 1", sample(w=[1, -2, 3, 4]), weights="w")
    refused("“w” .* has inf in row 0", sample(w=[np.inf, 2, 3, 4]), weights="w")
    refused("“w” .* does not hold numbers", sample(w=list("abcd")), weights="w")
    refused("“w” .* has 0 in row 0", sample(w=[0, 0.5, 1, 1]), probabilities="w")
    refused("“w” .* has 1.5 in row 1", sample(w=[1, 1.5, 1, 1]), probabilities="w")
    refused("All weights are 0", sample(w=0.0), weights="w")
    refused("not both", weights="w", probabilities="w")


def test_two_columns_of_one_name_are_refused() -> None:
    refused("Several columns are called w", pd.concat([sample(), sample()[["w"]]], axis=1), weights="w")


def test_a_cluster_in_two_strata_needs_nesting() -> None:
    refused("Cluster “1” of column “psu” lies in two strata, “A” and “B”", strata="stratum", clusters="psu")
    nested = Design(sample(psu=[1, 2, 1, 2]), strata="stratum", clusters="psu", nest=True)
    assert len(nested.stages[0].strata) == 4


def test_a_population_smaller_than_its_sample_is_refused() -> None:
    refused(
        "Stratum “B” at stage 1 has 2 sampled units, more than its population of 1",
        sample(N=[4, 4, 1, 1]),
        strata="stratum",
        fpc="N",
    )


def test_population_sizes_are_one_kind_and_the_same_within_a_stratum() -> None:
    refused("not a mixture; “N” has 0.5 in row 2", sample(N=[4, 4, 0.5, 0.5]), strata="stratum", fpc="N")
    refused("must be positive; “N” has 0 in row 0", sample(N=[0.0, 4, 4, 4]), fpc="N")
    refused("differs within stratum “A”", sample(N=[4, 5, 4, 4]), strata="stratum", fpc="N")
    refused("do not match the stages", sample(N=4), clusters=["psu", "y"], fpc="N")
    refused("more columns of strata", strata=["stratum", "psu"])


def test_a_single_unit_says_nothing_of_variance() -> None:
    refused("single primary unit", sample(psu=1), clusters="psu")


def test_an_unknown_rule_is_refused() -> None:
    refused("“ignore” is not a rule .* fail, remove, certainty, adjust, average", lonely="ignore")


def test_empty_data_are_refused() -> None:
    refused("no rows", sample().iloc[:0])


class TestDomains:
    def test_a_domain_weighs_its_rows_only(self) -> None:
        domain = Design(sample(), weights="w", strata="stratum").where("y >= 2")
        assert domain.weights.tolist() == [0, 2, 3, 4]
        # B and A are still there; A with one unit, B with two
        assert domain.degrees_of_freedom == 1

    def test_domains_narrow_each_other(self) -> None:
        design = Design(sample(), weights="w")
        assert design.where("y > 1").where("y < 5").weights.tolist() == [0, 2, 3, 0]

    def test_a_condition_may_be_given_as_truth_values(self) -> None:
        chosen = pd.Series([True, None, False, True], dtype="boolean")
        assert Design(sample(), weights="w").where(chosen).weights.tolist() == [1, 0, 0, 4]

    def test_a_missing_value_is_outside(self) -> None:
        design = Design(sample(y=[1, None, 3, 5]), weights="w")
        assert design.where("y < 4").weights.tolist() == [1, 0, 3, 0]

    @pytest.mark.parametrize(
        "condition", ["y <", "region == 1", "y + 1", "@design.frame", "y.__class__", [True, False]]
    )
    def test_what_is_no_condition_is_refused(self, condition: object) -> None:
        with pytest.raises(DesignError, match="condition"):
            Design(sample(), weights="w").where(condition)

    def test_a_domain_without_rows_has_no_estimate(self) -> None:
        with pytest.raises(DesignError, match="No row lies in the domain"):
            mean(Design(sample(), weights="w").where("y > 99"), "y")


def test_a_lonely_stratum_outside_the_domain_does_not_matter() -> None:
    design = Design(sample(stratum=list("AAAB")), weights="w", strata="stratum")
    with pytest.raises(DesignError, match="Stratum “B”"):
        mean(design, "y")
    assert mean(design.where("stratum == 'A'"), "y").table["se"].iloc[0] > 0


def test_a_design_does_not_change_with_the_table_it_was_made_from() -> None:
    frame = sample()
    design = Design(frame, weights="w")
    frame["y"] = 0
    assert mean(design, "y").table["estimate"].iloc[0] == pytest.approx(3.4)
