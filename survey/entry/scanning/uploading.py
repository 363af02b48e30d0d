"""Uploaded files on their way into the store: each is taken, or named with the reason why not."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, BinaryIO

import sqlalchemy as sa
from sqlalchemy.exc import IntegrityError
from werkzeug.datastructures import FileStorage

from questionnaires.faults import N_, Fault
from questionnaires.scanning import ScanRefused, count_pages
from questionnaires.written import clean
from survey import audit
from survey.collection.transaction import transaction
from survey.db import VIETNAM, db, now
from survey.entry.scanning.stored import dump_faults
from survey.models import Scan, Survey
from survey.scan_store import scan_store

LONGEST_NAME = 120

SAME_FILE = N_("“%(file)s” was uploaded before, as “%(earlier)s” on %(day)s. It is not read twice.")


@dataclass(frozen=True)
class Upload:
    """Where files belong: a survey, a batch if one was named, and who brings them."""

    survey_id: int
    batch_id: int | None
    person_id: int


@dataclass
class Taken:
    """How many files wait to be read, and a fault for each that does not."""

    files: int = 0
    faults: list[Fault] = field(default_factory=list)


def take_files(files: Iterable[FileStorage], upload: Upload) -> Taken:
    """Take files one by one: a fault in one costs no other."""
    taken = Taken()
    for file in files:
        name = clean(file.filename or "", lines=False)[-LONGEST_NAME:] or "–"
        fault = take_file(file.stream, name, upload)
        if fault:
            taken.faults.append(fault)
        else:
            taken.files += 1
    return taken


def take_file(file: BinaryIO, name: str, upload: Upload) -> Fault | None:
    """A file that cannot be read is noted with its reason, its content is not kept. Only a piece of the file
    is in memory: large ones lie on the disk from the moment they come.
    """
    sha256 = hashlib.file_digest(file, "sha256").hexdigest()
    db.session.rollback()  # nobody waits while a file is looked at
    try:
        pages, refused = count_pages(file, name), None
    except ScanRefused as refusal:
        pages, refused = 0, refusal.fault
    key = "" if refused else scan_store().put_file(file)
    scan = {"name": name, "sha256": sha256, "key": key, "pages": pages}
    try:
        same = keep(upload, scan, refused)
    except IntegrityError:  # the same file came at the same moment
        same = scan_of(upload.survey_id, sha256)
    if same is None:
        return refused
    if key:
        scan_store().delete(key)
    return said_before(same, name)


def keep(upload: Upload, found: Mapping[str, Any], refused: Fault | None) -> Scan | None:
    """Note a file, in place of one with the same content that could not be read, whose stored file goes; that
    file where it was read or waits.
    """
    with transaction():
        same = scan_of(upload.survey_id, found["sha256"])
        if same is not None and same.state != "failed":
            return same
        scan = same or Scan(survey_id=upload.survey_id, key="")
        replaced = scan.key
        scan.batch_id, scan.uploaded_by_id, scan.at = upload.batch_id, upload.person_id, now()
        scan.state, scan.reason = ("failed", dump_faults([refused])) if refused else ("waiting", "")
        for name, value in found.items():
            setattr(scan, name, value)
        db.session.add(scan)
        note(scan)
    if replaced:
        scan_store().delete(replaced)
    return None


def scan_of(survey_id: int, sha256: str) -> Scan | None:
    query = sa.select(Scan).filter_by(survey_id=survey_id, sha256=sha256).with_for_update()
    return db.session.scalars(query).one_or_none()


def said_before(same: Scan, name: str) -> Fault:
    day = f"{same.at.astimezone(VIETNAM):%d/%m/%Y %H:%M}"
    return Fault("files", SAME_FILE, {"file": name, "earlier": same.name, "day": day})


def note(scan: Scan) -> None:
    code = db.session.scalars(sa.select(Survey.code).filter_by(id=scan.survey_id)).one()
    audit.record("scan.upload", f"survey {code}", sha256=scan.sha256, pages=scan.pages, state=scan.state)
