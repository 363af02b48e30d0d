"""Codes that occur, found by a table or by sorting."""

from __future__ import annotations

import numpy as np
import pytest

from analysis.estimation.codes import joint_codes, occurring_codes


@pytest.mark.parametrize("codes", [[], [0], [3, 1, 3], [7, 0, 5, 5], [10**12, 4, 10**12]])
def test_those_that_occur_are_those_of_a_sort(codes: list[int]) -> None:
    expected = np.unique(np.array(codes, dtype=np.int64), return_inverse=True)
    for found, wanted in zip(occurring_codes(np.array(codes, dtype=np.int64)), expected, strict=True):
        assert found.tolist() == wanted.tolist()


def test_pairs_are_numbered_in_their_order() -> None:
    codes, (first, second) = joint_codes(np.array([1, 0, 1, 0]), np.array([5, 9, 0, 9]))
    assert codes.tolist() == [2, 0, 1, 0]
    assert list(zip(first.tolist(), second.tolist(), strict=True)) == [(0, 9), (1, 0), (1, 5)]
