"""How many filled forms a second the platform takes in, beside a view that does as little as a view can.

    python benchmarks/intake.py

One gunicorn serves both in the same run, on the same database: a full submit (signature, limits, reading,
routing, checks, flags, response and version stored, draft ended) and a bare Flask view that inserts one JSON
row through SQLAlchemy. They are loaded in short turns, one after the other, so that both meet the machine in
the same mood; what is told is the middle turn. The goal: 60 % of the bare view's requests a second.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
GOAL = 0.60
PORT = 8719


def main() -> int:
    parser = argparse.ArgumentParser(description=str(__doc__).splitlines()[0])
    parser.add_argument("--requests", type=int, default=500, help="of each kind in a turn")
    parser.add_argument("--turns", type=int, default=15)
    parser.add_argument("--databases", nargs="+", default=["sqlite", "postgresql"])
    parser.add_argument("--strict", action="store_true", help="fail where the goal is missed")
    arguments = parser.parse_args()

    from benchmarks.cases.intake.databases import DATABASES

    met = []
    for name in arguments.databases:
        with tempfile.TemporaryDirectory() as folder, DATABASES[name](Path(folder)) as url:
            ratio = compare(name, Path(folder), url, arguments.requests, arguments.turns)
            met.append(ratio >= GOAL)
    return 1 if arguments.strict and not all(met) else 0


def compare(name: str, folder: Path, url: str, requests: int, turns: int) -> float:
    from benchmarks.cases.intake.forms import SLUG, forms
    from benchmarks.cases.intake.load import Load, load
    from survey import create_app

    settings = {
        "SECRET_KEY": "for measuring alone, for measuring alone",
        "DATABASE_URL": url,
        "JOBS_FILE": str(folder / "jobs.db"),
        "TRUSTED_PROXIES": "1",
        "LOG_LEVEL": "WARNING",
    }
    os.environ.update(settings)
    made = forms(create_app(), requests * (turns + 1))
    measured: list[tuple[Load, Load]] = []
    with server(settings):
        for turn in range(turns + 1):
            bodies = made.bodies[turn * requests : (turn + 1) * requests]
            pair = load(PORT, "/bare/", bodies), load(PORT, f"/k/{SLUG}/outbox", bodies)
            measured += [pair] if turn else []  # the first turn warms up
    return report(name, measured, made.items)


def report(name: str, measured: list, items: int) -> float:
    ratio = middle(ours.rate / bare.rate for bare, ours in measured)
    print(f"{name}, forms of up to {items} answers")
    for label, loads in zip(("bare insert", "full submit"), zip(*measured, strict=True), strict=True):
        rate, p50, p99 = (middle(getattr(load, key) for load in loads) for key in ("rate", "p50", "p99"))
        print(f"  {label}  {rate:7.0f} requests/s   p50 {p50:5.1f} ms   p99 {p99:5.1f} ms")
    print(f"  ratio {ratio:.2f}   goal {GOAL:.2f} {'met' if ratio >= GOAL else 'MISSED'}", flush=True)
    return ratio


def middle(values: Iterable[float]) -> float:
    ordered = sorted(values)
    return ordered[len(ordered) // 2]


@contextmanager
def server(settings: dict[str, str]) -> Iterator[None]:
    options = ["--bind", f"127.0.0.1:{PORT}", "--threads", "8", "--no-control-socket"]
    command = [sys.executable, "-m", "gunicorn", *options, "benchmarks.cases.intake.server:served()"]
    process = subprocess.Popen(command, cwd=ROOT, env={**os.environ, **settings})
    try:
        wait_until_up()
        yield
    finally:
        process.terminate()
        process.wait()


def wait_until_up() -> None:
    for _ in range(300):
        try:
            urllib.request.urlopen(f"http://127.0.0.1:{PORT}/c", timeout=1)
        except urllib.error.HTTPError:
            return
        except OSError:
            time.sleep(0.1)
        else:
            return
    raise RuntimeError("the server did not start")


if __name__ == "__main__":
    sys.path[0] = str(ROOT)
    sys.exit(main())
