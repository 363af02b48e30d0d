"""A form is found by the number on it; its page tells what happened and what may be done."""

from __future__ import annotations

import uuid

import pytest

from questionnaires.paper import PageCode, write_serial
from survey.collection import PaperEntry, Submission, submit
from survey.collection.paper import claim
from survey.db import db
from survey.models import Batch, Survey, User
from tests.survey.factory import ANSWERS

pytestmark = pytest.mark.usefixtures("supervisor")


@pytest.fixture
def path(paper) -> str:
    return f"/entry/forms/{paper.form(3).id}"


def find(client, number: str):
    return client.get("/entry/forms", query_string={"number": number})


def accept(app, paper, number: int) -> None:
    """Key the form whole."""
    with app.app_context():
        batch = db.session.get_one(Batch, paper.lan)
        entry = PaperEntry(batch.id, number, None)
        survey = db.session.get_one(Survey, paper.survey)
        submit(survey, Submission(uuid.uuid4(), batch.stratum_id, ANSWERS, mode="keyed", paper=entry))


@pytest.mark.parametrize(
    "typed", [write_serial(3), write_serial(3).replace(" ", ""), PageCode("ab" * 32, 3, 2, 2).payload()]
)
def test_a_form_is_found_by_its_number_and_by_its_code(client, path, typed):
    assert find(client, typed).location == path
    page = client.get(path).text
    assert write_serial(3) in page
    assert "L-01" in page


@pytest.mark.parametrize("typed", ["12345", "HL1/nonsense", "0000 003-0", write_serial(16), "x" * 500])
def test_what_is_no_form_here_is_said_at_the_field(client, typed):
    page = find(client, typed)
    assert page.status_code == 404
    assert 'id="number-error"' in page.text


def test_the_search_waits_for_a_number(client):
    assert client.get("/entry/forms").status_code == 200


def test_its_way_is_told_step_by_step(client, paper, path):
    for state, reason in (("issued", ""), ("refused", "không đồng ý"), ("returned", "đổi ý")):
        assert client.submit(f"{path}/mark", {"state": state, "reason": reason}).status_code == 303
    assert paper.events(3) == [
        ("printed", ""),
        ("issued", ""),
        ("refused", "không đồng ý"),
        ("returned", "đổi ý"),
    ]
    assert "không đồng ý" in client.get(path).text


def test_only_what_can_become_of_it_is_offered(client, paper, path):
    assert 'value="issued"' in client.get(path).text
    paper.mark(paper.lan, range(3, 4), "returned")
    assert 'value="issued"' not in client.get(path).text
    late = client.submit(f"{path}/mark", {"state": "issued"})
    assert late.status_code == 409
    assert write_serial(3) in late.text


def test_an_accepted_form_leads_to_its_answers(app, client, paper, path):
    accept(app, paper, 3)
    page = client.get(path).text
    assert f"/entry/responses/{paper.form(3).response_id}" in page
    assert f'action="{path}/mark"' not in page


def test_a_form_is_rejected_with_a_reason(app, client, paper, path):
    accept(app, paper, 3)
    assert client.submit(f"{path}/reject", {"reject-reason": ""}).status_code == 422
    assert client.submit(f"{path}/reject", {"reject-reason": "chữ ký giả"}).status_code == 303
    assert paper.state(3) == "rejected"
    again = client.submit(f"{path}/reject", {"reject-reason": "lần nữa"})
    assert again.status_code == 409


def test_one_form_goes_to_the_archive_alone(app, client, paper, path):
    assert f'action="{path}/archive"' not in client.get(path).text
    accept(app, paper, 3)
    accept(app, paper, 4)
    assert f'action="{path}/archive"' in client.get(path).text
    empty = client.submit(f"{path}/archive", {"place": " "})
    assert empty.status_code == 422
    assert 'id="place-error"' in empty.text
    assert client.submit(f"{path}/archive", {"place": "Kho 2, hộp 7"}).location == path
    assert paper.events(3)[-1] == ("archived", "Kho 2, hộp 7")
    assert (paper.form(3).archived_on is None, paper.form(4).archived_on is None) == (False, True)
    page = client.get(path).text
    assert "Kho 2, hộp 7" in page
    assert f'action="{path}/archive"' not in page
    assert client.submit(f"{path}/archive", {"place": "Kho 3"}).status_code == 409


def test_the_screen_of_a_form_that_is_put_back_is_told_so(app, client, paper, path, sign_in):
    lan = sign_in("enumerator", name="lan")
    with app.app_context():
        held = claim(paper.lan, db.session.get_one(User, lan), "first", number=3)
    sign_in("supervisor", name="thu")
    assert f'action="{path}/put-back"' in client.get(path).text
    assert client.submit(f"{path}/put-back", {"kind": "first"}).status_code == 303
    with client.session_transaction() as session:
        session["_user_id"] = f"{lan}."
    field = {"token": str(held.token), "seq": "1", "item": "received", "text": "no"}
    late = client.submit(f"/entry/readings/{held.reading_id}", field)
    assert late.status_code == 409
    assert late.json["faults"][0]["place"] == "form"


def test_enumerators_see_the_way_but_not_the_answers(app, client, paper, path, sign_in):
    accept(app, paper, 3)
    sign_in("enumerator")
    page = client.get(path)
    assert page.status_code == 200
    assert "/entry/responses/" not in page.text
    assert client.submit(f"{path}/reject", {"reject-reason": "x"}).status_code == 403
    assert client.submit(f"{path}/archive", {"place": "x"}).status_code == 403
    assert client.get("/entry/forms/999999").status_code == 404
