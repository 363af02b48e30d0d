"""Files of many pages are read in the memory that one page takes."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from cryptography.fernet import Fernet
from PIL import Image

from survey.scan_store import ScanStore
from tests.survey.entry.scanning.reading_apart import STATUS, peak_of_reading

KEY = Fernet.generate_key().decode()


@pytest.mark.skipif(not STATUS.exists(), reason="memory is measured in /proc")
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
