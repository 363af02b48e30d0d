"""How a batch is verified: the plan a supervisor chooses, the errors found, differences settled on a page."""

from __future__ import annotations

import re
from typing import NamedTuple

import pytest
import sqlalchemy as sa
from flask import Flask
from flask.testing import FlaskClient

from survey.db import db
from survey.models import Batch, PaperForm, User
from tests.survey.entry.desk import deeds
from tests.survey.pages import Page
from tests.survey.paper.room import key, make_room


class Keyed(NamedTuple):
    """A batch of 100 forms, all to be keyed twice, and the page on which its form 1 is settled: it was keyed
    twice, the second time by `mai`, with differences in `visits` and `polite`.
    """

    batch: str
    page: str
    mai: int


@pytest.fixture
def keyed(app: Flask) -> Keyed:
    with app.app_context():
        room = make_room(forms=100, plan="all")
        room.batch.layout_id = None  # there is no scan to show
        key(room, room.lan, polite="low", visits=None)
        key(room, room.mai, "second")
        return Keyed(f"/entry/batches/{room.batch.id}", f"/entry/forms/{room.form(1).id}/settle", room.mai.id)


def outcome(app: Flask) -> tuple[str, dict[str, object]]:
    """The state of form 1, and what its response says."""
    with app.app_context():
        form = db.session.scalars(sa.select(PaperForm).filter_by(number=1)).one()
        return form.state, form.response.versions[-1].answers if form.response else {}


def plan_of(app: Flask) -> tuple[str, int, float]:
    with app.app_context():
        batch = db.session.scalars(sa.select(Batch)).one()
        return batch.plan, batch.verify_share, batch.error_limit


def settle(client: FlaskClient, path: str, says: str, **answers: object):
    inputs = Page(client.get(path).text).named("input")
    item = next(each["value"] for each in inputs if each.get("name") == "form-item")
    return client.submit(path, {"form-item": item, "form-says": says, **answers})


def test_a_supervisor_chooses_the_plan(app, client, keyed, sign_in):
    sign_in("supervisor")
    page = Page(client.get(f"{keyed.batch}/plan").text)
    proposed = {each.get("id"): each.get("value") for each in page.named("input")}
    assert proposed["sample_size"] == "58"  # at most one wrong: with 5 wrong of 100, P(at most 1) = 0.098
    assert proposed["acceptance_number"] == "1"
    chosen = client.submit(
        f"{keyed.batch}/plan", {"plan": "share", "verify_share": "25", "error_limit": "1,5"}
    )
    assert chosen.location == keyed.batch
    assert plan_of(app) == ("share", 25, 1.5)
    assert "batch.plan" in deeds(app)


def test_other_risks_bring_another_proposal(client, keyed, sign_in):
    sign_in("supervisor")
    wish = {"good": "1", "producers_risk": "5", "bad": "10", "consumers_risk": "10"}
    page = Page(client.get(f"{keyed.batch}/plan", query_string=wish).text)
    proposed = {each.get("id"): each.get("value") for each in page.named("input")}
    assert int(proposed["sample_size"]) < 58
    assert proposed["bad"] == "10"


@pytest.mark.parametrize(
    "wish", [{"bad": "1"}, {"consumers_risk": "0"}, {"good": "nhiều"}, {"producers_risk": "99"}]
)
def test_a_wish_that_no_sample_keeps_is_answered_at_its_field(client, keyed, sign_in, wish):
    sign_in("supervisor")
    usual = {"good": "1", "producers_risk": "5", "bad": "5", "consumers_risk": "10"}
    answer = client.get(f"{keyed.batch}/plan", query_string=usual | wish)
    assert f'id="{next(iter(wish))}-error"' in answer.text


def test_a_plan_can_be_looked_at_before_it_is_chosen(app, client, keyed, sign_in):
    """With 5 wrong of 100, a sample of 10 that may hold none passes in C(95,10) / C(100,10) = 58.4 %."""
    sign_in("supervisor")
    typed = {"plan": "acceptance", "sample_size": "10", "acceptance_number": "0", "preview": "1"}
    answer = client.submit(f"{keyed.batch}/plan", typed, headers={"Accept-Language": "vi"})
    assert "58,4" in answer.text
    assert plan_of(app)[0] == "all"


@pytest.mark.parametrize(
    ("wrong", "place"),
    [
        ({"plan": "some"}, "plan"),
        ({"plan": "share", "verify_share": "101"}, "verify_share"),
        ({"plan": "share", "verify_share": ""}, "verify_share"),
        ({"plan": "share", "verify_share": "10", "error_limit": "nhiều"}, "error_limit"),
        ({"plan": "acceptance", "sample_size": "2", "acceptance_number": "2"}, "sample_size"),
        ({"plan": "acceptance", "sample_size": "101", "acceptance_number": "2"}, "sample_size"),
    ],
)
def test_a_plan_with_a_fault_is_told_at_its_place(app, client, keyed, sign_in, wrong, place):
    sign_in("supervisor")
    refused = client.submit(f"{keyed.batch}/plan", wrong)
    assert refused.status_code == 400
    assert f'id="{place}-error"' in refused.text
    assert plan_of(app)[0] == "all"


def test_a_third_person_settles_item_by_item(app, client, keyed, sign_in):
    sign_in("supervisor")
    assert client.get(f"{keyed.batch}/settle").location == keyed.page
    page = client.get(keyed.page).text
    assert 'value="first"' in page
    assert "Hài lòng" not in page.replace("Hài Lòng", "")  # one item at a time
    assert settle(client, keyed.page, "second").location == keyed.page
    assert settle(client, keyed.page, "first").location.startswith(f"{keyed.batch}/settle")
    state, answers = outcome(app)
    assert (state, answers["visits"], answers["polite"]) == ("accepted", 2, "low")
    assert client.get(keyed.page).location == keyed.batch


def test_neither_may_be_right(app, client, keyed, sign_in):
    sign_in("supervisor")
    assert settle(client, keyed.page, "other", visits="7").status_code == 303
    assert settle(client, keyed.page, "unreadable").status_code == 303
    _, answers = outcome(app)
    assert answers["visits"] == 7
    assert "polite" not in answers


def test_what_cannot_be_settled_is_told_and_stays_on_the_page(app, client, keyed, sign_in):
    sign_in("supervisor")
    for says, typed in (("", ""), ("other", ""), ("other", "nhiều lần")):
        refused = settle(client, keyed.page, says, visits=typed)
        assert refused.status_code == 422
        assert 'href="#form-says"' in refused.text
        assert typed in refused.text
    assert settle(client, keyed.page, "other", visits="99").status_code == 303
    refused = settle(client, keyed.page, "first")  # the last one: now the whole form is checked
    assert refused.status_code == 422
    assert "Số lần từ 0 đến 30." in refused.text
    assert 'name="form-item" value="visits"' in refused.text
    again = {"form-item": "visits", "form-says": "other", "visits": "99", "form-impossible": "1"}
    assert client.submit(keyed.page, again).status_code == 303
    assert settle(client, keyed.page, "first").status_code == 303
    state, answers = outcome(app)
    assert state == "accepted"
    assert "visits" not in answers


def test_who_keyed_the_form_does_not_settle_it(app, client, keyed):
    with app.app_context():
        db.session.get_one(User, keyed.mai).role = "supervisor"
        db.session.commit()
    with client.session_transaction() as session:
        session["_user_id"] = f"{keyed.mai}."
    assert client.get(keyed.page).status_code == 409
    assert client.submit(keyed.page, {"form-item": "polite", "form-says": "second"}).status_code == 409
    assert client.get(f"{keyed.batch}/settle").location == keyed.batch
    assert f"{keyed.batch}/settle" not in client.get(keyed.batch).text


def test_supervisors_see_the_errors_and_enumerators_the_progress(client, keyed, sign_in):
    sign_in("supervisor")
    for says in ("second", "first"):
        settle(client, keyed.page, says)
    page = client.get(keyed.batch).text
    assert 'id="errors-caption"' in page
    assert "12,50" in page  # one wrong of eight items compared, by each keyer
    assert "2,24" in page  # Wilson's interval for 1 of 8: 0.0224 to 0.4709
    assert "47,09" in page
    assert re.search(r"<p[^>]*>[^<]*\b1[^\d<]+1[^\d<]+1[^\d<]+100\b", page)  # as the basis says
    sign_in("enumerator")
    assert "errors-caption" not in client.get(keyed.batch).text


def test_a_batch_sent_back_says_so(app, client, keyed, sign_in):
    sign_in("enumerator")
    before = client.get(keyed.batch).text
    with app.app_context():
        db.session.scalars(sa.select(Batch)).one().rekey_all = True
        db.session.commit()
    after = client.get(keyed.batch).text
    assert after.count("govuk-inset-text") == before.count("govuk-inset-text") + 1


def test_what_was_settled_can_be_settled_again_until_the_form_is_accepted(app, client, keyed, sign_in):
    sign_in("supervisor")
    assert 'id="before"' not in client.get(keyed.page).text
    settle(client, keyed.page, "first")
    page = Page(client.get(keyed.page).text)
    back = next(each["href"] for each in page.named("a") if each.get("id") == "before")
    settle(client, back, "unreadable")
    settle(client, keyed.page, "second")
    state, answers = outcome(app)
    assert state == "accepted"
    assert "visits" not in answers


def test_errors_of_a_whole_survey_stand_by_batch_keyer_and_question(app, client, keyed, sign_in):
    """Form 1 differs in two items of those compared; what its first keyer said is settled as wrong."""
    sign_in("supervisor")
    with app.app_context():
        survey = db.session.scalars(sa.select(Batch)).one().survey_id
    empty = client.get(f"/entry/paper/{survey}/errors").text
    assert 'id="batches-caption"' not in empty
    for _ in range(2):
        settle(client, keyed.page, "second")
    page = Page(client.get(f"/entry/paper/{survey}/errors").text)
    captions = [each.get("id") for each in page.named("caption")]
    assert captions == ["batches-caption", "keyers-caption", "items-caption"]
    sign_in("enumerator")
    assert client.get(f"/entry/paper/{survey}/errors").status_code == 403
