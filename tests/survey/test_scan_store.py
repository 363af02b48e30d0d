"""Pictures of forms come back as they were stored, encrypted where that is set, and go when they must."""

from __future__ import annotations

import os
import tempfile
import tracemalloc
from pathlib import Path

import pytest
from cryptography.fernet import Fernet

from survey import scan_store
from survey.config import SettingsError, checked, from_environment
from survey.scan_store import ScanStore, ScanUnreadable

PICTURE = b"\x89PNG a ticked box"


def files(folder) -> list:
    return [path for path in folder.rglob("*") if path.is_file()]


@pytest.mark.parametrize("keys", [[], [Fernet.generate_key().decode()]], ids=["plain", "encrypted"])
def test_a_picture_comes_back_and_goes_for_good(tmp_path, keys):
    store = ScanStore(tmp_path, keys)
    first, second = store.put(PICTURE), store.put(PICTURE)
    assert store.get(first) == store.get(second) == PICTURE
    assert len(files(tmp_path)) == 2
    store.delete(first)
    store.delete(first)
    assert len(files(tmp_path)) == 1
    with pytest.raises(FileNotFoundError):
        store.get(first)


def test_with_a_key_nothing_can_be_read_from_the_disk(tmp_path):
    store = ScanStore(tmp_path, [Fernet.generate_key().decode()])
    key = store.put(PICTURE)
    (file,) = files(tmp_path)
    assert b"ticked" not in file.read_bytes()
    assert file.stat().st_mode & 0o077 == 0
    for keys in ([], [Fernet.generate_key().decode()]):
        with pytest.raises(ScanUnreadable):
            ScanStore(tmp_path, keys).get(key)


def test_a_key_may_be_replaced_and_set_later(tmp_path):
    old, new = Fernet.generate_key().decode(), Fernet.generate_key().decode()
    stored = [ScanStore(tmp_path, keys).put(PICTURE) for keys in ([], [old], [new])]
    store = ScanStore(tmp_path, [new, old])
    assert [store.get(key) for key in stored] == [PICTURE] * 3


def test_a_changed_file_is_not_taken_for_the_picture(tmp_path):
    store = ScanStore(tmp_path, [Fernet.generate_key().decode()])
    key = store.put(PICTURE)
    (file,) = files(tmp_path)
    file.write_bytes(file.read_bytes()[:-8] + b"AAAAAAA=")
    with pytest.raises(ScanUnreadable):
        store.get(key)


def test_files_encrypted_whole_as_they_once_were_are_still_read(tmp_path):
    """Written as version 0.1 wrote them: one Fernet token."""
    old, new, name = Fernet.generate_key(), Fernet.generate_key(), "00112233445566778899aabbccddeeff"
    (tmp_path / "00").mkdir()
    (tmp_path / "00" / f"{name}.encrypted").write_bytes(Fernet(old).encrypt(PICTURE))
    assert ScanStore(tmp_path, [new.decode(), old.decode()]).get(name) == PICTURE
    for keys in ([], [new.decode()]):
        with pytest.raises(ScanUnreadable):
            ScanStore(tmp_path, keys).get(name)
    ScanStore(tmp_path).delete(name)
    assert files(tmp_path) == []


@pytest.mark.parametrize("keys", [[], [Fernet.generate_key().decode()]], ids=["plain", "encrypted"])
def test_storing_takes_no_more_memory_for_a_larger_file(tmp_path, keys):
    peaks = [peak_of_storing(ScanStore(tmp_path, keys), tmp_path / "large", size) for size in (1, 64)]
    assert max(peaks) < 2**20


def peak_of_storing(store: ScanStore, path: Path, megabytes: int) -> int:
    """Bytes of memory at most, while a file of so many megabytes is stored."""
    with path.open("w+b") as file:
        file.truncate(megabytes * 2**20)
        tracemalloc.start()
        try:
            store.put_file(file)
            return tracemalloc.get_traced_memory()[1]
        finally:
            tracemalloc.stop()


@pytest.mark.parametrize("keys", [[], [Fernet.generate_key().decode()]], ids=["plain", "encrypted"])
def test_an_opened_file_is_read_anywhere_and_takes_no_more_memory_the_larger_it_is(tmp_path, keys):
    store, parts = ScanStore(tmp_path, keys), [bytes([number]) * 2**20 for number in range(24)]
    small, large = store.put(b"".join(parts[:1])), store.put(b"".join(parts))
    assert max(peak_of_reading(store, key) for key in (small, large)) < 2**19
    with store.opened(large) as file:
        assert file.seek(0, os.SEEK_END) == len(parts) * 2**20
        for number in (20, 3, 4):
            assert file.seek(number * 2**20 - 1) == number * 2**20 - 1
            assert file.read(2) == bytes([number - 1, number])
        assert file.read(2**20) == parts[4][1:] + parts[5][:1]


def peak_of_reading(store: ScanStore, key: str) -> int:
    tracemalloc.start()
    try:
        with store.opened(key) as file:
            while file.read(4096):
                pass
        return tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()


def test_what_is_encrypted_never_lies_plain_on_the_disk(tmp_path, monkeypatch):
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    store = ScanStore(tmp_path, [Fernet.generate_key().decode()])
    with store.opened(store.put(PICTURE)) as file:
        assert file.read() == PICTURE
        here = [Path(f"/proc/self/fd/{name}") for name in os.listdir("/proc/self/fd")]
        held = {os.readlink(each) for each in here if os.path.exists(each)}
        assert [name for name in held if name.startswith(str(tmp_path))] == [str(files(tmp_path)[0])]


def test_a_file_that_could_not_be_written_whole_leaves_nothing(tmp_path, monkeypatch):
    def full(_file: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(scan_store.os, "fsync", full)
    with pytest.raises(OSError, match="No space"):
        ScanStore(tmp_path).put(PICTURE)
    assert files(tmp_path) == []


@pytest.mark.parametrize("key", ["../../etc/passwd", "", "x"])
def test_no_other_file_is_reached(tmp_path, key):
    with pytest.raises(ValueError, match="UUID"):
        ScanStore(tmp_path).get(key)


def test_a_key_that_cannot_encrypt_is_refused_at_start():
    working = {"SECRET_KEY": "x" * 32}
    keys = f"{Fernet.generate_key().decode()}, {Fernet.generate_key().decode()}"
    assert len(checked(from_environment({**working, "SCANS_KEY": keys}))["SCANS_KEYS"]) == 2
    with pytest.raises(SettingsError, match="SCANS_KEY"):
        checked(from_environment({**working, "SCANS_KEY": "secret"}))
