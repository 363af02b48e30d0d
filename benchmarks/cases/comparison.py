"""Every case by every library, as a table with goals met and missed."""

from __future__ import annotations

import argparse
import importlib.util
import shutil
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from benchmarks.cases.measure import Measurement, measure
from benchmarks.cases.sizes import SIZES, Sizes

# Figures agree to this share; errors from replicates that each library draws for itself, to chance.
_AGREE, _DRAWN = 1e-8, 0.15


@dataclass(frozen=True)
class Case:
    """What is measured, and what it should come to: times as fast as `svy`, megabytes at most."""

    name: str
    words: str
    times: float = 0.0
    extra: float = float("inf")
    peak: float = float("inf")
    peers: tuple[str, ...] = ("svy", "R")


CASES = (
    Case("raking", "raking on margins of 63 × 2 × 6 × 5", times=100),
    Case("means", "means with standard errors", times=1),
    Case("bootstrap", "bootstrap of means", times=50, extra=200),
    Case("domains", "means in 63 provinces of one-byte answers", peak=8192, peers=()),
)


def compare(options: argparse.Namespace) -> Iterator[str]:
    """The lines of the table as they are found."""
    for case in CASES:
        if case.name in options.only:
            yield from _case(case, options)


def _case(case: Case, options: argparse.Namespace) -> Iterator[str]:
    sizes = SIZES[case.name].shrunk(options.share)
    if options.rows and case.name == "domains":
        sizes = Sizes(options.rows, sizes.units, sizes.items)
    yield f"\n{case.words}: {_sized(sizes)}"
    ours = measure(case.name, "ours", sizes, options.patience)
    memory = f"{ours.extra:,.0f} MB beyond the data, {ours.peak:,.0f} MB in all"
    met = ours.extra < case.extra and ours.peak < case.peak
    yield f"  {'analysis':10}{_seconds(ours)}   {memory}{_verdict(met)}"
    for peer in case.peers:
        yield f"  {peer:10}{_peer(case, peer, sizes, ours, options)}"


def _peer(case: Case, peer: str, sizes: Sizes, ours: Measurement, options: argparse.Namespace) -> str:
    if peer in options.without:
        return "left out"
    if not (shutil.which("Rscript") if peer == "R" else importlib.util.find_spec(peer)):
        return "skipped: not installed"
    try:
        theirs = measure(case.name, peer, sizes, options.patience)
    except RuntimeError as error:
        return f"failed: {error}"
    times = theirs.seconds / ours.seconds
    verdict = _verdict(times >= case.times) if peer == "svy" else ""
    return f"{_seconds(theirs)}   {times:,.1f} times as long{verdict}; {_agreement(ours, theirs)}"


def _agreement(ours: Measurement, theirs: Measurement) -> str:
    """How far apart the figures are, so that the ratio is seen to be of the same work."""
    words = []
    for name, values in ours.figures.items():
        ratios, drawn = theirs.figures[name] / values, name.startswith("drawn")
        apart = abs(float(ratios.mean()) - 1) if drawn else float(np.abs(ratios - 1).max())
        agree = "agree" if apart < (_DRAWN if drawn else _AGREE) else "DIFFER"
        words.append(f"{name} {agree} ({apart:.0e})")
    return ", ".join(words)


def _sized(sizes: Sizes) -> str:
    parts = {"rows": sizes.rows, "units": sizes.units, "items": sizes.items, "replicates": sizes.replicates}
    return ", ".join(f"{size:,} {name}" for name, size in parts.items() if size)


def _seconds(measurement: Measurement) -> str:
    return f"{measurement.seconds * 1000:10,.1f} ms"


def _verdict(met: bool) -> str:
    return " (goal met)" if met else " (goal MISSED)"
