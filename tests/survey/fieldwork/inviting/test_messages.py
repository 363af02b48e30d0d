"""A planner uploads people, sees what each would get, and takes home a list that exists once."""

from __future__ import annotations

import csv
import io
import re

import pytest

from survey.db import db
from survey.fieldwork.inviting.wording import PROPOSALS
from survey.models import Invitation, Survey, Unit
from tests.survey.fieldwork.desk import last_details, sheet_rows, stored, upload
from tests.survey.fieldwork.inviting.papers import scanned, texts
from tests.survey.pages import Page

SMS = "Danh gia {don_vi}: {lien_ket}"
WORDING = {**PROPOSALS["vi"], "sms": SMS, "plain_sms": "1"}
HEADINGS = ["STT", "Mã đơn vị", "Họ và tên", "Số điện thoại", "E-mail", "Địa chỉ"]


@pytest.fixture
def path(made) -> str:
    return f"/surveys/{made.survey.id}/messages"


@pytest.fixture
def people(made) -> list[list[object]]:
    code = made.units[0].code
    return [
        HEADINGS,
        [1, code, "Trần Lan Anh", 912345678, "lan.anh@example.vn", "12 Lê Duẩn, phường Tân Lập"],
        [2, made.units[1].code, "Y Bhem Niê", "+84 (0)987 654 321", "", ""],
    ]


def preview(client, path: str, rows: list[list[object]], **texts_typed: str):
    table = io.StringIO()
    csv.writer(table).writerows(rows)
    typed = {
        **WORDING,
        **texts_typed,
        "do": "preview",
        "file": (io.BytesIO(table.getvalue().encode()), "x.csv"),
    }
    return client.submit(path, typed, content_type="multipart/form-data")


def make(client, path: str, rows: list[list[object]], do: str = "xlsx", **texts_typed: str):
    return client.submit(path, {**carried(preview(client, path, rows, **texts_typed)), "do": do})


def carried(page) -> dict[str, str]:
    """What the previewed page would send back, as a browser does."""
    assert page.status_code == 200, re.findall(r'error-summary__list">(.*?)</ul>', page.text, re.S)
    inputs = Page(page.text).named("input")
    hidden = {each["name"]: each["value"] for each in inputs if each.get("name") in ("contacts", "seen")}
    areas = re.findall(r'<textarea[^>]*name="(\w+)"[^>]*>\n(.*?)</textarea>', page.text, re.S)
    return {**WORDING, **dict(areas), **hidden}


def test_each_person_gets_a_row_with_finished_texts_and_a_link_that_works(app, planner, made, path, people):
    head, first, second = sheet_rows(make(planner, path, people).data)
    row = dict(zip(head, first, strict=True))
    assert (row["Tên"], row["Điện thoại"]) == ("Trần Lan Anh", "0912345678")
    assert second[1] == "0987654321"
    assert row["SMS"] == f"Danh gia So Noi vu: {row['Liên kết']}"
    assert row["Số phần SMS"] == 1
    assert row["Mã"] in row["Nội dung thư điện tử"]
    assert "Kính gửi Ông/Bà Trần Lan Anh," in row["Tin nhắn Zalo"]
    link = row["Liên kết"].removeprefix("http://localhost")
    citizen = app.test_client()
    assert row["Mã"] in citizen.get(link).text
    assert citizen.submit("/c", {"code": row["Mã"]}).location == f"/k/{made.survey.slug}/arrive"


def test_people_are_seen_first_and_nothing_is_made(app, planner, path, people):
    page = preview(planner, path, people)
    assert "Trần Lan Anh" in page.text
    assert "XXXX-XXXX-XXXX" in page.text
    assert "1 phần" in page.text
    assert stored(app, Invitation) == []


def test_nothing_of_the_people_is_stored(app, planner, path, people):
    reply = make(planner, path, people)
    codes = [row[6] for row in sheet_rows(reply.data)[1:]]
    assert len(stored(app, Invitation)) == 2
    with app.app_context():
        held = repr([db.session.execute(table.select()).all() for table in db.metadata.sorted_tables])
    for trace in ("Lan Anh", "912345678", "example.vn", "Lê Duẩn", *codes):
        assert trace not in held
    assert last_details(app) == {"people": 2, "format": "xlsx"}


def test_a_second_click_makes_no_second_code_for_anybody(app, planner, path, people):
    form = {**carried(preview(planner, path, people)), "do": "csv"}
    assert planner.submit(path, form).status_code == 200
    again = planner.submit(path, form)
    assert again.status_code == 422
    assert len(stored(app, Invitation)) == 2


def test_every_fault_of_the_list_is_named_with_its_cell_and_nothing_is_made(app, planner, made, path):
    code = made.units[0].code
    rows = [
        ["unit", "name", "phone", "email", "colour"],
        ["", "A", "", "", ""],
        ["nowhere", "B", "", "", ""],
        [code, "", "", "", ""],
        [code, "C", "12", "", ""],
        [code, "D", "", "d@", ""],
        [code, "E", "0912345678", "", ""],
        [code, "F", "912 345 678", "", ""],
    ]
    page = upload(planner, path, rows)
    assert page.status_code == 422
    cells = re.findall(r'app-number">(\d+)</td>\s*<td class="govuk-table__cell">([A-Z])', page.text)
    assert cells == [
        ("1", "E"), ("2", "A"), ("3", "A"), ("4", "B"), ("5", "C"), ("6", "D"), ("7", "C"), ("8", "C")
    ]  # fmt: skip
    assert stored(app, Invitation) == []


@pytest.mark.parametrize(
    ("name", "text", "sentence"),
    [
        ("zalo", "Mã {maa}", "{maa}"),
        ("body", "Kính gửi {ten}", "{lien_ket}"),
        ("sms", "x" * 200 + "{ma}", "160"),
    ],
)
def test_a_text_that_cannot_go_out_is_refused_at_its_place(planner, path, people, name, text, sentence):
    page = preview(planner, path, people, **{name: text})
    assert page.status_code == 422
    assert f'href="#{name}"' in page.text
    assert sentence in page.text
    assert 'value="xlsx"' not in page.text


def test_a_table_of_texts_never_starts_a_formula(app, planner, made, path, people):
    people[1][2] = '=HYPERLINK("http://x")'
    with app.app_context():
        db.session.get(Unit, made.units[1].id).name = "@SUM(1)"
        db.session.commit()
    text = make(planner, path, people, "csv").data.decode("utf-8-sig")
    _, first, second = csv.reader(io.StringIO(text))
    assert first[0] == '\'=HYPERLINK("http://x")'
    assert second[5] == "'@SUM(1)"


def test_letters_carry_name_address_code_and_a_code_to_scan(app, planner, path, people):
    people[2][2] = "Bà " + "Nguyễn Thị Thanh Thảo " * 15
    reply = make(planner, path, people, "pdf")
    first, second = texts(reply.data)
    for words in ("Trần Lan Anh", "12 Lê Duẩn, phường Tân Lập", "localhost/c", "Sở Nội vụ, 0262 000 000"):
        assert words in first
    assert people[2][2].strip() in second
    (address,) = scanned(reply.data)
    code = address.removeprefix("http://localhost/c/")
    assert code in first
    assert app.test_client().submit("/c", {"code": code}).status_code == 303


def test_people_who_rate_several_agencies_get_codes_of_the_whole_survey(app, planner, made, path):
    with app.app_context():
        db.session.get(Survey, made.survey.id).rates = "several"
        db.session.commit()
    rows = [["Họ tên", "Email"], ["Lê Thị Hà", "ha@example.vn"]]
    assert make(planner, path, rows).status_code == 200
    assert [each.stratum_id for each in stored(app, Invitation)] == [None]


def test_the_pattern_is_a_list_that_is_understood(planner, made, path):
    pattern = planner.get(f"/surveys/{made.survey.id}/contacts/pattern.xlsx").data
    (head,) = sheet_rows(pattern)
    row = [made.units[0].code, "Lê Hà", "0912345678", "", ""]
    assert preview(planner, path, [list(head), row]).status_code == 200


def test_a_closed_survey_writes_to_nobody(app, planner, made, path, people):
    form = {**carried(preview(planner, path, people)), "do": "csv"}
    planner.submit(f"/surveys/{made.survey.id}/state", {"state": "closed"})
    assert planner.submit(path, form).status_code == 409
    assert stored(app, Invitation) == []
