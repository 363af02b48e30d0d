"""Counts that wait in memory, for all threads of a process."""

from __future__ import annotations

import threading
import time
from collections import Counter
from collections.abc import Callable, Mapping
from typing import NamedTuple

OLDEST = 10  # seconds that counts wait
MOST = 500  # counts that wait


class Happening(NamedTuple):
    survey_id: int
    event: str
    key: str = ""


class Counts:
    """Sums by what happened. `clock` gives seconds that never run backwards."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self.clock, self.lock = clock, threading.Lock()
        self.sums: Counter[Happening] = Counter()
        self.waiting = 0
        self.since = 0.0
        self.not_before = 0.0

    def add(self, *happenings: Happening) -> None:
        with self.lock:
            if not self.waiting:
                self.since = self.clock()
            for happening in happenings:
                self.sums[happening] += 1
            self.waiting += len(happenings)

    def are_due(self) -> bool:
        """Whether it is time to write them down; not at once again where that has just failed."""
        if not self.waiting:
            return False
        now = self.clock()
        return now >= self.not_before and (self.waiting > MOST or now - self.since > OLDEST)

    def take(self) -> Mapping[Happening, int]:
        """All that wait; from now on they are the taker's to write down, or to give back."""
        with self.lock:
            taken, self.sums, self.waiting = self.sums, Counter(), 0
        return taken

    def give_back(self, taken: Mapping[Happening, int]) -> None:
        """They could not be written down: they wait for the next try, some seconds from now."""
        with self.lock:
            self.sums.update(taken)
            self.waiting += sum(taken.values())
            self.since = self.clock()
            self.not_before = self.since + OLDEST
