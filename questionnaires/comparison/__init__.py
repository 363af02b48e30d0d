"""Two versions of a framework side by side, and one criterion over many."""

from questionnaires.comparison.changes import changes_between
from questionnaires.comparison.compare import compare
from questionnaires.comparison.history import HistoryRow, history
from questionnaires.comparison.record import (
    ADDED,
    DROPPED,
    KEPT,
    KINDS,
    MATCHES,
    MOVED,
    REASSESSED,
    RENAMED,
    REWEIGHTED,
    Comparison,
    FieldSums,
    Row,
    Sums,
)

__all__ = [
    "ADDED",
    "DROPPED",
    "KEPT",
    "KINDS",
    "MATCHES",
    "MOVED",
    "REASSESSED",
    "RENAMED",
    "REWEIGHTED",
    "Comparison",
    "FieldSums",
    "HistoryRow",
    "Row",
    "Sums",
    "changes_between",
    "compare",
    "history",
]
