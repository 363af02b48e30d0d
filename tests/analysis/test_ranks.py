"""How sure a place is, on cases whose answer is known."""

import pandas as pd
import pytest
from scipy import stats

from analysis.ranks.intervals import rank_intervals


def intervals(index: dict[str, float], errors: dict[str, float], **options) -> pd.DataFrame:
    return rank_intervals(pd.Series(index), pd.Series(errors), **options).set_index("unit")


def test_without_sampling_error_a_place_is_certain_and_equals_share_it() -> None:
    ranks = intervals({"A": 80.0, "B": 90.0, "C": 90.0, "D": 70.0}, dict.fromkeys("ABCD", 0.0))
    assert list(ranks["rank_lower"]) == [3, 1, 1, 4]
    assert list(ranks["rank_upper"]) == [3, 1, 1, 4]


def test_units_far_apart_keep_their_places_and_close_ones_exchange_them() -> None:
    ranks = intervals({"A": 90.0, "B": 80.0, "C": 79.9}, dict.fromkeys("ABC", 0.5))
    assert list(ranks["rank_lower"]) == [1, 2, 2]
    assert list(ranks["rank_upper"]) == [1, 3, 3]


def test_the_chance_of_being_first_is_that_of_the_difference() -> None:
    # A - B is normal with mean 1 and variance 1 + 1: P(A first) = Φ(1/√2) = 0.7602
    ranks = intervals({"A": 81.0, "B": 80.0}, {"A": 1.0, "B": 1.0}, draws=40_000)
    assert ranks.loc["A", "first_share"] == pytest.approx(stats.norm.cdf(1 / 2**0.5), abs=0.01)


def test_errors_that_move_together_do_not_change_places() -> None:
    together = pd.DataFrame(4.0, index=["A", "B"], columns=["A", "B"])
    ranks = rank_intervals(pd.Series({"A": 81.0, "B": 80.0}), together)
    assert list(ranks["first_share"]) == [1.0, 0.0]


def test_the_same_seed_gives_the_same_places() -> None:
    index, errors = {"A": 81.0, "B": 80.5, "C": 80.0}, dict.fromkeys("ABC", 1.0)
    pd.testing.assert_frame_equal(intervals(index, errors, seed=7), intervals(index, errors, seed=7))
    assert not intervals(index, errors, seed=7).equals(intervals(index, errors, seed=8))
