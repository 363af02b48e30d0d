"""A file read in a process of its own, which says how much memory it took."""

from __future__ import annotations

from multiprocessing.connection import Connection
from pathlib import Path

from questionnaires.scanning import pages_of
from survey.scan_store import ScanStore
from tests.survey.warm import WARM

STATUS = Path("/proc/self/status")


def peak_of_reading(folder: Path, key: str, keys: list[str], pages: int) -> int:
    """Bytes that the process took at most."""
    here, there = WARM.Pipe(duplex=False)
    process = WARM.Process(target=read_and_tell, args=(there, folder, key, keys))
    process.start()
    there.close()
    read, without_fault, kilobytes = here.recv()
    process.join()
    assert (read, without_fault) == (pages, pages)
    return kilobytes * 1024


def read_and_tell(there: Connection, folder: Path, key: str, keys: list[str]) -> None:
    with ScanStore(folder, keys).opened(key) as file:
        faults = [page.fault for page in pages_of(file, "x")]
    (peak,) = (line.split()[1] for line in STATUS.read_text().splitlines() if line.startswith("VmHWM"))
    there.send((len(faults), faults.count(None), int(peak)))
