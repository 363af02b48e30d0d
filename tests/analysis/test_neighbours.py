"""Which neighbours of a ranking the sample can tell apart, on cases worked by hand."""

import numpy as np
import pandas as pd
import pytest

from analysis import DesignError
from analysis.ranks.critical import (
    _by_all_pairs,
    _by_candidates,
    critical_value,
    largest_difference,
    largest_error,
)
from analysis.ranks.intervals import rank_intervals
from analysis.ranks.neighbours import indistinguishable_groups, neighbour_pairs
from analysis.ranks.simulation import Simulation
from analysis.ranks.standing import read_standing

INDEX = pd.Series({"Sơn La": 80.0, "Hà Giang": 84.0, "Lai Châu": 81.0})
ERRORS = pd.Series(1.0, INDEX.index)


def test_neighbours_in_the_order_of_the_ranking() -> None:
    pairs = neighbour_pairs(INDEX, ERRORS)
    assert pairs[["better", "worse"]].to_numpy().tolist() == [
        ["Hà Giang", "Lai Châu"],
        ["Lai Châu", "Sơn La"],
    ]
    assert pairs["difference"].to_list() == [3, 1]
    assert pairs["se"].to_list() == pytest.approx([2**0.5, 2**0.5])
    # R 4.2.2: 2 * pnorm(-c(3, 1) / sqrt(2)); p.adjust(…, "holm")
    assert pairs["p"].to_list() == pytest.approx([0.03389485, 0.47950012], abs=1e-8)
    assert pairs["p_adjusted"].to_list() == pytest.approx([0.06778971, 0.47950012], abs=1e-8)
    assert pairs["distinguishable"].to_list() == [False, False]
    assert neighbour_pairs(INDEX, ERRORS, adjust="none")["distinguishable"].to_list() == [True, False]


def test_by_students_t_and_by_false_discoveries() -> None:
    # R 4.2.2: 2 * pt(-c(3, 1) / sqrt(2), 10); p.adjust(…, "BH")
    pairs = neighbour_pairs(INDEX, ERRORS, degrees_of_freedom=10, adjust="bh")
    assert pairs["p"].to_list() == pytest.approx([0.05989032, 0.49564750], abs=1e-8)
    assert pairs["p_adjusted"].to_list() == pytest.approx([0.11978065, 0.49564750], abs=1e-8)


def test_the_covariance_of_two_neighbours_counts() -> None:
    covariance = pd.DataFrame(0.9 + 0.1 * np.eye(3), INDEX.index, INDEX.index)
    pairs = neighbour_pairs(INDEX, covariance)
    # 1 + 1 − 2 · 0.9; 2 · pnorm(−1 / √0.2) = 0.025 where independent samples gave 0.48
    assert pairs["se"].to_list() == pytest.approx([0.2**0.5] * 2)
    assert pairs["distinguishable"].to_list() == [True, True]


def test_counting_all_pairs_agrees_with_the_studentised_range() -> None:
    pairs = neighbour_pairs(INDEX, ERRORS, adjust="tukey", draws=40_000)
    # R 4.2.2: ptukey(c(3, 1), 3, Inf, lower.tail = FALSE)
    assert pairs["p_adjusted"].to_list() == pytest.approx([0.0855, 0.7593], abs=0.008)


def test_exact_units_are_apart_unless_equal() -> None:
    pairs = neighbour_pairs(
        pd.Series({"A": 3.0, "B": 2.0, "C": 2.0}), pd.Series(0.0, list("ABC")), adjust="tukey"
    )
    assert pairs["p_adjusted"].to_list() == [0, 1]
    assert pairs["distinguishable"].to_list() == [True, False]
    assert neighbour_pairs(pd.Series({"A": 3.0}), pd.Series({"A": 1.0})).empty


def test_runs_that_no_line_can_part() -> None:
    # apart beyond 2.569 · √2 = 3.63 (four units, R 4.2.2: qtukey(0.95, 4, Inf) = 3.633)
    index = pd.Series({"A": 90.0, "B": 87.0, "C": 85.0, "D": 70.0})
    runs = indistinguishable_groups(index, pd.Series(1.0, list("ABCD")))
    assert runs["units"].to_list() == [("A", "B"), ("B", "C"), ("D",)]
    assert runs[["run", "first_rank", "last_rank"]].to_numpy().tolist() == [[1, 1, 2], [2, 2, 3], [3, 4, 4]]


def test_pairs_and_intervals_and_runs_agree() -> None:
    random = np.random.default_rng(6)
    index, errors = pd.Series(random.normal(80, 4, 20)), pd.Series(random.uniform(0.1, 1, 20))
    ranks = rank_intervals(index, errors, method="tukey").set_index("unit")
    pairs = neighbour_pairs(index, errors, adjust="tukey")
    runs = indistinguishable_groups(index, errors)
    assert pairs["distinguishable"].any()
    for pair in pairs.itertuples():
        together = any({pair.better, pair.worse} <= set(units) for units in runs["units"])
        assert together != pair.distinguishable
    alone = [units[0] for units in runs["units"] if len(units) == 1]
    assert (ranks.loc[alone, "rank_lower"] <= ranks.loc[alone, "rank_upper"]).all()
    assert {unit for units in runs["units"] for unit in units} == set(index.index)


def test_critical_values_are_those_of_the_tables() -> None:
    standing = read_standing(pd.Series(np.zeros(5)), pd.Series(np.ones(5)))
    simulation = Simulation(draws=100_000)
    # R 4.2.2: qtukey(0.95, 5, Inf) / sqrt(2); qnorm((1 + 0.95^(1/5)) / 2)
    assert critical_value(standing, simulation, 0.95, largest_difference) == pytest.approx(
        2.727774, abs=0.015
    )
    assert critical_value(standing, simulation, 0.95, largest_error) == pytest.approx(2.568763, abs=0.015)


@pytest.mark.parametrize("spread", [0.0, 0.5, 2.0])
def test_the_widest_pair_is_found_among_candidates(spread: float) -> None:
    errors = np.exp(spread * np.random.default_rng(1).normal(size=120))
    standing = read_standing(pd.Series(np.zeros(120)), pd.Series(errors))
    drawn = next(Simulation(draws=300).errors(standing))
    assert _by_candidates(standing, drawn) == pytest.approx(_by_all_pairs(standing, drawn), rel=1e-12)


def test_refuses_what_cannot_be() -> None:
    with pytest.raises(DesignError, match="there are holm, bh, tukey, none"):
        neighbour_pairs(INDEX, ERRORS, adjust="scheffe")
    with pytest.raises(DesignError, match="level lies between 0 and 1"):
        indistinguishable_groups(INDEX, ERRORS, level=2)
