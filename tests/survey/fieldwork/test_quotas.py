"""A planner says how many answers a survey takes from each kind of people, and what comes of it."""

from __future__ import annotations

import re
import uuid

import pytest

from survey.collection import PaperEntry, QuotaFull, Submission, correct, reject, submit, withdraw
from survey.db import db
from survey.models import Quota, Response, Survey, User
from tests.survey.citizen import Citizen
from tests.survey.factory import ANSWERS, make_batch, make_user
from tests.survey.fieldwork.desk import actions, filled_in, last_details, stored


@pytest.fixture
def quotas(made) -> str:
    return f"/surveys/{made.survey.id}/quotas"


@pytest.fixture
def answer(app, made):
    """A function that sends one person's answers, and returns the response's id."""

    def send(place: int = 0, mode: str = "online", **changed) -> uuid.UUID:
        sent = Submission(uuid.uuid4(), made.strata[place].id, ANSWERS | changed, mode)
        with app.app_context():
            submit(db.session.get(Survey, made.survey.id), sent)
        return sent.response_id

    return send


def taken(app) -> list[tuple[int, int]]:
    return [(quota.taken, quota.most) for quota in stored(app, Quota)]


def words(page: str) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page))


def test_the_sample_proposes_a_quota_for_each_stratum(app, planner, made, quotas, answer):
    answer(0), answer(0), answer(2)
    planner.submit(f"{quotas}/propose", {})
    assert taken(app) == [(2, 100), (0, 100), (1, 100)]
    shown = words(planner.get(quotas).text)
    assert "Sở Nội vụ" in shown
    assert "Đặt hạn mức theo mẫu" not in shown  # none is lacking any more
    assert actions(app) == ["quota.add"] * 3


def test_a_quota_for_a_kind_of_people_counts_those_who_came_before(app, planner, made, quotas, answer):
    for received in ("no", "no", "yes"):
        answer(received=received, **({"late": "no"} if received == "yes" else {}))
    typed = {"stratum": str(made.strata[0].id), "answer-received": "no", "most": "3"}
    planner.submit(f"{quotas}/new", typed)
    assert taken(app) == [(2, 3)]
    assert last_details(app)["answers"] == {"received": "no"}
    assert "Ông/Bà đã nhận kết quả chưa?: Không" in planner.get(quotas).text
    answer()
    answer(1)  # another stratum
    with pytest.raises(QuotaFull):
        answer()
    assert taken(app) == [(3, 3)]
    assert "đã đủ" in words(planner.get(quotas).text)


def test_conditions_are_what_everybody_is_asked_about_themselves(planner, quotas):
    offered = set(re.findall(r'name="answer-(\w+)"', planner.get(quotas).text))
    assert offered == {"received"}  # neither what only some are asked, what is rated, nor sensitive data


def test_faults_of_a_new_quota_stand_at_their_fields(app, planner, made, quotas):
    faulty = {"stratum": "999", "answer-received": "perhaps", "most": "0"}
    shown = planner.submit(f"{quotas}/new", faulty)
    assert shown.status_code == 422
    for place in faulty:
        assert f'href="#{place}"' in shown.text
        assert f'id="{place}-error"' in shown.text
    typed = {"stratum": "", "most": "5"}
    assert planner.submit(f"{quotas}/new", typed).status_code == 302
    again = planner.submit(f"{quotas}/new", typed)
    assert "Nhóm này đã có hạn mức" in again.text
    assert 'value="5"' in again.text
    assert len(stored(app, Quota)) == 1


def test_numbers_change_and_quotas_go(app, planner, quotas, answer):
    planner.submit(f"{quotas}/propose", {})
    answer(), answer()
    first, second, third = stored(app, Quota)
    form = filled_in(planner, quotas)
    changed = {f"most-{first.id}": "1", f"most-{second.id}": "150", f"remove-{third.id}": "1"}
    assert planner.submit(quotas, {**form, **changed}).status_code == 302
    assert taken(app) == [(2, 1), (0, 150)]  # nothing is lost: the first is simply full
    assert "nhiều hơn hạn mức này" in planner.get(quotas).text
    assert actions(app)[-3:] == ["quota.change", "quota.change", "quota.remove"]
    with pytest.raises(QuotaFull):
        answer()


def test_who_saves_over_a_change_of_somebody_else_is_told(app, planner, quotas):
    planner.submit(f"{quotas}/propose", {})
    (quota, *_), form = stored(app, Quota), filled_in(planner, quotas)
    place = f"most-{quota.id}"
    planner.submit(quotas, {**form, place: "20"})
    told = planner.submit(quotas, {**form, place: "30"})
    assert told.status_code == 422
    assert 'value="30"' in told.text
    assert stored(app, Quota)[0].most == 20


def test_corrections_rejections_and_withdrawals_move_places(app, made, planner, quotas, answer):
    planner.submit(f"{quotas}/new", {"stratum": "", "answer-received": "no", "most": "9"})
    planner.submit(f"{quotas}/new", {"stratum": "", "answer-received": "yes", "most": "9"})
    ids = [answer() for _ in range(3)]
    with app.app_context():
        author, survey = make_user(db.session), db.session.get(Survey, made.survey.id)
        survey.withdrawable = True
        db.session.commit()
        first, second = (db.session.get(Response, each) for each in ids[:2])
        correct(first, {**ANSWERS, "received": "yes", "late": "no"}, author, "nhập nhầm")
        reject(second, db.session.get(User, author.id), "thử")
        withdraw(db.session.get(Survey, made.survey.id), ids[2])
    assert [quota.taken for quota in stored(app, Quota)] == [0, 1]


def test_forms_keyed_from_paper_take_no_place(app, made, planner, quotas):
    planner.submit(f"{quotas}/new", {"stratum": "", "most": "1"})
    with app.app_context():
        batch, enumerator = make_batch(db.session, made), make_user(db.session)
        for number in (1, 2):
            paper = PaperEntry(batch.id, number, enumerator.id)
            keyed = Submission(uuid.uuid4(), made.strata[0].id, ANSWERS, mode="keyed", paper=paper)
            submit(db.session.get(Survey, made.survey.id), keyed)
    assert taken(app) == [(0, 1)]


def test_a_citizen_is_told_as_soon_as_an_answer_shows_that_there_are_enough(
    app, made, planner, quotas, answer
):
    planner.submit(f"{quotas}/new", {"stratum": "", "answer-received": "no", "most": "1"})
    answer()
    person = Citizen(app.test_client(), made.survey.slug)
    assert person.start(made.units[0].code).status_code == 200
    told = person.answer(received="no", visits="1")
    assert told.status_code == 403
    assert "đã đủ phiếu" in told.text or "đủ" in told.text


def test_a_full_stratum_is_said_at_the_first_page(app, made, planner, quotas, answer):
    planner.submit(f"{quotas}/new", {"stratum": str(made.strata[0].id), "most": "1"})
    answer()
    person = Citizen(app.test_client(), made.survey.slug)
    assert person.start(made.units[0].code).status_code == 403
    assert person.start(made.units[1].code).status_code == 200


def test_a_stratum_with_a_quota_stays_in_the_sample(planner, made, quotas):
    planner.submit(f"{quotas}/new", {"stratum": str(made.strata[0].id), "most": "1"})
    path = f"/surveys/{made.survey.id}/sample"
    typed = {
        name: "" if made.units[0].code in name else text for name, text in filled_in(planner, path).items()
    }
    assert planner.submit(path, typed).status_code == 422


def test_readers_see_quotas_and_change_nothing(client, sign_in, planner, quotas):
    planner.submit(f"{quotas}/propose", {})
    sign_in("viewer")
    shown = client.get(quotas).text
    assert "most-" not in shown
    assert client.submit(f"{quotas}/propose", {}).status_code == 403


def test_no_quota_on_an_opinion_is_offered(planner, citizens):
    """Not even on one that feeds no criterion: it would choose the result."""
    shown = planner.get(f"/surveys/{citizens.survey.id}/quotas").text
    assert "Độ tuổi" in shown
    assert "hài lòng ở mức nào" not in shown
