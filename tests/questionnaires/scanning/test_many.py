"""Many pages are read by several processes as they are by one, and nobody is left behind."""

from __future__ import annotations

import io
import os
import signal
import subprocess
import sys
import time
from concurrent.futures.process import BrokenProcessPool
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from questionnaires.scanning import PageReading, ScannedPage, many, pages_of, read_page
from questionnaires.scanning.refused import UNFORESEEN

PROJECT = Path(__file__).parents[3]
STARTS_HELPERS = """
import io
import sys
from questionnaires.scanning import many, pages_of

if __name__ == "__main__":
    many.WORTH_HELPERS, many.cores = 1, lambda: 2
    readings = many.read_pages(pages_of(io.BytesIO(sys.stdin.buffer.read()), "a.tif"), {}, 40)
    next(readings)
    print("reading", flush=True)
    sys.stdin.close()
    import time
    time.sleep(60)
"""


DEADLY = 0
"""The grey of a page that kills who reads it."""
ONCE = 128
"""The grey of a page that kills who reads it the first time alone, as where memory is short."""


def pages_of_greys(*greys: int) -> io.BytesIO:
    first, *others = (Image.fromarray(np.full((400, 300), grey, np.uint8)) for grey in greys)
    file = io.BytesIO()
    first.save(file, "TIFF", save_all=True, append_images=others)
    return file


def read_or_die(page: ScannedPage, _told: None = None) -> PageReading:
    """What a process does that a library kills, without a word to anybody."""
    grey, marker = page.image[0, 0], Path(os.environ["DIED_ONCE"])
    if grey == DEADLY or (grey == ONCE and not marker.exists()):
        marker.touch()
        os.kill(os.getpid(), signal.SIGKILL)
    return many._read(page)


def end_at_once(_layouts: object) -> None:
    os._exit(1)


@pytest.fixture
def two_cores(monkeypatch):
    monkeypatch.setattr(many, "WORTH_HELPERS", 1)
    monkeypatch.setattr(many, "cores", lambda: 2)


@pytest.fixture
def mortal(two_cores, monkeypatch, tmp_path):
    """Processes that really die of some pages."""
    monkeypatch.setenv("DIED_ONCE", str(tmp_path / "died"))
    monkeypatch.setattr(many, "_read", read_or_die)


def test_several_processes_read_what_one_reads(two_cores):
    pages = list(pages_of(pages_of_greys(*[255] * 9), "a.tif", range(2, 10)))
    alone = [read_page(page, {}) for page in pages]
    assert list(many.read_pages(pages, {}, expected=8)) == alone
    assert [reading.number for reading in alone] == list(range(2, 10))


def test_a_page_that_kills_its_process_costs_no_other(mortal):
    greys = [255, 255, DEADLY, 255, 255, 255, 255, DEADLY]
    readings = list(many.read_pages(pages_of(pages_of_greys(*greys), "lô 7.tif"), {}, expected=8))
    assert [reading.number for reading in readings] == list(range(1, 9))
    killed = [reading for reading in readings if reading.fault.template == UNFORESEEN]
    assert [reading.place for reading in killed] == ["lô 7.tif:3", "lô 7.tif:8"]
    assert "reason of our own" in killed[0].fault.sentence()
    assert "terminated abruptly" in killed[0].error
    assert killed[0].picture  # for who keys it


def test_a_page_that_is_read_once_it_is_alone_is_read(mortal):
    readings = list(many.read_pages(pages_of(pages_of_greys(255, ONCE, 255), "a.tif"), {}, expected=3))
    assert [reading.number for reading in readings] == [1, 2, 3]
    assert UNFORESEEN not in [reading.fault.template for reading in readings]


def test_a_few_pages_cost_no_more_where_they_are_read_apart(mortal, monkeypatch):
    monkeypatch.setattr(many, "WORTH_HELPERS", 12)
    monkeypatch.setattr(many, "cores", lambda: 1)
    pages = pages_of(pages_of_greys(255, DEADLY), "a.tif")
    readings = list(many.read_pages(pages, {}, expected=2, apart=True))
    assert [reading.fault.template == UNFORESEEN for reading in readings] == [False, True]


def test_where_no_process_can_be_started_no_page_is_blamed(two_cores, monkeypatch):
    monkeypatch.setattr(many, "_begin", end_at_once)
    with pytest.raises(BrokenProcessPool):
        list(many.read_pages(pages_of(pages_of_greys(255, 255), "a.tif"), {}, expected=2))


@pytest.mark.skipif(not Path("/proc").exists(), reason="processes are counted in /proc")
def test_helpers_end_with_who_started_them(tmp_path):
    script = tmp_path / "starts_helpers.py"
    script.write_text(STARTS_HELPERS)
    environment = {**os.environ, "PYTHONPATH": str(PROJECT)}
    reader = subprocess.Popen(
        [sys.executable, script], stdin=subprocess.PIPE, stdout=subprocess.PIPE, env=environment
    )
    reader.stdin.write(pages_of_greys(*[255] * 40).getvalue())
    reader.stdin.close()
    assert reader.stdout.readline() == b"reading\n"
    helpers = children(reader.pid)
    assert len(helpers) >= 2
    reader.send_signal(signal.SIGKILL)
    reader.wait()
    reader.stdout.close()
    assert all(ended(helper) for helper in helpers)


def children(pid: int) -> list[int]:
    return [int(word) for word in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]


def ended(pid: int) -> bool:
    """Within a minute; a process that waits to be noticed by its parent has ended."""
    status = Path(f"/proc/{pid}/status")
    for _ in range(600):
        if not status.exists() or "State:\tZ" in status.read_text():
            return True
        time.sleep(0.1)
    return False
