"""How fast `analysis` is beside `svy` and R's `survey`, and in how much memory: one run, one table.

Each case runs in a process of its own on the same synthetic data; what comes out is compared. Libraries that
are not installed are skipped with a word.
"""

from __future__ import annotations

import argparse
import os
import sys
from pathlib import Path


def main() -> int:
    from benchmarks.cases.comparison import compare

    options = _options()
    print(str(__doc__).splitlines()[0])
    missed = 0
    for line in compare(options):
        print(line, flush=True)
        missed += "MISSED" in line or "DIFFER" in line
    print(f"\n{missed} goal(s) missed." if missed else "\nEvery goal measured here is met.")
    return int(options.strict and missed > 0)


def _options() -> argparse.Namespace:
    names = ["raking", "means", "bootstrap", "domains"]
    parser = argparse.ArgumentParser(description=str(__doc__).splitlines()[0])
    parser.add_argument("--only", nargs="+", choices=names, default=names)
    parser.add_argument("--share", type=float, default=1.0, help="of each case's size, for a quick look")
    parser.add_argument("--rows", type=int, help="rows of the case of one-byte answers")
    parser.add_argument("--patience", type=float, default=3.0, help="seconds in which the best time counts")
    parser.add_argument("--without", nargs="*", choices=["svy", "R"], default=[])
    parser.add_argument("--strict", action="store_true", help="fail where a goal is missed")
    return parser.parse_args()


if __name__ == "__main__":
    # Python puts a script's folder first, where this file would hide the standard library's `statistics`.
    sys.path[0] = str(Path(__file__).resolve().parents[1])
    os.environ.setdefault("OMP_NUM_THREADS", "1")  # linear algebra on all cores would blur the comparison
    sys.exit(main())
