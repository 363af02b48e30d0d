"""A planner makes personal codes, whose list is seen once and never again."""

from __future__ import annotations

import csv
import io

import pytest
import sqlalchemy as sa

from survey.db import db
from survey.models import Invitation, Survey, Unit
from tests.survey.factory import MadeRound, make_round
from tests.survey.fieldwork.desk import filled_in, last_details, sheet_rows, stored
from tests.survey.fieldwork.inviting.papers import scanned, texts


def make_codes(client, made: MadeRound, kind: str = "xlsx", **numbers: str):
    path = f"/surveys/{made.survey.id}/codes"
    typed = {**filled_in(client, path), "format": kind, **numbers}
    return client.submit(path, typed)


def test_a_list_of_codes_is_handed_out_once_and_only_hashes_stay(app, planner, made):
    first, second, third = (f"codes-{each.id}" for each in made.strata)
    reply = make_codes(planner, made, **{first: "2", second: "1", third: ""})
    assert "attachment" in reply.headers["Content-Disposition"]
    assert reply.headers["Cache-Control"] == "no-store"
    head, *rows = sheet_rows(reply.data)
    assert head == ("Đơn vị", "Tên", "Tầng mẫu", "Mã", "Địa chỉ", "Liên kết")
    assert sorted(row[0] for row in rows) == sorted([made.units[0].code] * 2 + [made.units[1].code])
    assert all(row[4:] == ("http://localhost/c", f"http://localhost/c/{row[3]}") for row in rows)
    codes = [row[3] for row in rows]
    assert len(set(codes)) == 3
    page = planner.get(f"/surveys/{made.survey.id}/codes").text
    dump = repr([vars(each) for each in stored(app, Invitation)])
    for code in codes:
        assert code not in page
        assert code.replace("-", "") not in dump
    assert last_details(app) == {"codes": {made.units[0].code: 2, made.units[1].code: 1}}

    citizen = app.test_client()
    assert citizen.submit("/c", {"code": codes[0].lower()}).location == f"/k/{made.survey.slug}/arrive"


def test_codes_are_handed_out_as_letters_too(app, planner, made):
    numbers = {f"codes-{each.id}": "" for each in made.strata} | {f"codes-{made.strata[0].id}": "2"}
    letters = make_codes(planner, made, "pdf", **numbers).data
    assert len(texts(letters)) == 2
    (address,) = scanned(letters, page=1)
    code = address.removeprefix("http://localhost/c/")
    assert code in texts(letters)[1]
    assert app.test_client().submit("/c", {"code": code}).location == f"/k/{made.survey.slug}/arrive"


def test_where_people_rate_several_agencies_codes_belong_to_the_survey(app, planner, made):
    with app.app_context():
        db.session.get(Survey, made.survey.id).rates = "several"
        db.session.commit()
    _, row = sheet_rows(make_codes(planner, made, **{"codes-all": "1"}).data)
    assert row[:3] == (None, None, None)
    assert [each.stratum_id for each in stored(app, Invitation)] == [None]
    assert last_details(app) == {"codes": {"all": 1}}
    assert app.test_client().submit("/c", {"code": row[3]}).location == f"/k/{made.survey.slug}/arrive"
    path = f"/surveys/{made.survey.id}/codes"
    planner.submit(f"{path}/withdraw", {"stratum": "all", "confirmed": "1"})
    assert stored(app, Invitation) == []


def test_a_second_click_makes_no_second_list(app, planner, made):
    path = f"/surveys/{made.survey.id}/codes"
    typed = filled_in(planner, path)  # a code for each of the 100 chosen in three strata is proposed
    assert planner.submit(path, typed).status_code == 200
    again = planner.submit(path, typed)
    assert again.status_code == 422
    assert "có thể do bấm hai lần" in again.text
    assert len(stored(app, Invitation)) == 300


def test_a_csv_list_never_starts_a_formula(app, planner, made):
    with app.app_context():
        db.session.get(Unit, made.units[0].id).name = '=HYPERLINK("http://x")'
        db.session.commit()
    numbers = {f"codes-{each.id}": "" for each in made.strata} | {f"codes-{made.strata[0].id}": "1"}
    reply = make_codes(planner, made, "csv", **numbers)
    (_, row) = csv.reader(io.StringIO(reply.data.decode("utf-8-sig")))
    assert row[1] == '\'=HYPERLINK("http://x")'


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [("", "Hãy nhập số mã cần tạo"), ("một", "“một”"), ("10001", "nhiều nhất 10000 mã"), ("-3", "“-3”")],
)
def test_wrong_numbers_of_codes_are_told_and_none_is_made(app, planner, made, typed, sentence):
    numbers = {f"codes-{each.id}": "" for each in made.strata} | {f"codes-{made.strata[0].id}": typed}
    page = make_codes(planner, made, **numbers)
    assert page.status_code == 422
    assert sentence in page.text
    assert stored(app, Invitation) == []


def test_the_unused_codes_of_a_lost_list_are_withdrawn(app, planner):
    with app.app_context():
        made = make_round(db.session, codes_each=3)
        stratum_id, path = made.strata[0].id, f"/surveys/{made.survey.id}/codes"
        used = db.session.scalars(sa.select(Invitation).filter_by(stratum_id=stratum_id)).first()
        used.used = True
        db.session.commit()
    assert planner.submit(f"{path}/withdraw", {"stratum": str(stratum_id)}).status_code == 422
    typed = {"stratum": str(stratum_id), "confirmed": "1"}
    assert planner.submit(f"{path}/withdraw", typed).location == path
    assert "Đã thu hồi 2 mã" in planner.get(path).text
    left = stored(app, Invitation, Invitation.stratum_id == stratum_id)
    assert [each.used for each in left] == [True]
    assert len(stored(app, Invitation)) == 7
    assert app.test_client().submit("/c", {"code": made.codes[0][1]}).status_code in (409, 422)


def test_a_closed_survey_gets_no_codes(app, planner, made):
    path = f"/surveys/{made.survey.id}"
    typed = {**filled_in(planner, f"{path}/codes"), f"codes-{made.strata[0].id}": "5"}
    planner.submit(f"{path}/state", {"state": "closed"})
    assert planner.submit(f"{path}/codes", typed).status_code == 409
    assert stored(app, Invitation) == []
