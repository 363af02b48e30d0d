"""What the keying screen's script sends and is answered: field by field, and nothing of anybody else's."""

from __future__ import annotations

import pytest
import sqlalchemy as sa
from flask import Flask
from flask.testing import FlaskClient

from questionnaires.paper import write_serial
from survey.collection.paper import Plan, set_plan
from survey.db import db
from survey.models import Batch, FormReading, PaperForm
from tests.survey.entry.desk import PAPER, STORED, Desk
from tests.survey.factory import make_user
from tests.survey.paper.room import make_room


class Screen:
    """A keying screen with its script."""

    def __init__(self, client: FlaskClient, batch_id: int, kind: str = "first") -> None:
        self.client, self.batch_id, self.kind = client, batch_id, kind

    def claim(self, **wanted: object):
        reply = self.client.submit(f"/entry/batches/{self.batch_id}/claim", {"kind": self.kind, **wanted})
        self.held = reply.json.get("held")
        self.seq = self.held["seq"] if self.held else 0
        return reply

    def save(self, item: str, *texts: str, note: str = "", **undo: str):
        fields = {"token": self.held["token"], "seq": self.seq + 1, "item": item, "note": note, **undo}
        reply = self.client.submit(self.held["address"], {**fields, "text": list(texts)})
        self.seq = reply.json.get("seq", self.seq)
        return reply

    def finish(self):
        return self.client.submit(f"{self.held['address']}/finish", {"token": self.held["token"]})

    def key(self, answers: dict[str, object]) -> None:
        for item, value in answers.items():
            assert self.save(item, *([value] if isinstance(value, str) else value)).status_code == 200
        assert self.finish().json == {}


@pytest.fixture
def screen(client: FlaskClient, batch_id: int, enumerator: int) -> Screen:
    made = Screen(client, batch_id)
    made.claim()
    return made


@pytest.fixture
def keyed_twice(app: Flask, batch_id: int) -> None:
    """All forms of the batch are."""
    with app.app_context():
        set_plan(db.session.get(Batch, batch_id), Plan("all"), make_user(db.session, "supervisor"))


def test_fields_are_saved_and_the_form_is_accepted(app, screen):
    screen.key(PAPER)
    with app.app_context():
        form = db.session.scalars(sa.select(PaperForm)).one()
        assert (form.number, form.state) == (1, "accepted")
        assert form.response.versions[0].answers == STORED


def test_who_comes_back_goes_on_where_they_stopped(screen):
    screen.save("received", "no")
    screen.save("visits", "2")
    screen.save("clear", note="blank")
    held = screen.claim().json["held"]
    assert held["texts"] == {"received": ["no"], "visits": ["2"]}
    assert (held["notes"], held["cursor"], held["seq"]) == ({"clear": "blank"}, "clear", 3)


def test_what_was_changed_last_is_told_to_who_comes_back_as_it_was_typed(screen):
    screen.save("visits", "2")
    screen.save("visits", "3")
    screen.save("clear", note="blank")
    nothing = {"texts": [], "note": ""}
    replaced = [{"item": "visits", **nothing}, {"item": "visits", "texts": ["2"], "note": ""}]
    assert screen.claim().json["held"]["replaced"] == [*replaced, {"item": "clear", **nothing}]
    screen.save("clear", undo="1")
    assert screen.claim().json["held"]["replaced"] == replaced


def test_what_cannot_stand_is_told_at_its_item_and_the_next_field_takes_its_turn(screen):
    refused = screen.save("visits", "99")
    assert refused.status_code == 422
    assert refused.json["faults"] == [{"place": "visits", "words": "Số lần từ 0 đến 30."}]
    assert screen.save("visits", "99", note="impossible").json == {"seq": 1}


def test_what_is_missing_at_the_end_is_told_at_its_items(screen):
    screen.save("received", "no")
    refused = screen.finish()
    assert refused.status_code == 422
    assert [fault["place"] for fault in refused.json["faults"]] == ["polite", "clear"]


def test_another_screen_takes_the_form_over(screen):
    held = screen.held
    screen.claim()
    screen.held = held
    lost = screen.save("received", "no")
    assert lost.status_code == 409
    assert lost.json["faults"][0]["place"] == "form"


def test_a_page_left_open_saves_nothing_for_who_signs_in_after(client, screen, sign_in):
    sign_in("supervisor")
    for reply in (screen.save("received", "no"), screen.finish()):
        assert reply.status_code == 409


def test_only_the_profile_of_ones_own_last_form_is_repeated(app, client, batch_id, screen, sign_in):
    screen.key({**PAPER, "ethnicity": "kinh"})
    assert screen.claim(after=1).json["held"]["last"] == {"ethnicity": ["kinh"]}
    sign_in("supervisor")
    assert Screen(client, batch_id).claim(after=2).json["held"]["last"] == {}


def test_a_form_printed_here_is_named_by_the_digits_on_its_pages(app, client, enumerator):
    with app.app_context():
        batch = make_room(forms=1).batch
        batch_id, serial = batch.id, batch.first_serial
    assert Screen(client, batch_id).claim().json["held"]["serial"] == write_serial(serial)


def test_a_form_printed_here_is_opened_by_the_digits_on_its_pages(app, client, enumerator):
    with app.app_context():
        batch = make_room(forms=3).batch
        batch_id, serial = batch.id, batch.first_serial
    screen, digits = Screen(client, batch_id), write_serial(serial + 1)
    assert screen.claim(number=digits).json["held"]["number"] == 2
    wrong = digits[:-1] + str((int(digits[-1]) + 1) % 10)
    for typed in (wrong, write_serial(serial + 3)):  # a wrong check digit; a form of another batch
        refused = screen.claim(number=typed)
        assert (refused.status_code, refused.json["faults"][0]["place"]) == (422, "number")


def test_of_a_number_that_is_no_form_here_is_said_which_numbers_are(app, client, enumerator):
    with app.app_context():
        batch = make_room(forms=3).batch
        batch_id, first = batch.id, write_serial(batch.first_serial)
    told = Screen(client, batch_id).claim(number="16").json["faults"][0]
    assert told["place"] == "number"
    assert all(word in told["words"] for word in ("“16”", " 3,", "8", first))


@pytest.mark.parametrize("number", ["0", "một", "1,5", "9" * 30])
def test_a_form_needs_a_whole_number(screen, number):
    refused = screen.claim(number=number)
    assert refused.status_code == 422
    assert refused.json["faults"][0]["place"] == "number"


def test_requests_that_no_screen_sends_are_not_understood(client, screen):
    assert client.submit(screen.held["address"], {"token": "x", "seq": 1}).status_code == 400
    assert client.submit(screen.held["address"], {"token": screen.held["token"]}).status_code == 400
    assert client.submit("/entry/readings/99", {"token": "x", "seq": 1}).status_code == 400


SECRET = "Chỉ người thứ nhất thấy câu này"


@pytest.mark.usefixtures("keyed_twice")
def test_the_second_keyer_is_told_nothing_of_what_the_first_keyed(app, client, batch_id, screen, sign_in):
    screen.key({**PAPER, "ethnicity": "kinh", "comment": SECRET})
    sign_in("enumerator", name="mai")
    second = Screen(client, batch_id, "second")
    pages = [client.get(f"/entry/batches/{batch_id}{path}").text for path in ("", "/key-again")]
    claimed = second.claim()
    held = claimed.json["held"]
    assert (held["number"], held["texts"], held["notes"], held["last"]) == (1, {}, {}, {})
    replies = [claimed, second.save("received", "no"), second.save("polite", "low")]
    assert all(SECRET not in text for text in [*pages, *(reply.text for reply in replies)])
    assert all(" checked" not in text and " selected" not in text for text in pages)
    second.key({"clear": "low"})
    with app.app_context():
        assert db.session.scalars(sa.select(PaperForm)).one().state == "disputed"
    assert SECRET not in client.get(f"/entry/batches/{batch_id}").text


@pytest.mark.usefixtures("keyed_twice")
def test_nobody_keys_the_same_form_twice(screen):
    screen.key(PAPER)
    second = Screen(screen.client, screen.batch_id, "second")
    assert second.claim().json == {"held": None, "only_scans": ""}
    assert second.claim(number=1).status_code == 422


@pytest.mark.usefixtures("keyed_twice")
def test_a_form_in_other_hands_is_offered_to_nobody_else(client, batch_id, screen, sign_in):
    screen.key(PAPER)
    batch = f"/entry/batches/{batch_id}"
    sign_in("enumerator", name="mai")
    assert f"{batch}/key-again" in client.get(batch).text
    Screen(client, batch_id, "second").claim()
    assert f"{batch}/key-again" in client.get(batch).text  # to go on with it
    sign_in("enumerator", name="hoa")
    assert f"{batch}/key-again" not in client.get(batch).text
    assert Desk(client, batch_id, "key-again").field("form-number") == ""
    refused = Screen(client, batch_id, "second").claim(number=1)
    assert (refused.status_code, refused.json["faults"][0]["place"]) == (422, "number")


@pytest.mark.usefixtures("keyed_twice")
def test_a_second_keying_works_without_the_script_too(app, client, batch_id, screen, sign_in):
    screen.key(PAPER)
    sign_in("enumerator", name="mai")
    desk = Desk(client, batch_id, "key-again")
    assert desk.field("form-number") == "1"
    saved = desk.save(PAPER)
    assert saved.location == f"/entry/batches/{batch_id}"
    assert desk.save(PAPER).status_code == 303  # sent twice
    told = desk.save({**PAPER, "polite": "low"})
    assert told.status_code == 422
    with app.app_context():
        assert db.session.scalars(sa.select(PaperForm)).one().state == "accepted"
        assert len(db.session.scalars(sa.select(FormReading)).all()) == 2


@pytest.mark.usefixtures("keyed_twice")
def test_answers_stay_hidden_until_the_second_keying(app, client, batch_id, enumerator, sign_in):
    """Of forms accepted before the plan was chosen too."""
    with app.app_context():
        set_plan(db.session.get(Batch, batch_id), Plan(), make_user(db.session, "supervisor"))
    Desk(client, batch_id).key(PAPER)
    with app.app_context():
        set_plan(db.session.get(Batch, batch_id), Plan("all"), make_user(db.session, "supervisor"))
        address = f"/entry/responses/{db.session.scalar(sa.select(PaperForm.response_id))}"
    sign_in("supervisor")
    for path in (address, f"{address}/correct"):
        hidden = client.get(path)
        assert hidden.status_code == 409
        assert "Thái độ lịch sự" not in hidden.text
