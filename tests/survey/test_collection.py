"""What is promised to people who answer and to those who correct: once, whole, nothing lost."""

from __future__ import annotations

import unicodedata
import uuid
from collections.abc import Iterator
from datetime import timedelta

import pytest
import sqlalchemy as sa
from flask import Flask, current_app

from survey import codes
from survey.collection import (
    CodeUsed,
    DraftMissing,
    PaperEntry,
    Refused,
    Submission,
    SurveyClosed,
    correct,
    discard_drafts,
    find_draft,
    open_draft,
    open_link_faults,
    reject,
    save_answers,
    strata_on_offer,
    submit,
    submit_draft,
    submit_many,
    verify,
)
from survey.collection.drafts import fingerprint
from survey.db import db, today
from survey.models import AuditEntry, Draft, Invitation, PaperForm, Response, ResponseVersion
from tests.survey.factory import ANSWERS, MadeRound, make_batch, make_round, make_stratum, make_user

KEY = "a draft's key"


@pytest.fixture
def made(app: Flask) -> Iterator[MadeRound]:
    with app.app_context():
        yield make_round(db.session)


def form(made: MadeRound, place: int = 0, **changes: object) -> Submission:
    return Submission(uuid.uuid4(), made.strata[place].id, ANSWERS | changes)


def code_hash(made: MadeRound, place: int = 0, number: int = 0) -> str:
    return codes.invitation_hash(codes.normalise(made.codes[place][number]), app_key())


def app_key() -> str:
    return current_app.config["SECRET_KEY"]


def count(model: type) -> int:
    return db.session.scalar(sa.select(sa.func.count()).select_from(model))


def templates(refusal: pytest.ExceptionInfo[Refused]) -> dict[str, str]:
    return {fault.place: fault.sentence() for fault in refusal.value.faults}


# Submitting


def test_a_submitted_form_becomes_one_response_with_one_version(made: MadeRound) -> None:
    sent = form(made)
    assert submit(made.survey, sent).repeated is False
    response = db.session.get(Response, sent.response_id)
    assert (response.unit_id, response.stratum_id, response.mode) == (
        made.units[0].id,
        made.strata[0].id,
        "online",
    )
    assert response.received_on == today()
    assert [version.answers for version in response.versions] == [ANSWERS]


def test_a_repeated_submit_changes_nothing_even_after_the_survey_closed(made: MadeRound) -> None:
    sent = form(made)
    submit(made.survey, sent)
    made.survey.state = "closed"
    db.session.commit()
    assert submit(made.survey, sent).repeated
    assert count(Response) == count(ResponseVersion) == 1


def test_a_code_is_burnt_with_its_response_and_not_a_second_time(made: MadeRound) -> None:
    submit(made.survey, form(made), code_hash=code_hash(made))
    assert db.session.scalars(sa.select(Invitation).filter_by(used=True)).one().code_hash == code_hash(made)
    with pytest.raises(CodeUsed):
        submit(made.survey, form(made), code_hash=code_hash(made))
    assert count(Response) == 1


def test_the_same_form_sent_again_with_its_code_is_welcome(made: MadeRound) -> None:
    sent = form(made)
    submit(made.survey, sent, code_hash=code_hash(made))
    assert submit(made.survey, sent, code_hash=code_hash(made)).repeated


def test_refused_answers_leave_the_code_unburnt(made: MadeRound) -> None:
    with pytest.raises(Refused) as refusal:
        submit(made.survey, form(made, polite="wonderful", visits=99), code_hash=code_hash(made))
    assert set(templates(refusal)) == {"polite", "visits"}
    assert "wonderful" in templates(refusal)["polite"]
    assert count(Response) == 0
    assert not db.session.scalars(sa.select(Invitation).filter_by(used=True)).all()


def test_a_missing_answer_and_a_question_of_another_form_are_named_together(made: MadeRound) -> None:
    answers = {code: answer for code, answer in ANSWERS.items() if code != "clear"}
    with pytest.raises(Refused) as refusal:
        submit(made.survey, Submission(uuid.uuid4(), made.strata[0].id, answers | {"salary": 5}))
    assert set(templates(refusal)) == {"clear", "salary"}


def test_answers_off_the_route_are_dropped_from_the_record(made: MadeRound) -> None:
    sent = form(made, received="no", late="yes", reason="Lỗi hệ thống")
    submit(made.survey, sent)
    version = db.session.get(ResponseVersion, (sent.response_id, 1))
    assert "late" not in version.answers
    assert "reason" not in version.answers


@pytest.mark.parametrize("state", ["draft", "paused", "closed"])
def test_a_survey_that_is_not_open_takes_nothing(made: MadeRound, state: str) -> None:
    made.survey.state = state
    db.session.commit()
    with pytest.raises(SurveyClosed):
        submit(made.survey, form(made))
    assert count(Response) == 0


@pytest.mark.parametrize(("opens", "closes", "standing"), [(1, 2, "early"), (-2, -1, "closed")])
def test_the_days_of_a_survey_bind(made: MadeRound, opens: int, closes: int, standing: str) -> None:
    made.survey.opens_on, made.survey.closes_on = today() + timedelta(opens), today() + timedelta(closes)
    db.session.commit()
    with pytest.raises(SurveyClosed) as closed:
        submit(made.survey, form(made))
    assert closed.value.standing == standing


def test_a_stratum_of_another_survey_is_refused(made: MadeRound) -> None:
    other = make_round(db.session)
    with pytest.raises(Refused):
        submit(made.survey, Submission(uuid.uuid4(), other.strata[0].id, ANSWERS))
    with pytest.raises(Refused):
        submit(made.survey, Submission(uuid.uuid4(), 10**6, ANSWERS))
    assert count(Response) == 0


def test_an_id_taken_by_another_survey_is_refused(made: MadeRound) -> None:
    other = make_round(db.session)
    sent = form(other)
    submit(other.survey, sent)
    with pytest.raises(Refused):
        submit(made.survey, Submission(sent.response_id, made.strata[0].id, ANSWERS))


# Drafts


def draft_with(made: MadeRound, answers: dict[str, object]) -> Draft:
    draft = open_draft(made.survey, KEY, made.strata[0])
    save_answers(made.survey, KEY, list(answers), answers, fingerprint({}, list(answers)))
    return draft


def test_a_draft_is_found_again_by_its_key(made: MadeRound) -> None:
    draft_with(made, {"received": "no"})
    assert open_draft(made.survey, KEY, made.strata[0]).answers == {"received": "no"}
    assert find_draft(made.survey, "another key") is None
    assert count(Draft) == 1


def test_two_windows_do_not_write_into_each_other(made: MadeRound) -> None:
    draft_with(made, {"received": "no", "visits": 2})
    untouched = fingerprint({}, ["polite", "clear"])
    saved = save_answers(made.survey, KEY, ["polite", "clear"], {"polite": "high"}, untouched)
    assert saved.answers == {"received": "no", "visits": 2, "polite": "high"}
    assert not saved.overwritten


def test_the_window_that_saves_the_same_page_last_is_told(made: MadeRound) -> None:
    draft_with(made, {"received": "no"})
    as_both_saw_it = fingerprint({"received": "no"}, ["received"])
    assert not save_answers(made.survey, KEY, ["received"], {"received": "yes"}, as_both_saw_it).overwritten
    second = save_answers(made.survey, KEY, ["received"], {}, as_both_saw_it)
    assert second.overwritten
    assert second.answers == {}


def test_a_blank_takes_an_answer_back(made: MadeRound) -> None:
    draft_with(made, {"visits": 2, "received": "no"})
    saved = save_answers(made.survey, KEY, ["visits"], {}, fingerprint({"visits": 2}, ["visits"]))
    assert saved.answers == {"received": "no"}


def test_a_sent_draft_is_gone_and_its_second_sending_repeats(made: MadeRound) -> None:
    draft_with(made, ANSWERS)
    response_id = uuid.uuid4()
    assert not submit_draft(made.survey, KEY, response_id).repeated
    assert count(Draft) == 0
    assert submit_draft(made.survey, KEY, response_id).repeated
    with pytest.raises(DraftMissing):
        submit_draft(made.survey, KEY, uuid.uuid4())


def test_an_unfinished_draft_is_refused_and_kept(made: MadeRound) -> None:
    draft_with(made, {"received": "no"})
    with pytest.raises(Refused):
        submit_draft(made.survey, KEY, uuid.uuid4())
    assert find_draft(made.survey, KEY).answers == {"received": "no"}


def test_text_that_no_door_made_nfc_is_refused(made: MadeRound) -> None:
    answers = ANSWERS | {"comment": unicodedata.normalize("NFD", "Sở Nội vụ phục vụ tốt")}
    with pytest.raises(Refused):
        submit(made.survey, Submission(uuid.uuid4(), made.strata[0].id, answers))


def test_what_was_left_unsent_is_discarded_once_a_survey_is_closed(made: MadeRound) -> None:
    draft_with(made, {"received": "no"})
    assert discard_drafts() == 0
    made.survey.state = "closed"
    db.session.commit()
    assert discard_drafts() == 1
    assert count(Draft) == 0


# The open link


def test_an_open_link_offers_units_with_one_stratum_only(made: MadeRound) -> None:
    make_stratum(made.survey, made.units[0], 50, code="second")
    db.session.commit()
    assert [stratum.unit for stratum in strata_on_offer(made.survey)] == made.units[1:]
    (fault,) = open_link_faults(made.survey)
    assert made.units[0].name in fault.sentence()
    made.survey.open_link = False
    assert open_link_faults(made.survey) == []


# Paper


def test_a_keyed_form_is_filed_with_who_keyed_it(made: MadeRound) -> None:
    batch, enumerator = make_batch(db.session, made), make_user(db.session)
    keyed = Submission(
        uuid.uuid4(), made.strata[0].id, ANSWERS, mode="keyed", paper=PaperEntry(batch.id, 7, enumerator.id)
    )
    submit(made.survey, keyed)
    assert submit(made.survey, keyed).repeated
    filed = db.session.scalars(sa.select(PaperForm)).one()
    assert (filed.number, filed.keyed_by, filed.response.mode) == (7, enumerator, "keyed")
    assert db.session.scalars(sa.select(AuditEntry)).one().action == "form.key"


def test_a_form_keyed_before_is_refused_naming_who_and_when(made: MadeRound) -> None:
    batch, enumerator = make_batch(db.session, made), make_user(db.session)
    for attempt in (1, 2):
        keyed = Submission(
            uuid.uuid4(),
            made.strata[0].id,
            ANSWERS,
            mode="keyed",
            paper=PaperEntry(batch.id, 7, enumerator.id),
        )
        if attempt == 1:
            submit(made.survey, keyed)
        else:
            with pytest.raises(Refused) as refusal:
                submit(made.survey, keyed)
    assert enumerator.full_name in templates(refusal)["number"]
    assert f"{today():%d/%m/%Y}" in templates(refusal)["number"]
    assert count(Response) == 1


def test_paper_is_keyed_after_the_last_day_until_the_survey_is_closed(made: MadeRound) -> None:
    batch, enumerator = make_batch(db.session, made), make_user(db.session)
    made.survey.closes_on = today() - timedelta(1)
    db.session.commit()

    def key(number: int) -> None:
        paper = PaperEntry(batch.id, number, enumerator.id)
        submit(made.survey, Submission(uuid.uuid4(), made.strata[0].id, ANSWERS, mode="keyed", paper=paper))

    key(1)
    made.survey.state = "closed"
    db.session.commit()
    with pytest.raises(SurveyClosed):
        key(2)


def test_a_batch_of_another_stratum_or_closed_takes_no_form(made: MadeRound) -> None:
    batch, enumerator = make_batch(db.session, made), make_user(db.session)
    paper = PaperEntry(batch.id, 1, enumerator.id)
    with pytest.raises(Refused):
        submit(made.survey, Submission(uuid.uuid4(), made.strata[1].id, ANSWERS, mode="keyed", paper=paper))
    batch.closed = True
    db.session.commit()
    with pytest.raises(Refused):
        submit(made.survey, Submission(uuid.uuid4(), made.strata[0].id, ANSWERS, mode="keyed", paper=paper))
    assert count(Response) == 0


# Imports


def imported(made: MadeRound, **changes: object) -> Submission:
    return Submission(uuid.uuid4(), made.strata[0].id, ANSWERS | changes, mode="imported")


def test_an_import_is_stored_whole(made: MadeRound) -> None:
    outcomes = submit_many(made.survey, [imported(made), imported(made)], source="answers.xlsx")
    assert len(outcomes) == count(Response) == 2
    entry = db.session.scalars(sa.select(AuditEntry)).one()
    assert entry.details == {"source": "answers.xlsx", "count": 2}


def test_an_import_with_faults_stores_nothing_and_names_them_all(made: MadeRound) -> None:
    rows = [imported(made), imported(made, polite="wonderful"), imported(made, late="yes", salary=5)]
    with pytest.raises(Refused) as refusal:
        submit_many(made.survey, rows, source="answers.xlsx")
    assert [fault.place for fault in refusal.value.faults] == ["1.polite", "2.late", "2.salary"]
    assert count(Response) == count(AuditEntry) == 0


# Corrections


def stored(made: MadeRound) -> Response:
    sent = form(made)
    submit(made.survey, sent)
    return db.session.get(Response, sent.response_id)


def test_a_correction_adds_a_version_and_keeps_the_first(made: MadeRound) -> None:
    response, supervisor = stored(made), make_user(db.session, "supervisor")
    correct(response, ANSWERS | {"visits": 3}, supervisor, "Đọc lại phiếu giấy", seen_version=1)
    first, second = response.versions
    assert (first.answers["visits"], second.answers["visits"]) == (2, 3)
    assert (response.version, second.author, second.reason) == (2, supervisor, "Đọc lại phiếu giấy")
    assert db.session.scalars(sa.select(AuditEntry)).one().action == "response.correct"


def test_the_second_of_two_corrections_at_once_is_told(made: MadeRound) -> None:
    response, supervisor = stored(made), make_user(db.session, "supervisor")
    correct(response, ANSWERS | {"visits": 3}, supervisor, "một", seen_version=1)
    with pytest.raises(Refused) as refusal:
        correct(response, ANSWERS | {"visits": 4}, supervisor, "hai", seen_version=1)
    assert "form" in templates(refusal)
    assert len(response.versions) == 2


def test_a_correction_needs_a_reason_and_sound_answers(made: MadeRound) -> None:
    response, supervisor = stored(made), make_user(db.session, "supervisor")
    with pytest.raises(Refused):
        correct(response, ANSWERS, supervisor, "  ")
    with pytest.raises(Refused):
        correct(response, {"received": "maybe"}, supervisor, "nhầm")
    assert len(response.versions) == 1


def test_a_rejected_form_counts_no_more_and_stays_rejected(made: MadeRound) -> None:
    batch, enumerator = make_batch(db.session, made), make_user(db.session)
    supervisor = make_user(db.session, "supervisor")
    paper = PaperEntry(batch.id, 1, enumerator.id)
    submit(made.survey, Submission(uuid.uuid4(), made.strata[0].id, ANSWERS, mode="keyed", paper=paper))
    filed = db.session.scalars(sa.select(PaperForm)).one()
    reject(filed.response, supervisor, "Không có người này")
    assert (filed.response.state, filed.state, filed.reason) == ("rejected", "rejected", "Không có người này")
    with pytest.raises(Refused):
        correct(filed.response, ANSWERS, supervisor, "thử lại")
    with pytest.raises(Refused):
        verify(filed, supervisor)


def test_a_form_is_verified_by_a_second_person(made: MadeRound) -> None:
    batch, enumerator = make_batch(db.session, made), make_user(db.session)
    paper = PaperEntry(batch.id, 1, enumerator.id)
    submit(made.survey, Submission(uuid.uuid4(), made.strata[0].id, ANSWERS, mode="keyed", paper=paper))
    filed = db.session.scalars(sa.select(PaperForm)).one()
    with pytest.raises(Refused):
        verify(filed, enumerator)
    supervisor = make_user(db.session, "supervisor")
    verify(filed, supervisor)
    assert (filed.state, filed.checked_by) == ("accepted", supervisor)
    assert [event.event for event in filed.events] == ["entered", "accepted", "verified"]
