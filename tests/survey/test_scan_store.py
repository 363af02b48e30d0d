"""Pictures of forms come back as they were stored, encrypted where that is set, and go when they must."""

from __future__ import annotations

import pytest
from cryptography.fernet import Fernet

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
