"""Enumerators key paper forms, supervisors look after batches and what was keyed."""

from __future__ import annotations

import unicodedata
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import NamedTuple

import pytest
import sqlalchemy as sa
from flask import Flask
from flask.testing import FlaskClient

from survey.collection import Submission, submit
from survey.db import db, now
from survey.entry.progress import missing_numbers, next_number
from survey.entry.screen import lines_of
from survey.models import AuditEntry, Batch, PaperForm, Response, Survey, User
from tests.survey.factory import make_batch, make_round
from tests.survey.pages import Page

PAPER = {"received": "no", "visits": "2", "polite": "high", "clear": "dont_know", "improve": ["time", "cost"]}
STORED = {"received": "no", "visits": 2, "polite": "high", "clear": "dont_know", "improve": ["time", "cost"]}


class MadeIds(NamedTuple):
    survey: int
    strata: list[int]


@pytest.fixture
def made(app: Flask) -> MadeIds:
    """A round with an open survey of three agencies, by the ids of what was made."""
    with app.app_context():
        made = make_round(db.session)
        return MadeIds(made.survey.id, [stratum.id for stratum in made.strata])


@pytest.fixture
def batch_id(app: Flask) -> int:
    with app.app_context():
        return make_batch(db.session, make_round(db.session)).id


@pytest.fixture
def enumerator(sign_in: Callable[..., int]) -> int:
    return sign_in("enumerator")


class Desk:
    """A person at the keying screen of a batch, with the page they have open."""

    def __init__(self, client: FlaskClient, batch_id: int) -> None:
        self.client, self.path = client, f"/entry/batches/{batch_id}/key"
        self.open()

    def open(self) -> None:
        self.page = self.client.get(self.path).text

    def field(self, name: str) -> str:
        return next(each["value"] for each in Page(self.page).named("input") if each.get("name") == name)

    def save(self, answers: dict[str, object], **controls: str):
        """Send what is keyed. The page stays open, as after going back to it."""
        typed = {"form-token": self.field("form-token"), "form-number": self.field("form-number")}
        names = {name.replace("_", "-"): value for name, value in controls.items()}
        return self.client.submit(self.path, {**typed, **names, **answers})

    def key(self, answers: dict[str, object], **controls: str) -> None:
        """Key a form and go on to the next."""
        saved = self.save(answers, **controls)
        assert saved.status_code == 303, saved.text
        self.page = self.client.get(saved.location).text


@pytest.fixture
def desk(client: FlaskClient, batch_id: int, enumerator: int) -> Desk:
    return Desk(client, batch_id)


def count(app: Flask, model: type) -> int:
    with app.app_context():
        return db.session.scalar(sa.select(sa.func.count()).select_from(model))


def deeds(app: Flask) -> list[str]:
    with app.app_context():
        return list(db.session.scalars(sa.select(AuditEntry.action).order_by(AuditEntry.id)))


@contextmanager
def counted_queries(app: Flask) -> Iterator[list[str]]:
    said: list[str] = []

    def note(connection, cursor, statement, *rest) -> None:
        said.append(statement)

    with app.app_context():
        engine = db.engine
    sa.event.listen(engine, "before_cursor_execute", note)
    yield said
    sa.event.remove(engine, "before_cursor_execute", note)


# Keying


def test_a_keyed_form_becomes_a_response_and_the_next_number_waits(app, desk, enumerator):
    assert desk.field("form-number") == "1"
    desk.key(PAPER)
    assert "Đã lưu phiếu 1." in desk.page
    assert desk.field("form-number") == "2"
    with app.app_context():
        form = db.session.scalars(sa.select(PaperForm)).one()
        assert (form.number, form.state, form.keyed_by_id) == (1, "keyed", enumerator)
        assert form.response.mode == "keyed"
        assert form.response.stratum_id == form.batch.stratum_id
        assert form.response.versions[0].answers == STORED
    assert "form.key" in deeds(app)


def test_every_question_is_on_the_screen_with_a_digit_for_each_choice(desk):
    inputs = {(each.get("name"), each.get("value")) for each in Page(desk.page).named("input")}
    for name, choices in {
        "received": ("yes", "no"),
        "late": ("yes", "no"),
        "polite": ("low", "middle", "high", "dont_know"),
        "improve": ("time", "cost", "manner"),
    }.items():
        assert {(name, choice) for choice in choices} <= inputs
    assert {"visits", "visited_on", "reason"} <= {name for name, _ in inputs}
    assert desk.page.count('<kbd class="app-digit">4</kbd>') == 2  # the two rows with four choices


def test_double_click_saves_once(app, desk):
    first, second = desk.save(PAPER), desk.save(PAPER)
    assert (first.status_code, second.status_code) == (303, 303)
    assert count(app, Response) == count(app, PaperForm) == 1


def test_going_back_and_sending_again_with_other_answers_is_told_and_changes_nothing(app, desk):
    desk.save(PAPER)
    again = desk.save({**PAPER, "polite": "low"})
    assert again.status_code == 422
    assert "đã được lưu từ trang này với câu trả lời khác" in again.text
    with app.app_context():
        assert db.session.scalars(sa.select(Response)).one().versions[0].answers == STORED


def test_going_back_and_keying_another_form_on_the_old_page_saves_that_form(app, desk):
    desk.save(PAPER)
    assert desk.save({**PAPER, "polite": "low"}, form_number="2").status_code == 303
    assert count(app, Response) == 2


def test_a_form_keyed_by_somebody_else_is_refused_with_who_and_what_was_typed_stays(
    app, client, batch_id, desk, sign_in
):
    desk.key(PAPER)
    sign_in("supervisor")
    other = Desk(client, batch_id)
    refused = other.save({**PAPER, "visits": "7"}, form_number="1")
    assert refused.status_code == 422
    assert "Người enumerator" in refused.text
    assert 'name="visits" type="text" value="7"' in refused.text
    assert count(app, Response) == 1


@pytest.mark.parametrize("number", ["", "0", "-1", "1,5", "một", "9" * 30])
def test_a_form_needs_a_whole_number(app, desk, number):
    refused = desk.save(PAPER, form_number=number)
    assert refused.status_code == 422
    assert "Hãy nhập số in trên phiếu" in refused.text
    assert count(app, Response) == 0


def test_all_faults_are_told_at_their_places_and_nothing_typed_is_lost(app, desk):
    wrong = {"received": "maybe", "visits": "99", "visited_on": "30/02/2022", "polite": "high", "late": "yes"}
    refused = desk.save({**wrong, "comment": "Cần thêm ghế\nvà quạt"})
    assert refused.status_code == 422
    page = Page(refused.text)
    faulty = {
        each.get("id", "")[5:-6] for each in page.named("p") if each.get("class") == "govuk-error-message"
    }
    assert faulty == {"received", "late", "visits", "visited_on", "clear"}
    assert "“maybe”" in refused.text
    assert "Số lần từ 0 đến 30." in refused.text
    assert "1: " in refused.text  # the summary names the lines by their numbers
    checked = {(each["name"], each["value"]) for each in page.named("input") if "checked" in each}
    assert ("polite", "high") in checked
    assert ("late", "yes") in checked
    assert 'value="30/02/2022"' in refused.text
    assert "Cần thêm ghế\nvà quạt" in refused.text
    assert count(app, Response) == 0


def test_what_is_blank_on_paper_is_confirmed_once_and_stays_blank(app, desk):
    paper = {"received": "no", "polite": "high"}
    refused = desk.save(paper)
    assert refused.status_code == 422
    assert 'href="#item-clear">6.2: ' in refused.text
    desk.key(paper, form_blanks="1")
    with app.app_context():
        assert db.session.scalars(sa.select(Response)).one().versions[0].answers == paper


def test_confirmed_blanks_excuse_nothing_else(app, desk):
    refused = desk.save({"received": "no", "late": "yes", "visits": "99", "polite": "?"}, form_blanks="1")
    assert refused.status_code == 422
    faulty = {
        each.get("id") for each in Page(refused.text).named("p") if each.get("class") == "govuk-error-message"
    }
    assert faulty == {"item-late-error", "item-visits-error", "item-polite-error"}
    assert count(app, Response) == 0


def test_a_paused_survey_is_still_keyed_and_a_closed_one_is_not(app, client, batch_id, desk):
    set_state(app, batch_id, "paused")
    desk.key(PAPER)
    set_state(app, batch_id, "closed")
    refused = desk.save(PAPER)
    assert refused.status_code == 422
    assert "không nhận phiếu giấy" in refused.text
    assert client.get(desk.path).status_code == 409
    assert count(app, Response) == 1


def set_state(app: Flask, batch_id: int, state: str) -> None:
    with app.app_context():
        db.session.get(Batch, batch_id).survey.state = state
        db.session.commit()


def test_a_closed_batch_takes_no_form_and_opens_again(app, client, batch_id, desk, sign_in):
    sign_in("supervisor")
    assert client.submit(f"/entry/batches/{batch_id}/close").status_code == 302
    refused = desk.save(PAPER)
    assert refused.status_code == 422
    assert "đã đóng" in refused.text
    assert client.get(desk.path).status_code == 409
    client.submit(f"/entry/batches/{batch_id}/open")
    assert desk.save(PAPER).status_code == 303
    assert [deed for deed in deeds(app) if deed.startswith("batch.")] == ["batch.close", "batch.open"]


def test_a_request_without_its_token_is_not_understood(app, client, batch_id, enumerator):
    path = f"/entry/batches/{batch_id}/key"
    assert client.submit(path, {**PAPER, "form-number": "1", "form-token": "x"}).status_code == 400
    assert count(app, Response) == 0


def test_keying_the_last_form_leads_back_to_the_batch(app, client, enumerator):
    with app.app_context():
        batch_id = make_batch(db.session, make_round(db.session), forms_expected=1).id
    saved = Desk(client, batch_id).save(PAPER)
    assert saved.location == f"/entry/batches/{batch_id}"
    assert "Đã nhập hết phiếu của lô này." in client.get(saved.location).text


def test_text_is_stored_in_one_normal_form(app, desk):
    desk.key({**PAPER, "comment": unicodedata.normalize("NFD", "Cần thêm ghế")})
    with app.app_context():
        answers = db.session.scalars(sa.select(Response)).one().versions[0].answers
        assert answers["comment"] == "Cần thêm ghế"


@pytest.mark.parametrize(
    "name",
    ["citizen-satisfaction-2024", "business-satisfaction-2024", "officials-2024", "deputies-2024"],
)
def test_every_shipped_questionnaire_fits_the_screen(app, client, enumerator, name):
    with app.app_context():
        made = make_round(db.session, questionnaire=name)
        batch = make_batch(db.session, made)
        codes = {line.item.code for line in lines_of(made.survey.questionnaire_version.questionnaire)}
        batch_id = batch.id
    names = {
        each.get("name")
        for each in Page(client.get(f"/entry/batches/{batch_id}/key").text).named(
            "input", "select", "textarea"
        )
    }
    assert codes <= names


def test_lines_are_numbered_as_printed_forms_are(app, made):
    with app.app_context():
        survey = db.session.get(Survey, made.survey)
        numbers = {
            line.item.code: line.number for line in lines_of(survey.questionnaire_version.questionnaire)
        }
    assert numbers["received"] == "1"
    assert numbers["reason"] == "5"
    assert (numbers["polite"], numbers["clear"]) == ("6.1", "6.2")
    assert numbers["improve"] == "7"


# Batches


def test_enumerators_see_open_batches_and_how_far_they_are(app, client, batch_id, desk, sign_in):
    desk.key(PAPER)
    page = client.get("/entry").text
    assert f"/entry/batches/{batch_id}/key" in page
    assert "Tiến độ theo người nhập" not in page
    sign_in("supervisor")
    page = client.get("/entry").text
    assert "Tiến độ theo người nhập" in page
    assert "Người enumerator" in page
    client.submit(f"/entry/batches/{batch_id}/close")
    assert f"/entry/batches/{batch_id}" not in client.get("/entry").text
    assert f"/entry/batches/{batch_id}" in client.get("/entry?closed=1").text


def test_a_supervisor_makes_a_batch_and_its_code_is_its_own(app, client, made, sign_in):
    sign_in("supervisor")
    stratum_id = str(made.strata[1])
    batch = {"stratum_id": stratum_id, "code": "SNV-01", "forms_expected": "20"}
    created = client.submit("/entry/batches/new", batch)
    assert created.status_code == 302
    assert "SNV-01" in client.get(created.location).text
    refused = client.submit("/entry/batches/new", {**batch, "code": "snv-01"})
    assert refused.status_code == 400
    assert "đã có lô mang mã đó" in refused.text
    with app.app_context():
        stored = db.session.scalars(sa.select(Batch)).one()
        assert (stored.survey_id, stored.stratum_id, stored.forms_expected) == (
            made.survey,
            made.strata[1],
            20,
        )
    assert "batch.create" in deeds(app)


@pytest.mark.parametrize(
    "wrong",
    [{"stratum_id": ""}, {"stratum_id": "999999"}, {"code": ""}, {"code": "a b"}, {"forms_expected": "0"}],
)
def test_a_batch_with_a_fault_is_not_made(app, client, made, sign_in, wrong):
    sign_in("supervisor")
    batch = {"stratum_id": str(made.strata[0]), "code": "SNV-01", "forms_expected": "20"}
    assert client.submit("/entry/batches/new", batch | wrong).status_code == 400
    assert count(app, Batch) == 0


@pytest.mark.parametrize(
    ("numbers", "expected", "gaps"),
    [
        ([], 3, [(1, 3)]),
        ([1, 2, 3], 3, []),
        ([2, 5], 6, [(1, 1), (3, 4), (6, 6)]),
        ([1, 99], 3, [(2, 98)]),  # 99 is a slip of the finger: the gap shows it
        ([1201, 1203], 4, [(1202, 1202), (1204, 1204)]),  # a batch that is not printed from 1
    ],
)
def test_missing_numbers_are_named(numbers, expected, gaps):
    assert missing_numbers(numbers, expected) == gaps


@pytest.mark.parametrize(
    ("numbers", "after", "number"), [([], None, 1), ([1, 2], None, 3), ([1, 2, 4], 2, 3), ([1, 2, 3], 1, 4)]
)
def test_the_next_number_is_free(numbers, after, number):
    assert next_number(numbers, after) == number


def test_the_batch_names_what_is_missing(client, batch_id, desk):
    desk.key(PAPER, form_number="2")
    page = client.get(f"/entry/batches/{batch_id}").text
    assert "Còn thiếu số:" in page
    assert "3–10" in page


def test_lists_ask_the_database_as_often_for_many_rows_as_for_few(app, client, made, sign_in):
    sign_in("supervisor")
    with app.app_context():
        batch_id = add_batch(made, "first")

    def queries() -> tuple[int, int]:
        with counted_queries(app) as batches:
            client.get("/entry")
        with counted_queries(app) as forms:
            client.get(f"/entry/batches/{batch_id}")
        return len(batches), len(forms)

    few = queries()
    with app.app_context():
        batch = db.session.get(Batch, batch_id)
        for number in range(1, 21):
            add_form(batch, number)
            add_batch(made, f"b{number}")
    assert queries() == few


def add_batch(made: MadeIds, code: str) -> int:
    batch = Batch(survey_id=made.survey, stratum_id=made.strata[0], code=code, forms_expected=10)
    db.session.add(batch)
    db.session.commit()
    return batch.id


def add_form(batch: Batch, number: int) -> None:
    user = User(name=f"u{number}", full_name=f"Người {number}", role="enumerator", password_hash="")
    response = Response(
        id=uuid.uuid4(),
        survey_id=batch.survey_id,
        unit_id=batch.stratum.unit_id,
        stratum_id=batch.stratum_id,
        mode="keyed",
        received_on=batch.survey.opens_on,
    )
    db.session.add_all([user, response])
    db.session.flush()
    form = PaperForm(batch_id=batch.id, number=number, response_id=response.id, keyed_by_id=user.id)
    form.keyed_at = now()
    db.session.add(form)
    db.session.commit()


# Checking and correcting


@pytest.fixture
def keyed(app: Flask, desk: Desk, sign_in: Callable[..., int]) -> str:
    """The address of a form that an enumerator keyed; the client is now a supervisor."""
    desk.key(PAPER)
    sign_in("supervisor")
    with app.app_context():
        return f"/entry/responses/{db.session.scalar(sa.select(Response.id))}"


def form_state(app: Flask) -> str:
    with app.app_context():
        return db.session.scalars(sa.select(PaperForm.state)).one()


def test_a_supervisor_reads_a_form_and_verifies_it(app, client, keyed):
    page = client.get(keyed).text
    assert "Thái độ lịch sự" in page
    assert "Hài lòng" in page
    assert "Kết quả có trễ hẹn không?" not in page  # not asked of who received nothing
    assert client.submit(f"{keyed}/verify").status_code == 303
    assert form_state(app) == "verified"
    assert "form.verify" in deeds(app)


def test_nobody_verifies_a_form_they_keyed_themselves(app, client, batch_id, sign_in):
    sign_in("supervisor")
    Desk(client, batch_id).key(PAPER)
    with app.app_context():
        address = f"/entry/responses/{db.session.scalar(sa.select(Response.id))}"
    refused = client.submit(f"{address}/verify")
    assert refused.status_code == 409
    assert "người khác" in refused.text
    assert form_state(app) == "keyed"


def test_verifying_leads_to_the_next_form_to_check(app, client, desk, sign_in):
    desk.key(PAPER)
    desk.key(PAPER)
    sign_in("supervisor")
    with app.app_context():
        first, second = db.session.scalars(sa.select(PaperForm.response_id).order_by(PaperForm.number))
    assert client.submit(f"/entry/responses/{first}/verify").location == f"/entry/responses/{second}"


def test_a_form_is_rejected_with_a_reason_only(app, client, keyed):
    assert client.submit(f"{keyed}/reject", {"reason": " "}).status_code == 400
    assert form_state(app) == "keyed"
    assert client.submit(f"{keyed}/reject", {"reason": "Phiếu trắng"}).status_code == 303
    assert form_state(app) == "rejected"
    page = client.get(keyed).text
    assert "Phiếu trắng" in page
    assert f"{keyed}/correct" not in page
    assert client.submit(f"{keyed}/verify").status_code == 409
    assert "response.reject" in deeds(app)


def correction(client: FlaskClient, keyed: str, answers: dict[str, object], **controls: str):
    page = Page(client.get(f"{keyed}/correct").text)
    seen = next(each["value"] for each in page.named("input") if each.get("name") == "form-version")
    names = {name.replace("_", "-"): value for name, value in controls.items()}
    return client.submit(f"{keyed}/correct", {"form-version": seen, **names, **answers})


def test_a_correction_is_a_new_version_with_who_and_why(app, client, keyed):
    page = client.get(f"{keyed}/correct").text
    assert 'name="polite" value="high" checked' in page.replace(' id="item-polite"', "")
    corrected = correction(
        client, keyed, {**PAPER, "polite": "low", "visits": ""}, form_reason="Nhập nhầm dòng"
    )
    assert corrected.status_code == 303
    page = client.get(keyed).text
    assert "Nhập nhầm dòng" in page
    assert "Người supervisor" in page
    assert "6.1: Hài lòng → Không hài lòng" in page
    assert "3: 2 → để trống" in page
    with app.app_context():
        response = db.session.scalars(sa.select(Response)).one()
        assert [version.answers["polite"] for version in response.versions] == ["high", "low"]
    assert "response.correct" in deeds(app)


def test_a_correction_needs_a_reason_and_sound_answers(app, client, keyed):
    refused = correction(client, keyed, {**PAPER, "polite": "low"})
    assert refused.status_code == 422
    assert "Hãy nêu lý do." in refused.text
    refused = correction(client, keyed, {**PAPER, "visits": "99"}, form_reason="Nhập nhầm")
    assert refused.status_code == 422
    assert 'value="Nhập nhầm"' in refused.text
    with app.app_context():
        assert db.session.scalars(sa.select(Response)).one().version == 1


def test_the_second_of_two_corrections_is_told(app, client, keyed):
    correction(client, keyed, {**PAPER, "polite": "low"}, form_reason="Một")
    refused = client.submit(f"{keyed}/correct", {**PAPER, "form-version": "1", "form-reason": "Hai"})
    assert refused.status_code == 422
    assert "Trong lúc đó có người khác đã sửa" in refused.text


def test_answers_that_people_sent_themselves_cannot_be_opened(app, client, made, sign_in):
    sent = Submission(uuid.uuid4(), made.strata[0], STORED)
    with app.app_context():
        submit(db.session.get(Survey, made.survey), sent)
    sign_in("supervisor")
    assert client.get(f"/entry/responses/{sent.response_id}").status_code == 404
    assert client.submit(f"/entry/responses/{sent.response_id}/reject", {"reason": "x"}).status_code == 404
