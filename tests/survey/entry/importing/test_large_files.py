"""Large files are imported by a job; what becomes of them stands on a page of their own."""

from __future__ import annotations

import io
import uuid
import zipfile
from datetime import timedelta

import pytest
from flask import Flask

from survey import jobs
from survey.db import now
from survey.entry.importing import size
from survey.scan_store import scan_store
from tests.survey.entry.importing.sheets import FORM, HEADER, STORED, faults, row, stored, upload, xlsx


@pytest.fixture(autouse=True)
def small_limit(app: Flask, monkeypatch, tmp_path) -> None:
    """Two rows are many here; files that wait for their job lie in a folder of the test."""
    monkeypatch.setattr(size, "AT_ONCE", 2)
    monkeypatch.setitem(app.config, "SCANS_FOLDER", str(tmp_path))


def files_kept(app: Flask) -> list[str]:
    with app.app_context():
        return [path.name for path in scan_store().folder.rglob("*") if path.is_file()]


def test_a_job_stores_all_forms_and_says_how_many(app, client, target):
    content = xlsx(*[row(number, target.units[0]) for number in range(1, 6)])
    started = upload(client, target, content)
    assert started.location.startswith("/jobs/")
    outcome = client.get(started.location)
    assert outcome.location == f"{target.path}/outcome"
    done = client.get(outcome.location)
    assert done.location == target.path
    assert "Đã nhập 5 phiếu." in client.get(done.location).text
    assert stored(app) == [STORED] * 5
    assert files_kept(app) == []


def test_all_faults_come_back_with_their_cells_and_nothing_is_stored(app, client, target):
    rows = [row(1, target.units[0]), row(1, target.units[0]), row(3, target.units[0], {**FORM, "visits": 99})]
    upload(client, target, xlsx(*rows))
    assert set(faults(client.get(f"{target.path}/outcome"))) == {"A3", "F4"}
    assert stored(app) == []
    assert files_kept(app) == []


def test_one_person_does_not_see_what_another_uploaded(client, target, sign_in):
    upload(client, target, xlsx(*[row(1, target.units[0])] * 3))
    sign_in("planner")
    assert client.get(f"{target.path}/outcome").location == target.path


def outcomes_deleted(app: Flask) -> str:
    return app.test_cli_runner().invoke(args=["respond", "delete-expired"]).output.splitlines()[-1]


def test_what_was_wrong_with_a_file_is_forgotten_after_a_day(app, client, target, monkeypatch):
    upload(client, target, xlsx(*[row(1, target.units[0])] * 3))
    assert outcomes_deleted(app) == "0 outcomes of imports deleted"
    assert set(faults(client.get(f"{target.path}/outcome"))) == {"A3", "A4"}
    monkeypatch.setattr(jobs, "now", lambda: now() + timedelta(days=1, minutes=1))
    assert client.get(f"{target.path}/outcome").location == target.path
    assert outcomes_deleted(app) != "0 outcomes of imports deleted"  # those of other tests lie there too
    assert outcomes_deleted(app) == "0 outcomes of imports deleted"


def test_a_file_whose_job_begins_again_must_be_uploaded_again(app, client, target, monkeypatch):
    waiting: list[str] = []
    monkeypatch.setitem(app.extensions, "run_job", waiting.append)
    started = upload(client, target, xlsx(*[row(number, target.units[0]) for number in range(1, 6)]))
    with app.app_context():
        store = scan_store()
        for name in files_kept(app):
            store.delete(name.partition(".")[0])
        jobs.run(uuid.UUID(waiting[0]))
    page = client.get(started.location)
    assert "Upload it again" in page.text or "Hãy tải" in page.text
    assert stored(app) == []


@pytest.mark.parametrize("rows", [0, 2, 3, 50])
def test_rows_are_counted_without_reading(rows):
    table = [row(number, "u") for number in range(rows)]
    lines = [",".join(map(str, cells)) for cells in [HEADER, *table]]
    assert size.probable_rows(xlsx(*table)) >= min(rows, 2)
    assert size.probable_rows("\n".join(lines).encode()) == rows
    assert size.probable_rows(b"PK\x03\x04 broken") == 0


SHEET = "xl/worksheets/sheet1.xml"


def packed(content: bytes, packing: int = zipfile.ZIP_DEFLATED) -> bytearray:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", packing) as archive:
        archive.writestr(SHEET, content)
    return bytearray(file.getvalue())


def test_of_a_locked_or_damaged_workbook_nothing_is_told():
    locked, damaged = packed(b"</row>" * 9), packed(b"</row>" * 9)
    locked[6] |= 1
    locked[locked.find(b"PK\x01\x02") + 8] |= 1
    first = 30 + len(SHEET)  # bytes: the local header
    damaged[first : first + 8] = b"\xff" * 8
    assert [size.probable_rows(bytes(content)) for content in (locked, damaged)] == [0, 0]


def broken(packing: int) -> bytes:
    content = packed(b"</row>" * 50_000, packing)
    first = 40 + len(SHEET)  # bytes: the local header and the beginning, which says how to unpack
    content[first : first + 50] = bytes(255 - byte for byte in content[first : first + 50])
    return bytes(content)


def of_a_new_kind() -> bytes:
    """Packed in a way that nobody knows."""
    content = packed(b"</row>")
    for place in (8, content.find(b"PK\x01\x02") + 10):
        content[place] = 99
    return bytes(content)


@pytest.mark.parametrize(
    "content",
    [
        *map(broken, (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA)),
        of_a_new_kind(),
        bytes(packed(b"</row>"))[:-30],
    ],
)
def test_a_damaged_workbook_is_refused_in_words(client, target, content):
    page = upload(client, target, content)
    assert page.status_code == 422
    assert "Không đọc được tệp này như bảng tính Excel (.xlsx)" in page.text


def test_what_would_unpack_to_too_much_is_not_unpacked(monkeypatch):
    monkeypatch.setattr(size, "MOST_BYTES", 100)
    assert size.probable_rows(bytes(packed(b"</row>" * 99))) == 0
