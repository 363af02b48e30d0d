"""Batches that are printed have forms from the start, with serials that no other form has."""

from __future__ import annotations

import pytest
import sqlalchemy as sa
from flask import Flask

from survey.collection import Refused
from survey.collection.paper import WantedBatch, print_batches
from survey.collection.paper.printing import notice_of
from survey.db import db
from survey.models import Batch, FormLayout, PaperForm, Survey, User
from tests.survey.exactly_once.racing import at_once
from tests.survey.factory import SMALL_QUESTIONNAIRE, make_round, make_user
from tests.survey.paper.room import LAYOUT, make_room, printed


def test_forms_are_numbered_by_batch_and_serials_run_through_all_of_them():
    made, person = make_round(db.session), make_user(db.session, "supervisor")
    first, second = printed(made, person, 3, 2)
    (third,) = printed(made, person, 2)
    forms = db.session.scalars(sa.select(PaperForm).order_by(PaperForm.serial)).all()
    assert [(form.batch_id, form.number) for form in forms] == [
        *((first.id, n) for n in (1, 2, 3)),
        *((second.id, n) for n in (1, 2)),
        *((third.id, n) for n in (1, 2)),
    ]
    assert [form.serial for form in forms] == list(range(1, 8))
    assert [batch.first_serial for batch in (first, second, third)] == [1, 4, 6]
    assert {form.state for form in forms} == {"printed"}
    assert [event.event for event in forms[0].events] == ["printed"]


def test_the_same_layout_is_stored_once():
    room = make_room()
    (another,) = printed(room.made, room.thu, 1)
    assert another.layout_id == room.batch.layout_id
    assert db.session.scalars(sa.select(FormLayout)).one().content == LAYOUT


def test_nothing_is_printed_where_anything_is_wrong_and_all_faults_are_named():
    made, person = make_round(db.session), make_user(db.session)
    foreign = make_round(db.session).strata[0].id
    own = made.strata[0].id
    wanted = [WantedBatch(own, "A", 5), WantedBatch(foreign, "a", 0), WantedBatch(own, "b", 5000)]
    with pytest.raises(Refused) as refusal:
        print_batches(made.survey, wanted, LAYOUT, language="vi", person=person)
    assert [fault.place for fault in refusal.value.faults] == ["1.stratum", "1.forms", "1.code", "2.forms"]
    assert db.session.scalars(sa.select(Batch)).all() == []


def test_two_who_print_at_once_take_serials_of_their_own(app: Flask):
    made, person = make_round(db.session), make_user(db.session)
    survey_id, stratum_id, person_id = made.survey.id, made.strata[0].id, person.id
    db.session.remove()

    def printing(code: str):
        def deed() -> None:
            survey, user = db.session.get(Survey, survey_id), db.session.get(User, person_id)
            print_batches(survey, [WantedBatch(stratum_id, code, 20)], LAYOUT, language="vi", person=user)

        return deed

    at_once(app, [printing(f"{n}") for n in range(6)])
    serials = sorted(db.session.scalars(sa.select(PaperForm.serial)))
    assert serials == list(range(1, 121))
    assert db.session.query(FormLayout).count() == 1


def test_of_two_who_take_one_code_at_once_one_is_told(app: Flask):
    made, person = make_round(db.session), make_user(db.session)
    survey_id, stratum_id, person_id = made.survey.id, made.strata[0].id, person.id
    db.session.remove()

    def printing() -> str:
        survey, user = db.session.get(Survey, survey_id), db.session.get(User, person_id)
        try:
            print_batches(survey, [WantedBatch(stratum_id, "A", 2)], LAYOUT, language="vi", person=user)
        except Refused as refusal:
            return refusal.faults[0].place
        return "printed"

    assert sorted(at_once(app, [printing] * 4)) == ["0.code"] * 3 + ["printed"]


@pytest.mark.parametrize(("questionnaire", "is_said"), [("citizen-satisfaction-2024", False), (None, True)])
def test_the_notice_does_not_repeat_what_the_questionnaire_says_of_itself(questionnaire, is_said):
    made = make_round(db.session, questionnaire=questionnaire or SMALL_QUESTIONNAIRE)
    told = notice_of(made.survey).text("vi")
    assert ("Việc trả lời là tự nguyện" in told) is is_said
    assert "ó thể bỏ qua bất kỳ câu nào hoặc dừng bất cứ lúc nào." in told
