"""How surely and how fast scans are read: printed forms with known answers, marked and damaged by code.

    python benchmarks/scanning.py

No value may be accepted that is wrong; of rows with ordinary marks on scans from 150 dpi, at most 2 % may be
left to a person; and two processes read at least ten pages a second from the PDF of a scanner.
"""

from __future__ import annotations

import argparse
import io
import os
import sys
import time
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from multiprocessing import get_context
from multiprocessing.pool import Pool
from pathlib import Path

PROCESSES = 2
GOAL_ASKED, GOAL_SPEED = 0.02, 10.0
SPEED_DPI, QUALITY = 150, 75


def main() -> int:
    options = _options()
    with get_context("spawn").Pool(PROCESSES, _one_thread) as pool:
        faults = report(pool, options.pages, options.seed, closely=not options.column)
        faults += speed(pool, options.speed_pages, options.seed)
    return int(options.strict and faults > 0)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=str(__doc__).splitlines()[0])
    parser.add_argument("--pages", type=int, default=36, help="scans of each kind")
    parser.add_argument("--speed-pages", type=int, default=200)
    parser.add_argument("--seed", type=int, default=2026)
    parser.add_argument("--column", action="store_true", help="forms in one column, not set closely")
    parser.add_argument("--strict", action="store_true", help="fail where a goal is missed")
    return parser.parse_args()


def _one_thread() -> None:
    import cv2

    cv2.setNumThreads(1)  # the processes share the cores


def report(pool: Pool, pages: int, seed: int, *, closely: bool) -> int:
    from benchmarks.cases.scans.judged import judged
    from tests.degraded.kinds import KINDS

    tasks = [(kind, number, seed, closely) for kind in KINDS for number in range(pages)]
    by_kind: defaultdict[str, dict[bool, Counter]] = defaultdict(lambda: {True: Counter(), False: Counter()})
    by_hand: defaultdict[str, Counter] = defaultdict(Counter)
    for each in pool.imap_unordered(judged, tasks, chunksize=4):
        for (hand, outcome), count in each.rows.items():
            by_kind[each.kind][each.is_clean][outcome] += count
            if KINDS[each.kind].dpi >= 150:
                by_hand[hand][outcome] += count
    _kinds_table({kind: by_kind[kind] for kind in KINDS})
    _hands_table(by_hand)
    return _faults(by_kind, {kind for kind in KINDS if KINDS[kind].dpi >= 150})


def _kinds_table(by_kind: Mapping[str, Mapping[bool, Counter]]) -> None:
    print("| kind of scan | rows | wrong but sure | asked, ordinary marks | asked, hasty | rows not read |")
    print("|---|--:|--:|--:|--:|--:|")
    for kind, rows in by_kind.items():
        all_rows = rows[True] + rows[False]
        shares = f"{_asked(rows[True]):.1%} | {_asked(rows[False]):.1%}"
        print(f"| {kind} | {all_rows.total():,} | {all_rows['wrong']} | {shares} | {all_rows['lost']} |")


def _hands_table(by_hand: Mapping[str, Counter]) -> None:
    print("\n| marked how, from 150 dpi | rows | wrong but sure | asked |\n|---|--:|--:|--:|")
    for hand, rows in sorted(by_hand.items()):
        print(f"| {hand} | {rows.total():,} | {rows['wrong']} | {_asked(rows):.1%} |")


def _asked(rows: Counter) -> float:
    """The share left to a person, of the rows on pages that were read."""
    return rows["asked"] / max(1, rows.total() - rows["lost"])


def _faults(by_kind: Mapping[str, Mapping[bool, Counter]], fine: Iterable[str]) -> int:
    from tests.degraded.kinds import UNDAMAGED

    total = sum((by_kind[kind][clean] for kind in fine for clean in (True, False)), Counter())
    clean = sum((by_kind[kind][True] for kind in UNDAMAGED), Counter())
    print(f"\nfrom 150 dpi: {total.total():,} rows, {total['wrong']} wrong but sure; goal 0")
    share = f"{_asked(clean):.2%} to a person; goal {GOAL_ASKED:.0%}"
    print(f"ordinary marks, undamaged: {clean.total():,} rows, {share}")
    return int(total["wrong"] > 0) + int(_asked(clean) > GOAL_ASKED)


def speed(pool: Pool, pages: int, seed: int) -> int:
    """Pages a second, from the bytes of a PDF to readings with their straightened pictures."""
    content = scanned_pdf(pages, seed)
    shares = [(content, range(start + 1, pages + 1, PROCESSES)) for start in range(PROCESSES)]
    pool.map(read_share, [(content, range(1, 3))] * PROCESSES, chunksize=1)  # the first turn warms up
    started = time.perf_counter()
    done = pool.map(read_share, shares, chunksize=1)
    rate = pages / (time.perf_counter() - started)
    read, seconds = (sum(each) for each in zip(*done, strict=True))
    print(f"{read} of {pages} pages at {SPEED_DPI} dpi by {PROCESSES} processes: ", end="")
    print(f"{rate:.1f} pages a second, load {os.getloadavg()[0]:.1f}; goal {GOAL_SPEED:.0f}")
    print(f"processor time a page: {seconds / pages * 1000:.0f} ms")
    return int(rate < GOAL_SPEED or read < pages)


def scanned_pdf(pages: int, seed: int) -> bytes:
    from PIL import Image

    from benchmarks.cases.scans.judged import marked_page
    from tests.degraded.kinds import CLEAN
    from tests.degraded.people import CLEAN as ORDINARY

    few = [Image.fromarray(marked_page(CLEAN, number, seed, ORDINARY)[1]) for number in range(min(pages, 12))]
    file = io.BytesIO()
    every = [few[number % len(few)] for number in range(pages)]
    every[0].save(file, "PDF", save_all=True, append_images=every[1:], resolution=SPEED_DPI, quality=QUALITY)
    return file.getvalue()


def read_share(share: tuple[bytes, range]) -> tuple[int, float]:
    """How many pages of a share could be read, and the seconds of processor time it took."""
    from questionnaires.scanning import pages_of, read_page
    from tests.degraded.printed import citizens_form

    content, numbers = share
    layouts, started = citizens_form().layouts, time.process_time()
    pages = pages_of(io.BytesIO(content), "scans.pdf", numbers)
    read = sum(read_page(page, layouts).fault is None for page in pages)
    return read, time.process_time() - started


if __name__ == "__main__":
    sys.path[0] = str(Path(__file__).resolve().parents[1])  # `statistics.py` stands beside this file
    sys.exit(main())
