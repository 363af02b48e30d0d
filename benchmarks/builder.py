"""How long the builder and a citizen's page take for a form of 300 questions and a large framework.

    python benchmarks/builder.py

Server time alone: each line is the median of several requests on a small SQLite database, and how many times
as long that is as the sign-in page of the same server in the same run. The goals: under 200 ms for what a
keystroke or a move asks of the server, under 10 ms for a section of a citizen's form.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

ROOT = str(Path(__file__).resolve().parents[1])


def main() -> int:
    parser = argparse.ArgumentParser(description=str(__doc__).splitlines()[0])
    parser.add_argument("--rounds", type=int, default=15, help="requests of each kind")
    parser.add_argument("--strict", action="store_true", help="fail where a goal is missed")
    arguments = parser.parse_args()

    from benchmarks.cases.builder_requests import requests_on

    with tempfile.TemporaryDirectory() as folder:
        base, requests = requests_on(Path(folder))
        unit = median_of(base, arguments.rounds)
        print(f"the sign-in page: {unit:.1f} ms")
        met = [report(name, goal, median_of(send, arguments.rounds), unit) for name, goal, send in requests]
    return 1 if not all(met) and arguments.strict else 0


def median_of(send: Callable[[], None], rounds: int) -> float:
    """Milliseconds of a request; the first two warm up what a running server has warm."""
    times = []
    for _ in range(rounds + 2):
        start = time.perf_counter()
        send()
        times.append(1000 * (time.perf_counter() - start))
    return sorted(times[2:])[rounds // 2]


def report(name: str, goal: float, milliseconds: float, unit: float) -> bool:
    met = milliseconds < goal
    words = "met" if met else "MISSED"
    print(f"{name:42} {milliseconds:7.1f} ms  {milliseconds / unit:5.1f} ×   goal {goal:.0f} ms {words}")
    return met


if __name__ == "__main__":
    sys.path[0] = ROOT
    sys.exit(main())
