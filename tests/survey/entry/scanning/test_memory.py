"""Files of many pages are read in the memory that one page takes."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from cryptography.fernet import Fernet
from PIL import Image

from survey.scan_store import ScanStore

PROJECT = Path(__file__).parents[4]
KEY = Fernet.generate_key().decode()
READS_A_FILE = """
import sys
from pathlib import Path
from questionnaires.scanning import pages_of
from survey.scan_store import ScanStore

folder, key, *keys = sys.argv[1:]
with ScanStore(Path(folder), keys).opened(key) as file:
    faults = [page.fault for page in pages_of(file, "x")]
(peak,) = (line.split()[1] for line in open("/proc/self/status") if line.startswith("VmHWM"))
print(len(faults), faults.count(None), peak)
"""


@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="memory is measured in /proc")
@pytest.mark.parametrize(("kind", "keys"), [("PDF", []), ("PDF", [KEY]), ("TIFF", [KEY])])
def test_a_file_of_many_pages_takes_no_more_memory_than_one_of_few(tmp_path, kind, keys):
    few, many = (stored(tmp_path, kind, keys, pages) for pages in (3, 40))
    size = {key: next(tmp_path.rglob(f"{key}.*")).stat().st_size for key in (few, many)}
    assert size[many] > size[few] + 35 * 2**20
    assert peak_of_reading(tmp_path, many, keys, 40) < peak_of_reading(tmp_path, few, keys, 3) + 20 * 2**20


def stored(folder: Path, kind: str, keys: list[str], pages: int) -> str:
    """A file of pages that no program packs into less than a megabyte each."""
    random = np.random.default_rng(pages)
    noise = (Image.fromarray(random.integers(0, 256, (1200, 900), np.uint8)) for _ in range(pages))
    with (folder / "file").open("w+b") as file:
        next(noise).save(file, kind, save_all=True, append_images=noise, quality=95, resolution=200)
        return ScanStore(folder, keys).put_file(file)


def peak_of_reading(folder: Path, key: str, keys: list[str], pages: int) -> int:
    """Bytes that a process of its own took at most."""
    command = [sys.executable, "-c", READS_A_FILE, folder, key, *keys]
    environment = {**os.environ, "PYTHONPATH": str(PROJECT)}
    said = subprocess.run(command, env=environment, capture_output=True, text=True, check=True).stdout
    read, without_fault, kilobytes = map(int, said.split())
    assert (read, without_fault) == (pages, pages)
    return kilobytes * 1024
