"""A run's order as one line of text."""

from __future__ import annotations

import pytest

from survey.results.settings import Order


@pytest.mark.parametrize(
    ("order", "subject"),
    [
        (Order("dak-lak"), "round dak-lak"),
        (Order.of("đl 2022 (2)", {"minimum_cell": 7}), "round đl 2022 (2) (minimum_cell=7)"),
        (
            Order.of("a", {"official": "unweighted", "targets": "no", "aggregation": "item_mean"}),
            "round a (official=unweighted, targets=no)",
        ),
    ],
)
def test_an_order_is_one_line_that_reads_back(order, subject):
    assert order.subject == subject
    assert Order.read(subject) == order
