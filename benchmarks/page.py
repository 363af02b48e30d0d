"""How fast a page of 60 questions is written, beside the same questions as WTForms fields, in one run.

    python benchmarks/page.py

Each is the median of many pages, the two in turns: 60 questions of five choices with hints, half of them
answered, from the answers to the text of the whole page. The goal: ten times the speed of WTForms.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

ROOT = str(Path(__file__).resolve().parents[1])
GOAL = 10


def main() -> int:
    parser = argparse.ArgumentParser(description=str(__doc__).splitlines()[0])
    parser.add_argument("--rounds", type=int, default=40, help="pages of each kind")
    parser.add_argument("--strict", action="store_true", help="fail where the goal is missed")
    arguments = parser.parse_args()

    from benchmarks.cases.sixty_questions import pages_in

    with tempfile.TemporaryDirectory() as folder, pages_in(Path(folder)) as (ours, by_wtforms):
        our_time, their_time = medians(ours, by_wtforms, arguments.rounds)
    ratio = their_time / our_time
    print(f"60 questions as WTForms fields {their_time:8.2f} ms")
    print(f"60 questions on our page       {our_time:8.2f} ms")
    print(f"ratio {ratio:.1f}   goal {GOAL} {'met' if ratio >= GOAL else 'MISSED'}")
    return 1 if ratio < GOAL and arguments.strict else 0


def medians(ours: Callable[[], str], by_wtforms: Callable[[], str], rounds: int) -> tuple[float, float]:
    """Milliseconds of a page each; in turns, so that a busy moment of the machine meets both."""
    times: tuple[list[float], list[float]] = ([], [])
    for _ in range(rounds + 1):
        for write, taken in zip((ours, by_wtforms), times, strict=True):
            start = time.perf_counter()
            write()
            taken.append(1000 * (time.perf_counter() - start))
    mine, theirs = (sorted(taken[1:])[rounds // 2] for taken in times)  # the first warms up
    return mine, theirs


if __name__ == "__main__":
    sys.path[0] = ROOT
    sys.exit(main())
