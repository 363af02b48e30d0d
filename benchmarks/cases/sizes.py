"""How large a case is."""

from __future__ import annotations

from dataclasses import asdict, dataclass, replace


@dataclass(frozen=True)
class Sizes:
    """Rows of the survey, its primary units, items asked, replicates drawn."""

    rows: int
    units: int = 0
    items: int = 0
    replicates: int = 0

    def shrunk(self, share: float) -> Sizes:
        """The case at a share of its size, never so small that a province has fewer than two units."""
        if share >= 1:
            return self
        least = {"rows": 20_000, "units": 200, "items": 4, "replicates": 20}
        sizes = {name: max(int(size * share), least[name]) for name, size in asdict(self).items() if size}
        return replace(self, **sizes)


SIZES = {
    "raking": Sizes(1_000_000),
    "means": Sizes(100_000, 2_000, 50),
    "bootstrap": Sizes(100_000, 2_000, 50, 500),
    "domains": Sizes(10_000_000, 5_000, 60),
}
"""The sizes that each case is about."""
