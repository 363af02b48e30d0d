"""How often something was seen today: kept in memory, in this process alone, and forgotten at midnight."""

from __future__ import annotations

import threading
from collections import Counter
from datetime import date


class DayCounts:
    """Counts of one day. Two processes count apart: for a signal to an analyst that is near enough."""

    def __init__(self) -> None:
        self.day: date | None = None
        self.counts: Counter[str] = Counter()
        self.lock = threading.Lock()

    def seen(self, key: str, today: date) -> int:
        """Count `key` once more; how often it was seen today, this time included."""
        with self.lock:
            if self.day != today:
                self.day, self.counts = today, Counter()
            self.counts[key] += 1
            return self.counts[key]
