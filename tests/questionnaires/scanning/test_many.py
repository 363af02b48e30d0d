"""Many pages are read by several processes as they are by one, and nobody is left behind."""

from __future__ import annotations

import io
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from questionnaires.scanning import many, pages_of

PROJECT = Path(__file__).parents[3]
STARTS_HELPERS = """
import sys
from questionnaires.scanning import many, pages_of

if __name__ == "__main__":
    many.WORTH_HELPERS, many.cores = 1, lambda: 2
    readings = many.read_pages(pages_of(sys.stdin.buffer.read(), "a.tif"), {}, 40)
    next(readings)
    print("reading", flush=True)
    sys.stdin.close()
    import time
    time.sleep(60)
"""


def blank_pages(count: int) -> bytes:
    page, file = Image.fromarray(np.full((400, 300), 255, np.uint8)), io.BytesIO()
    page.save(file, "TIFF", save_all=True, append_images=[page] * (count - 1))
    return file.getvalue()


def test_several_processes_read_what_one_reads(monkeypatch):
    pages = list(pages_of(blank_pages(9), "a.tif", range(2, 10)))
    alone = list(many.read_pages(pages, {}, expected=8))
    monkeypatch.setattr(many, "WORTH_HELPERS", 1)
    monkeypatch.setattr(many, "cores", lambda: 2)
    assert list(many.read_pages(pages, {}, expected=8)) == alone
    assert [reading.number for reading in alone] == list(range(2, 10))


@pytest.mark.skipif(not Path("/proc").exists(), reason="processes are counted in /proc")
def test_helpers_end_with_who_started_them(tmp_path):
    script = tmp_path / "starts_helpers.py"
    script.write_text(STARTS_HELPERS)
    environment = {**os.environ, "PYTHONPATH": str(PROJECT)}
    reader = subprocess.Popen(
        [sys.executable, script], stdin=subprocess.PIPE, stdout=subprocess.PIPE, env=environment
    )
    reader.stdin.write(blank_pages(40))
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
