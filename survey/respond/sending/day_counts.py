"""How many different things were seen today: in the memory of this process, forgotten at midnight."""

from __future__ import annotations

import threading
from collections import defaultdict
from datetime import date


class DayCounts:
    """Counts of one day. Two processes count apart: for a signal to an analyst that is near enough."""

    def __init__(self) -> None:
        self.day: date | None = None
        self.members: defaultdict[str, set[int]] = defaultdict(set)
        self.lock = threading.Lock()

    def seen(self, key: str, member: object, today: date) -> int:
        """How many different members this key has today, this one included, however often each is seen."""
        with self.lock:
            if self.day != today:
                self.day, self.members = today, defaultdict(set)
            self.members[key].add(hash(member))
            return len(self.members[key])
