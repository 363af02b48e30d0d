"""Several people tell the same page at once: one brings it to its form, the others are told."""

from __future__ import annotations

import datetime
import threading
from concurrent.futures import ThreadPoolExecutor

from survey.collection import Refused
from survey.db import db
from survey.entry.scanning import reading_again
from survey.entry.scanning.telling import told_page
from survey.entry.scanning.unread import CHANGED
from survey.models import FormReading, Response, ScanPage
from survey.scan_store import scan_store
from tests.survey.entry.desk import count
from tests.survey.entry.scanning.sheets import STORED
from tests.survey.entry.scanning.unread.telling import number, tell
from tests.survey.factory import make_user


def test_the_second_of_two_people_is_told_and_nothing_is_doubled(desk, monkeypatch):
    """Both read the page at once; the second comes to the form when the first is there."""
    read_again = reading_again.read_again

    def meanwhile(sheet, told):
        reading = read_again(sheet, told)
        with monkeypatch.context() as patch, desk.app.app_context():
            patch.setattr(reading_again, "read_again", read_again)
            sheet = db.session.get_one(ScanPage, desk_sheet)
            reading_again.bring_to_form(sheet, told, first, keeping=False)
        return reading

    desk_sheet = desk.sheets()[0].id
    with desk.app.app_context():
        first = make_user(db.session, "supervisor").id
    monkeypatch.setattr(reading_again, "read_again", meanwhile)
    before = stored(desk)
    late = tell(desk)
    assert late.status_code == 303
    told = desk.client.get(late.location).text
    assert "a.png" in told.partition("<h1")[0]
    assert desk.answers(1) == STORED
    assert (count(desk.app, Response), count(desk.app, FormReading), count(desk.app, ScanPage)) == (1, 1, 1)
    assert stored(desk) - before == {desk.sheets()[0].key}


def test_of_four_people_at_once_one_brings_the_page_to_its_form(desk, monkeypatch):
    """All have read it when the first comes to the form."""
    read_again, together = reading_again.read_again, threading.Barrier(4)

    def all_together(sheet, told):
        reading = read_again(sheet, told)
        together.wait()
        return reading

    monkeypatch.setattr(reading_again, "read_again", all_together)
    sheet_id, typed = desk.sheets()[0].id, number(desk)
    with desk.app.app_context():
        people = [make_user(db.session, "supervisor").id for _ in range(4)]

    def bring(person_id: int) -> str:
        with desk.app.app_context():
            sheet = db.session.get_one(ScanPage, sheet_id)
            try:
                told = told_page(sheet, typed, 1)
                return reading_again.bring_to_form(sheet, told, person_id, keeping=False)
            except Refused as refused:
                return refused.faults[0].template

    with ThreadPoolExecutor(4) as threads:
        became = sorted(threads.map(bring, people))
    assert became == sorted([CHANGED, CHANGED, CHANGED, "taken"])
    assert (count(desk.app, Response), count(desk.app, FormReading), count(desk.app, ScanPage)) == (1, 1, 1)


def stored(desk) -> set[str]:
    """The keys of all files in the store."""
    later = datetime.datetime.now(datetime.UTC) + datetime.timedelta(days=1)
    with desk.app.app_context():
        return set(scan_store().keys_before(later))
