"""Pages that the machine could not read: brought to their form by a person, kept with it, or laid aside."""

from __future__ import annotations

import datetime
import threading
from concurrent.futures import ThreadPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from typing import Any

import cv2
import numpy as np
import pytest
import sqlalchemy as sa

from questionnaires.faults import Fault
from questionnaires.paper import write_serial
from questionnaires.scanning.finding import NO_CODE
from questionnaires.scanning.forms import MISSING
from questionnaires.scanning.pages import LONGEST_PICTURE
from questionnaires.scanning.refused import UNFORESEEN
from survey.collection import Refused
from survey.collection.paper import claim, finish, mark_forms
from survey.db import db, today
from survey.entry.scanning import reading_again
from survey.entry.scanning.laying_aside import FORM_GONE, READ_BEFORE, READ_OTHERWISE
from survey.entry.scanning.pictures import pictures_of
from survey.entry.scanning.stored import dump_faults
from survey.entry.scanning.telling import told_page
from survey.entry.scanning.unread import CHANGED, TO_BE_KEYED
from survey.models import AuditEntry, Batch, FormReading, Response, ScanPage, Survey
from survey.models.user import ROLES
from survey.scan_store import scan_store
from tests.survey.entry.desk import count, deeds
from tests.survey.entry.scanning.sheets import CLEAR, DPI, STORED, as_file, print_room
from tests.survey.factory import make_user
from tests.survey.pages import Page
from tests.survey.paper.room import type_in

LONG = "citizen-satisfaction-2024"


def blotted(page: np.ndarray, desk, number: int = 1) -> np.ndarray:
    """The page with ink over its QR code."""
    (place,) = (code for code in desk.printed.layout.codes if code.page == number)
    middle = tuple(round(length * DPI / 25.4) for length in place.middle)
    cv2.circle(page, middle, round(7 * DPI / 25.4), (30, 30, 60), cv2.FILLED)
    return page


def hidden_marks(page: np.ndarray) -> np.ndarray:
    """The page without its two lower corner marks."""
    page[-round(17 * DPI / 25.4) :] = 255
    return page


@pytest.fixture
def desk(print_desk):
    """A form whose page has ink over its code."""
    desk = print_desk()
    (page,) = desk.printed.marked(1, CLEAR)
    desk.upload({"a.png": as_file([blotted(page, desk)], "PNG")})
    assert [fault.template for fault in desk.faults()] == [NO_CODE]
    return desk


def number(desk, form: int = 1) -> str:
    return write_serial(desk.printed.first_serial + form - 1)


def path_of(desk, place: int = 0) -> str:
    return f"/entry/scans/pages/{desk.sheets()[place].id}"


def tell(desk, place: int = 0, **typed: Any):
    data = {"serial": number(desk), "page": "1", "deed": "read", **typed}
    return desk.client.submit(path_of(desk, place), data)


def templates(desk) -> list[str]:
    return [fault.template for fault in desk.faults()]


def test_the_page_shows_why_and_the_scan_as_it_is(desk):
    page = desk.client.get(path_of(desk)).text
    assert "a.png" in page
    picture = next(each["src"] for each in Page(page).named("img"))
    sent = desk.client.get(picture)
    assert sent.mimetype == "image/jpeg"
    assert sent.headers["Cache-Control"] == "no-store"
    shown = cv2.imdecode(np.frombuffer(sent.data, np.uint8), cv2.IMREAD_GRAYSCALE)
    assert max(shown.shape) == LONGEST_PICTURE
    assert f'href="{path_of(desk)}"' in desk.page()


def test_where_all_forms_have_one_page_it_is_filled_in(desk):
    (page,) = [
        each for each in Page(desk.client.get(path_of(desk)).text).named("input") if each["name"] == "page"
    ]
    assert page["value"] == "1"


@pytest.mark.parametrize(
    "written", [str, lambda text: text.replace(" ", "").replace("-", ""), lambda text: text.replace("-", "/")]
)
def test_a_page_told_is_read_and_its_form_taken_in(desk, written):
    before = desk.sheets()[0].key
    assert tell(desk, serial=written(number(desk))).status_code == 303
    assert desk.answers(1) == STORED
    (sheet,) = desk.sheets()
    assert (sheet.state, sheet.page, sheet.reason) == ("settled", 1, "")
    assert sheet.key != before
    with desk.app.app_context():
        assert scan_store().get(sheet.key)
        with pytest.raises(FileNotFoundError):
            scan_store().get(before)
    assert "scan.page_told" in deeds(desk.app)
    assert count(desk.app, Response) == 1


def test_what_is_in_doubt_on_it_is_asked_as_on_any_page(print_desk):
    desk = print_desk()
    without = {**CLEAR, "polite": []}
    (page,) = desk.printed.marked(1, without, polite="high")
    desk.upload({"a.png": as_file([blotted(page, desk)], "PNG")})
    assert tell(desk).status_code == 303
    (sheet,) = desk.sheets()
    assert (sheet.state, sheet.readings["open"]) == ("doubtful", ["polite"])
    desk.say(sheet, "polite", "yes", proposal="Hài lòng")
    assert desk.answers(1) == STORED


def test_it_joins_the_other_page_of_its_form(print_desk):
    desk = print_desk(1, LONG)
    first, second = desk.printed.form(1)
    desk.upload({"a.pdf": as_file([first, blotted(second, desk, 2)])})
    assert sorted(templates(desk)) == sorted([MISSING, NO_CODE])
    assert tell(desk, 1, page="2").status_code == 303
    assert templates(desk) == []
    assert [sheet.page for sheet in desk.sheets()] == [1, 2]


@pytest.mark.parametrize(
    ("typed", "field", "words"),
    [
        ({"serial": ""}, "serial", "Ông/Bà"),
        ({"serial": "abc"}, "serial", "abc"),
        ({"serial": "0000 572-5"}, "serial", "0000 572-5"),
        ({"serial": "0077 777-"}, "serial", "0077 777-"),
        ({"page": ""}, "page", ""),
        ({"page": "x"}, "page", ""),
        ({"page": "0"}, "page", ""),
        ({"page": "2"}, "page", ""),
    ],
)
def test_what_cannot_be_meant_is_said_at_its_field(desk, typed, field, words):
    refused = tell(desk, **typed)
    assert refused.status_code == 422
    assert f'id="{field}-error"' in refused.text
    assert desk.sheets()[0].state == "unreadable"


def test_a_number_never_printed_is_named_at_its_field(desk):
    refused = tell(desk, serial=write_serial(777_777))
    assert refused.status_code == 422
    assert 'id="serial-error"' in refused.text
    assert f'value="{write_serial(777_777)}"' in refused.text


def test_a_form_of_another_survey_is_named_with_it(desk):
    with desk.app.app_context():
        foreign = print_room(1, LONG)
        serial, code = write_serial(foreign.first_serial), foreign.made.survey.code
    refused = tell(desk, serial=serial)
    assert refused.status_code == 422
    assert code in refused.text.partition('id="serial-error"')[2].partition("</p>")[0]


def test_a_form_read_before_keeps_its_answers(desk):
    with desk.app.app_context():
        held = claim(desk.printed.batch_id, make_user(db.session), "first", number=1)
        type_in(held, {**STORED, "polite": "low"})
        finish(held.reading_id, held.token)
    assert tell(desk).status_code == 303
    assert templates(desk) == [READ_OTHERWISE]
    assert desk.answers(1)["polite"] == "low"


def test_a_form_marked_as_spoiled_is_named(desk):
    with desk.app.app_context():
        batch = db.session.get(Batch, desk.printed.batch_id)
        mark_forms(batch, [1], "spoiled", make_user(db.session, "supervisor"), "rách")
    tell(desk)
    assert templates(desk) == [FORM_GONE]
    assert count(desk.app, Response) == 0


def test_another_page_than_the_boxes_show_is_refused_at_its_field(print_desk):
    desk = print_desk(1, LONG)
    first, _second = desk.printed.form(1)
    desk.upload({"a.png": as_file([blotted(first, desk)], "PNG")})
    refused = tell(desk, page="2")
    assert refused.status_code == 422
    assert 'id="page-error"' in refused.text
    assert desk.sheets()[0].state == "unreadable"


def test_a_code_that_can_be_read_after_all_is_believed(print_desk):
    """As where the corner marks are torn off, and its code is there."""
    desk = print_desk()
    (page,) = desk.printed.marked(1, CLEAR)
    page[:, : round(17 * DPI / 25.4)] = 255
    desk.upload({"a.png": as_file([hidden_marks(page)], "PNG")})
    refused = tell(desk, serial=number(desk, 2), deed="keep")
    assert refused.status_code == 422
    assert number(desk, 1) in refused.text.partition('id="serial-error"')[2].partition("</p>")[0]
    known = Page(desk.client.get(path_of(desk)).text).named("input")
    assert number(desk, 1) in [each.get("value") for each in known]


@pytest.fixture
def lost(print_desk):
    """A form whose page has neither code nor enough corner marks."""
    desk = print_desk()
    (page,) = desk.printed.marked(1, CLEAR)
    desk.upload({"a.png": as_file([hidden_marks(blotted(page, desk))], "PNG")})
    return desk


def test_a_page_that_stays_unread_is_kept_with_its_form_to_be_keyed(lost):
    refused = tell(lost)
    assert refused.status_code == 422
    assert 'value="keep"' in refused.text
    assert tell(lost, deed="keep").status_code == 303
    (sheet,) = lost.sheets()
    assert (sheet.state, sheet.page, lost.state(1)) == ("set_aside", 1, "returned")
    assert templates(lost)[-1] == TO_BE_KEYED
    with lost.app.app_context():
        form_id = lost.form(1).id
        assert sheet.form_id == form_id
        assert pictures_of(lost.form(1), "polite") == []  # it is not straight: a row of it shows anything
    page = lost.client.get(f"/entry/forms/{form_id}/scans").text
    assert f"{path_of(lost)}/picture" in page
    assert lost.client.get(f"{path_of(lost)}/items/polite").status_code == 404
    assert "scan.page_attached" in deeds(lost.app)


def test_once_its_form_is_keyed_its_notice_is_settled(lost):
    tell(lost, deed="keep")
    assert 'id="named"' in lost.page()
    with lost.app.app_context():
        held = claim(lost.printed.batch_id, make_user(db.session), "first", number=1)
        type_in(held, STORED)
        finish(held.reading_id, held.token)
    assert 'id="named"' not in lost.page()
    assert "a.png" in lost.page()


@pytest.mark.parametrize(("state", "named"), [("spoiled", FORM_GONE), ("keyed", READ_BEFORE)])
def test_kept_with_a_form_that_needs_no_keying_it_says_so(lost, state, named):
    with lost.app.app_context():
        if state == "keyed":
            held = claim(lost.printed.batch_id, make_user(db.session), "first", number=1)
            type_in(held, STORED)
            finish(held.reading_id, held.token)
        else:
            batch = db.session.get(Batch, lost.printed.batch_id)
            mark_forms(batch, [1], state, make_user(db.session, "supervisor"), "rách")
    tell(lost, deed="keep")
    assert templates(lost)[-1] == named


def test_keeping_it_is_undone(lost):
    before = lost.sheets()[0]
    tell(lost, deed="keep")
    assert lost.client.submit(f"{path_of(lost)}/take-back").status_code == 303
    (after,) = lost.sheets()
    same = ("state", "form_id", "page", "reason", "key", "readings")
    assert [getattr(after, name) for name in same] == [getattr(before, name) for name in same]


def test_a_page_is_laid_aside_by_name_and_taken_back(desk):
    assert desk.client.submit(f"{path_of(desk)}/not-needed").status_code == 303
    assert desk.sheets()[0].state == "set_aside"
    listed = desk.page()
    assert 'id="named"' not in listed
    assert "Người supervisor" in listed.partition("govuk-details__text")[2].partition("</details>")[0]
    assert "Người supervisor" in desk.client.get(path_of(desk)).text
    assert tell(desk).status_code == 303  # it is told that nothing is asked of the page
    assert count(desk.app, Response) == 0
    desk.client.submit(f"{path_of(desk)}/take-back")
    assert 'id="named"' in desk.page()
    tell(desk)
    assert desk.answers(1) == STORED
    with desk.app.app_context():
        query = sa.select(AuditEntry).where(AuditEntry.action.startswith("scan.page_"))
        entries = db.session.scalars(query.order_by(AuditEntry.id)).all()
        assert [entry.action[10:] for entry in entries] == ["not_needed", "taken_back", "told"]
        assert all(entry.actor_id for entry in entries)


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


@pytest.mark.parametrize("deed", ["not-needed", "take-back"])
def test_a_deed_that_comes_too_late_is_told(desk, deed):
    tell(desk)
    late = desk.client.submit(f"{path_of(desk)}/{deed}")
    assert "a.png" in desk.client.get(late.location).text.partition("<h1")[0]
    assert desk.sheets()[0].state == "settled"


def test_a_page_that_is_read_leads_to_its_form(desk):
    tell(desk)
    with desk.app.app_context():
        form_id = desk.form(1).id
    assert desk.client.get(path_of(desk)).location.endswith(f"/entry/forms/{form_id}/scans")


def test_a_stored_file_that_is_gone_costs_no_picture(desk):
    with desk.app.app_context():
        scan_store().delete(desk.scans()[0].key)
    refused = tell(desk)
    assert refused.status_code == 422
    assert tell(desk, deed="keep").status_code == 303
    assert templates(desk)[-1] == TO_BE_KEYED


def test_what_killed_a_process_before_is_read_in_another(desk, monkeypatch):
    with desk.app.app_context():
        sheet = db.session.get_one(ScanPage, desk.sheets()[0].id)
        sheet.reason = dump_faults([Fault("a.png:1", UNFORESEEN, {"file": "a.png", "page": 1})])
        db.session.commit()

    def dies(scanned, *_arguments):
        raise BrokenProcessPool

    with monkeypatch.context() as patch:
        patch.setattr(reading_again, "read_alone", dies)
        refused = tell(desk)
        assert refused.status_code == 422
        assert 'value="keep"' in refused.text
    assert tell(desk).status_code == 303
    assert desk.answers(1) == STORED


def test_after_the_last_day_its_picture_is_gone_too(desk):
    key = desk.sheets()[0].key
    with desk.app.app_context():
        survey = db.session.get(Survey, desk.printed.survey_id)
        survey.keep_until = today() - datetime.timedelta(days=1)
        db.session.commit()
    desk.app.test_cli_runner().invoke(args=["respond", "delete-expired"])
    with desk.app.app_context(), pytest.raises(FileNotFoundError):
        scan_store().get(key)
    assert desk.client.get(f"{path_of(desk)}/picture").status_code == 404
    assert desk.client.get(path_of(desk)).status_code == 200
    for deed in ("", "/not-needed", "/take-back"):
        data = {"serial": number(desk), "page": "1", "deed": "keep"}
        assert desk.client.submit(path_of(desk) + deed, data).status_code == 303
    assert desk.sheets()[0].key == ""


@pytest.mark.parametrize("role", ROLES)
def test_only_supervisors_say_what_a_page_is(desk, sign_in, role):
    if role != "supervisor":
        sign_in(role)
    allowed = role == "supervisor"
    assert desk.client.get(path_of(desk)).status_code == (200 if allowed else 403)
    for deed, expected in (("", 303), ("/take-back", 303), ("/not-needed", 303)):
        data = {"serial": number(desk), "page": "1"}
        assert desk.client.submit(path_of(desk) + deed, data).status_code == (expected if allowed else 403)


def test_without_the_token_nothing_happens(desk):
    for deed in ("", "/not-needed", "/take-back"):
        assert (
            desk.client.post(path_of(desk) + deed, data={"serial": number(desk), "page": "1"}).status_code
            == 400
        )
    assert desk.sheets()[0].state == "unreadable"


@pytest.mark.parametrize("deed", ["", "/not-needed", "/take-back", "/done", "/not-done"])
def test_a_page_that_is_not_there_is_not_found(desk, deed):
    assert desk.client.submit(f"/entry/scans/pages/999999{deed}").status_code == 404
