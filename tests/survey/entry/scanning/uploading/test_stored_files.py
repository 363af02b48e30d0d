"""Uploaded files in the store: encrypted, taken in pieces, and nothing left behind."""

from __future__ import annotations

import tracemalloc
from pathlib import Path

from cryptography.fernet import Fernet

from tests.survey.entry.scanning.sheets import CLEAR, as_file
from tests.survey.entry.scanning.uploading.job import run_job


def test_scans_are_encrypted_on_the_disk_where_a_key_is_set(print_desk, monkeypatch, tmp_path):
    desk = print_desk()
    monkeypatch.setitem(desk.app.config, "SCANS_FOLDER", str(tmp_path))
    monkeypatch.setitem(desk.app.config, "SCANS_KEYS", [Fernet.generate_key().decode()])
    desk.upload({"a.pdf": as_file(desk.printed.marked(1, CLEAR))})
    stored = [path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()]
    assert len(stored) == 2  # the file, and the picture of its page
    assert not any(mark in content for content in stored for mark in (b"\xff\xd8\xff", b"%PDF"))
    assert desk.client.get(f"/entry/scans/pages/{desk.sheets()[0].id}/picture").data[:3] == b"\xff\xd8\xff"
    monkeypatch.setitem(desk.app.config, "SCANS_KEYS", [Fernet.generate_key().decode()])
    assert desk.client.get(f"/entry/scans/pages/{desk.sheets()[0].id}/picture").status_code == 404


def test_an_upload_takes_no_more_memory_for_a_larger_file(print_desk, monkeypatch, tmp_path):
    desk = print_desk()
    monkeypatch.setitem(desk.app.extensions, "run_job", lambda job_id: None)
    monkeypatch.setitem(desk.app.config, "SCANS_FOLDER", str(tmp_path / "store"))
    monkeypatch.setitem(desk.app.config, "SCANS_KEYS", [Fernet.generate_key().decode()])
    content = as_file(desk.printed.marked(1, CLEAR), "TIFF")
    desk.upload({"first.tif": content})  # what is loaded once
    small, large = (peak_of_upload(desk, tmp_path / f"{size}.tif", content, size) for size in (2, 64))
    assert [scan.state for scan in desk.scans()] == ["waiting"] * 3
    assert large - small < 2**20


def peak_of_upload(desk, path: Path, content: bytes, megabytes: int) -> int:
    """Bytes of memory at most, while a file with so much behind its pages is sent and taken."""
    path.write_bytes(content)
    with path.open("r+b") as file:
        file.truncate(megabytes * 2**20)
        tracemalloc.start()
        try:
            data = {"files": [(file, path.name)]}
            assert desk.client.submit(desk.path, data, content_type="multipart/form-data").status_code == 303
            return tracemalloc.get_traced_memory()[1]
        finally:
            tracemalloc.stop()


def test_a_file_uploaded_again_leaves_nothing_behind_of_the_one_that_could_not_be_opened(
    print_desk, monkeypatch, tmp_path
):
    """As where the process that reads lacked the key."""
    desk = print_desk()
    monkeypatch.setitem(desk.app.config, "SCANS_FOLDER", str(tmp_path))
    content = as_file(desk.printed.marked(1, CLEAR))
    with monkeypatch.context() as elsewhere:
        elsewhere.setitem(desk.app.config, "SCANS_KEYS", [Fernet.generate_key().decode()])
        elsewhere.setitem(desk.app.extensions, "run_job", lambda job_id: None)
        desk.upload({"a.pdf": content})
    run_job(desk.app)
    assert [scan.state for scan in desk.scans()] == ["failed"]
    assert desk.upload({"a.pdf": content}).status_code == 303
    known = {scan.key for scan in desk.scans()} | {sheet.key for sheet in desk.sheets()}
    assert {path.stem for path in tmp_path.rglob("*") if path.is_file()} == known
    assert desk.state(1) == "accepted"


def test_a_file_gone_from_the_store_is_named(print_desk, monkeypatch, tmp_path):
    desk = print_desk()
    monkeypatch.setitem(desk.app.extensions, "run_job", lambda job_id: None)
    desk.upload({"a.pdf": as_file(desk.printed.marked(1, CLEAR))})
    monkeypatch.setitem(desk.app.config, "SCANS_FOLDER", str(tmp_path))
    run_job(desk.app)
    assert [scan.state for scan in desk.scans()] == ["failed"]
    monkeypatch.undo()
    content = as_file(desk.printed.marked(1, CLEAR))
    assert desk.upload({"a.pdf": content}).status_code == 303
    assert desk.state(1) == "accepted"
