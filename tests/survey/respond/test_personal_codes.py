"""People who come with a code: once, from any device."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
import sqlalchemy as sa

from survey.db import db
from survey.models import Draft, Invitation, Response
from tests.survey.citizen import Citizen
from tests.survey.respond.surveyed import (
    ABOUT_YOU,
    RECORD,
    SERVICE,
    VISIT,
    Round,
    says,
)


@pytest.mark.parametrize("address", ["/", "/c"])
def test_the_field_for_codes_names_both_kinds(newcomer: Callable[[], Citizen], address: str) -> None:
    person = newcomer()
    person.open(address)
    (label,) = re.findall(r'<label[^>]* for="code">(.*?)</label>', person.page.text)
    assert "mã cá nhân" not in label.lower()
    (hint,) = re.findall(r'id="code-hint">(.*?)</div>', person.page.text)
    assert "Mã cá nhân ghi trong thư mời" in hint
    assert "mã đã ghi lại để trả lời tiếp" in hint


def test_a_code_leads_to_its_agency_and_is_burnt(newcomer: Callable[[], Citizen], a_round: Round) -> None:
    person = newcomer()
    person.enter_code(a_round.codes[2][0].lower().replace("-", " "))
    assert says(person, a_round.unit_names[2])
    assert 'name="unit"' not in person.page.text
    person.post(person.path, {})
    person.answer_all(VISIT, SERVICE, ABOUT_YOU)
    person.send()
    with a_round.app.app_context():
        assert db.session.scalars(sa.select(Response)).one().unit.code == a_round.units[2]
        assert len(db.session.scalars(sa.select(Invitation).filter_by(used=True)).all()) == 1


def test_a_code_resumes_on_another_device(newcomer: Callable[[], Citizen], a_round: Round) -> None:
    phone, computer = newcomer(), newcomer()
    for device in (phone, computer):
        device.enter_code(a_round.codes[0][0])
        device.post(device.path, {})
        if device is phone:
            device.answer(**VISIT)
    assert computer.path == f"/k/{a_round.slug}/3"
    computer.answer_all(SERVICE, ABOUT_YOU)
    computer.send()
    assert a_round.answers() == RECORD
    phone.answer(**SERVICE)
    assert phone.page.status_code == 409
    phone.enter_code(a_round.codes[0][0])
    assert phone.page.status_code == 409
    assert says(phone, "Mã này đã được sử dụng")


def test_the_second_device_to_send_a_code_is_told(newcomer: Callable[[], Citizen], a_round: Round) -> None:
    phone, computer = newcomer(), newcomer()
    for device in (phone, computer):
        device.enter_code(a_round.codes[0][0])
        device.post(device.path, {})
        device.answer_all(VISIT, SERVICE, ABOUT_YOU)
    seen_by_phone = dict(phone.hidden)
    computer.send()
    phone.hidden = seen_by_phone
    phone.post(f"/k/{a_round.slug}/check", {})
    assert phone.page.status_code == 409
    assert says(phone, "Mã này đã được sử dụng")
    assert a_round.count(Response) == 1


@pytest.mark.parametrize("code", ["", "xyz", "2222-2222-2222-2222", "22222222222X"])
def test_a_mistyped_code_is_named(newcomer: Callable[[], Citizen], a_round: Round, code: str) -> None:
    person = newcomer()
    person.enter_code(code)
    assert person.page.status_code == 422
    assert says(person, 'id="code-error"', "mã gồm 12 chữ và số")


def test_an_unknown_code_is_named_and_nothing_stored(newcomer: Callable[[], Citizen], a_round: Round) -> None:
    person = newcomer()
    person.enter_code("222222222222")  # its check symbols are right
    assert person.page.status_code == 422
    assert says(person, "Không có khảo sát nào dùng mã này")
    assert a_round.count(Draft) == 0


def test_without_an_open_link_a_code_is_needed(newcomer: Callable[[], Citizen], a_round: Round) -> None:
    a_round.change(open_link=False)
    person = newcomer()
    person.open(f"/k/{a_round.slug}")
    assert person.page.status_code == 403
    assert says(person, 'href="/c"')
    person.enter_code(a_round.codes[0][0])
    person.post(person.path, {})
    assert person.path == f"/k/{a_round.slug}/1"


def test_who_leaves_is_told_that_the_letter_opens_unsent_answers(
    newcomer: Callable[[], Citizen], a_round: Round
) -> None:
    person = newcomer()
    person.enter_code(a_round.codes[0][0])
    person.post(person.path, {})
    person.open(f"/k/{a_round.slug}/later")
    assert says(person, a_round.codes[0][0], "như giữ chìa khóa", "kể cả người gửi thư mời")
