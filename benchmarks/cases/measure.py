"""One case by one library, in a process of its own: `python -m benchmarks.cases.measure` writes what it
found to a file.
"""

from __future__ import annotations

import argparse
import importlib
import json
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np

from benchmarks.cases import memory
from benchmarks.cases.ours import Figures
from benchmarks.cases.sizes import Sizes

ROOT = Path(__file__).parents[2]
MODULES = {
    "ours": "benchmarks.cases.ours",
    "svy": "benchmarks.cases.svy_peer",
    "R": "benchmarks.cases.r_peer",
}

# Work is repeated at most so often.
_MOST = 50


@dataclass(frozen=True, eq=False)
class Measurement:
    """Seconds the work took, megabytes it held beyond the data, and megabytes held at most, data included.

    For R, which is another process, the memory is not known.
    """

    seconds: float
    extra: float
    peak: float
    figures: Figures


def measure(case: str, library: str, sizes: Sizes, patience: float) -> Measurement:
    """Measure in a fresh process: the best time of as many as `patience` seconds hold, one at least.

    Raises RuntimeError with the process's last words where it fails.
    """
    with TemporaryDirectory() as folder:
        file = Path(folder) / "measured.npz"
        task = {"case": case, "library": library, "sizes": asdict(sizes), "file": str(file)}
        task["patience"] = patience
        command = [sys.executable, "-m", "benchmarks.cases.measure", json.dumps(task)]
        done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
        if done.returncode:
            raise RuntimeError(done.stderr.strip().splitlines()[-1] if done.stderr.strip() else "no word")
        with np.load(file) as found:
            figures = {name: found[name] for name in found.files}
        seconds, extra, peak = figures.pop("measured")
        return Measurement(seconds, extra, peak, figures)


def _timed(work: Callable[[], Figures], patience: float) -> tuple[float, float, float, Figures]:
    before = memory.held()
    memory.start_over()
    seconds, spent, figures = float("inf"), 0.0, {}
    for _ in range(_MOST):
        start = time.perf_counter()
        figures = work()
        last = time.perf_counter() - start
        seconds, spent = min(seconds, last), spent + last
        if spent > patience:
            break
    return seconds, memory.peak() - before, memory.peak(), figures


def _main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("task", type=json.loads)
    task = parser.parse_args().task
    sizes = Sizes(**task["sizes"])
    begin = importlib.import_module(MODULES[task["library"]]).CASES[task["case"]]
    if task["library"] == "R":
        seconds, figures = begin(sizes)
        measured = (seconds, np.nan, np.nan)
    else:
        *measured, figures = _timed(begin(sizes), task["patience"])
    np.savez(task["file"], measured=np.array(measured), **figures)


if __name__ == "__main__":
    _main()
