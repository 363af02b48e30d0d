"""How surely empty rooms for handwriting are known, and whether a written one would be called empty.

    python benchmarks/empty_rooms.py --pages 30 --seed 1

No room in which something is written may be called empty.
"""

from __future__ import annotations

import argparse
import sys
from collections import Counter, defaultdict
from multiprocessing import get_context
from pathlib import Path

SHARE = 0.7
"""Of the rooms that are written in."""


def main() -> int:
    parser = argparse.ArgumentParser(description=str(__doc__).splitlines()[0])
    parser.add_argument("--pages", type=int, default=20, help="scans of each kind")
    parser.add_argument("--seed", type=int, default=2026)
    parser.add_argument("--processes", type=int, default=2)
    options = parser.parse_args()
    from tests.degraded.kinds import KINDS

    tasks = [(kind, number, options.seed) for kind in KINDS for number in range(options.pages)]
    with get_context("spawn").Pool(options.processes) as pool:
        return report(pool.imap(judged, tasks, chunksize=4))


def report(scans) -> int:
    by_kind: defaultdict[str, Counter] = defaultdict(Counter)
    by_hand: Counter = Counter()
    for kind, rooms in scans:
        for how, is_empty in rooms:
            by_kind[kind][bool(how), is_empty] += 1
            by_hand[how, is_empty] += 1
    print("| kind of scan | written | of them called empty | empty | of them known |")
    print("|---|--:|--:|--:|--:|")
    for kind, seen in by_kind.items():
        written, empty = (seen[is_written, True] + seen[is_written, False] for is_written in (True, False))
        known = seen[False, True] / max(1, empty)
        print(f"| {kind} | {written:,} | {seen[True, True]} | {empty:,} | {known:.0%} |")
    for how, is_empty in sorted(by_hand):
        if how and is_empty:
            print(f"called empty: {how}: {by_hand[how, is_empty]}")
    return int(any(seen[True, True] for seen in by_kind.values()))


def judged(task: tuple[str, int, int]) -> tuple[str, list[tuple[str, bool]]]:
    """Kind, and of each room on the pages that could be read: how it was written in, whether called empty."""
    import cv2
    import numpy as np

    from questionnaires.scanning import ScannedPage, read_page
    from tests.degraded.kinds import KINDS
    from tests.degraded.writing import write_in, written_form

    cv2.setNumThreads(1)  # the processes share the cores
    kind, number, seed = task
    random = np.random.default_rng([seed, list(KINDS).index(kind), number])
    form = written_form()
    page = number % len(form.pages) + 1
    rooms = [room for room in form.layout.written if room.place.page == page]
    image, how = write_in(form.pages[page - 1], rooms, SHARE, random)
    reading = read_page(ScannedPage(kind, number + 1, KINDS[kind].scan(image, random)), form.layouts)
    if reading.fault:
        return kind, []
    return kind, [(name, item in reading.empty) for item, name in how.items()]


if __name__ == "__main__":
    sys.path[0] = str(Path(__file__).resolve().parents[1])  # `statistics.py` stands beside this file
    sys.exit(main())
