"""Days, words and codes of next year."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from survey.fieldwork.copying_proposals import a_year_later, code_of_year, with_year


@pytest.mark.parametrize(
    ("day", "later"),
    [
        (date(2025, 8, 1), date(2026, 8, 1)),
        (date(2024, 2, 29), date(2025, 2, 28)),  # no leap year follows a leap year
        (date(2023, 2, 28), date(2024, 2, 28)),
        (None, None),
    ],
)
def test_a_day_is_proposed_a_year_later(day, later):
    assert a_year_later(day) == later


@pytest.mark.parametrize(
    ("words", "later"),
    [
        ("Kỳ đánh giá năm 2025", "Kỳ đánh giá năm 2026"),
        ("PAR INDEX 2025 (so với 2024)", "PAR INDEX 2026 (so với 2024)"),
        ("từ 1/1/2025 đến 30/9/2025", "từ 1/1/2026 đến 30/9/2026"),
        ("điện thoại 0262025123", "điện thoại 0262025123"),
        ("Kỳ đánh giá", "Kỳ đánh giá"),
    ],
)
def test_the_year_is_replaced_where_it_stands_by_itself(words, later):
    assert with_year(words, 2025, 2026) == later


@pytest.mark.parametrize(
    ("code", "later"), [("so-2025", "so-2026"), ("so2025", "so2026"), ("citizens", "citizens-2026")]
)
def test_a_code_carries_the_new_year(code, later):
    assert code_of_year(code, 2025, 2026) == later


@given(st.text("so25-", min_size=1), st.integers(2000, 2099))
def test_a_code_is_never_proposed_again(code, year):
    assert code_of_year(code, year, year + 1) != code
