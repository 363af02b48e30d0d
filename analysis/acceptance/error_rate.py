"""The share of items that were wrong among those that were compared."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class ErrorRate:
    """`wrong` of `checked` items, each compared once; shares are between 0 and 1."""

    wrong: int
    checked: int

    @property
    def share(self) -> float:
        """NaN where nothing was compared."""
        return self.wrong / self.checked if self.checked else float("nan")

    def interval(self, level: float = 0.95) -> tuple[float, float]:
        """Wilson's score interval (E. B. Wilson 1927, JASA 22: 209–212); all from 0 to 1 where nothing was
        compared.
        """
        from statsmodels.stats.proportion import proportion_confint  # slow to import

        if not self.checked:
            return 0.0, 1.0
        lower, upper = proportion_confint(self.wrong, self.checked, alpha=1 - level, method="wilson")
        return float(lower), float(upper)

    def as_details(self) -> dict[str, Any]:
        return {"wrong": self.wrong, "checked": self.checked}
