"""What is ordered is made at once: batches, their numbers, layout, plan and people."""

from __future__ import annotations

import pytest
import sqlalchemy as sa

from questionnaires.paper import dump_layout, form_layout
from survey.db import db
from survey.models import Batch, FormLayout, PaperForm, Survey
from tests.survey.entry.printing.ordering.lines import batches, order


def test_one_request_makes_all_batches_with_consecutive_numbers(app, client, path, made):
    saved = order(client, path, forms_0="3", forms_1="2", forms_2="4", commune_1="Xã Ea Kao")
    assert saved.status_code == 303
    assert saved.location == f"{path}/1-9"
    assert [(first, count) for _, first, count in batches(app)] == [(1, 3), (4, 2), (6, 4)]
    with app.app_context():
        assert set(db.session.scalars(sa.select(PaperForm.state))) == {"printed"}
        assert (
            db.session.scalars(sa.select(Batch.commune).where(Batch.first_serial == 4)).one() == "Xã Ea Kao"
        )
        layout = db.session.scalars(sa.select(FormLayout)).one()
        assert (layout.language, layout.content["questionnaire"]) == ("vi", "small")
    assert "9 phiếu" in client.get(saved.location).text or "9 forms" in client.get(saved.location).text


@pytest.mark.parametrize("closely", [False, True])
def test_answers_stand_side_by_side_where_that_is_ticked(app, client, path, made, closely):
    saved = order(client, path, forms_0="3", forms_1="", forms_2="", **({"closely": "y"} if closely else {}))
    assert saved.status_code == 303
    with app.app_context():
        questionnaire = db.session.get_one(Survey, made.survey).questionnaire
        ways = [dump_layout(form_layout(questionnaire, "vi", closely=each)) for each in (False, True)]
        assert ways[0] != ways[1]
        assert db.session.scalars(sa.select(FormLayout.content)).one() == ways[closely]


def test_each_order_of_a_day_stands_on_a_line_of_its_own(client, path):
    for communes in ("Xã Một", "Xã Hai"):
        order(client, path, forms_0="3", forms_1="2", forms_2="", commune_0=communes, code_0=communes[-3:])
    page = client.get(path).text
    assert all(f'href="{path}/{numbers}"' in page for numbers in ("1-5", "6-10"))
    assert f'href="{path}/1-10"' not in page


@pytest.mark.parametrize(
    ("plan", "stored"),
    [
        ({"plan": "acceptance", "sample_size": "20", "acceptance_number": "1"}, ("acceptance", 0, 20, 1, 1)),
        ({"plan": "share", "verify_share": "15", "error_limit": "0,5"}, ("share", 15, 0, 0, 0.5)),
    ],
)
def test_the_plan_is_stored_with_each_batch(app, client, path, plan, stored):
    order(client, path, forms_0="50", forms_1="", forms_2="", **plan)
    with app.app_context():
        batch = db.session.scalars(sa.select(Batch)).one()
        figures = (batch.verify_share, batch.sample_size, batch.acceptance_number, batch.error_limit)
        assert (batch.plan, *figures) == stored


def test_an_enumerator_who_is_a_user_is_known_by_name(app, client, path, new_user):
    user_id = new_user("enumerator", "lan")
    order(
        client,
        path,
        forms_0="2",
        forms_1="2",
        forms_2="",
        enumerator_0="Người enumerator",
        enumerator_1="Mai",
    )
    with app.app_context():
        found = db.session.execute(sa.select(Batch.enumerator, Batch.enumerator_id).order_by(Batch.id)).all()
    assert list(found) == [("Người enumerator", user_id), ("Mai", None)]


@pytest.mark.parametrize(
    "commune", ["Phường Ví Dụ Dài Nhất, tỉnh Ví Dụ (khu vực 1)", "Đặc khu " + "Ví Dụ " * 15]
)
def test_every_commune_that_its_field_takes_is_printed(app, client, path, commune):
    assert order(client, path, forms_0="2", commune_0=commune).status_code == 303
    with app.app_context():
        assert db.session.scalars(sa.select(Batch.commune)).first() == commune.strip()
