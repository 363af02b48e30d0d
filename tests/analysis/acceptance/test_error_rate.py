"""Error rates and their intervals."""

from __future__ import annotations

import math

import pytest

from analysis.acceptance import ErrorRate


def test_wilsons_interval_by_hand():
    """3 of 24: centre (3 + z²/2)/(24 + z²), half width z/(24 + z²)·√(3·21/24 + z²/4), z = 1.959964."""
    z = 1.959964
    centre = (3 + z**2 / 2) / (24 + z**2)
    half = z / (24 + z**2) * math.sqrt(3 * 21 / 24 + z**2 / 4)
    assert ErrorRate(3, 24).interval() == pytest.approx((centre - half, centre + half), abs=1e-6)
    assert ErrorRate(3, 24).share == 0.125


def test_without_an_error_the_rate_may_still_be_above_nothing():
    lower, upper = ErrorRate(0, 100).interval()
    assert lower == pytest.approx(0, abs=1e-12)
    assert upper == pytest.approx(1.959964**2 / (100 + 1.959964**2), abs=1e-6)


def test_where_nothing_was_compared_nothing_is_known():
    assert math.isnan(ErrorRate(0, 0).share)
    assert ErrorRate(0, 0).interval() == (0, 1)
