"""A planner looks after the units: finds, adds, changes and uploads them."""

from __future__ import annotations

import datetime
import io
import re

import openpyxl
import pytest

from survey.db import db, today
from survey.models import Unit
from tests.survey.factory import make_unit
from tests.survey.fieldwork.desk import DAY, actions, filled_in, last_details, stored, upload, upload_raw
from tests.survey.pages import Page

NEW_UNIT = {
    "name": "Sở Giáo dục và Đào tạo",
    "code": "giao-duc",
    "type": "so",
    "ranking_group": "so-nganh",
    "parent_code": "",
    "valid_from": "2015-01-01",
    "valid_to": "",
}


def names_on(page) -> list[str]:
    return re.findall(r'<th scope="row"[^>]*>(?:<a[^>]*>)?([^<]+)', page.text)


def test_units_are_found_without_marks_by_name_code_and_type(app, planner):
    with app.app_context():
        make_unit(db.session, "noi-vu", "Sở Nội vụ")
        make_unit(db.session, "dak-lak", "Tỉnh Đắk Lắk").type = "tinh"
        make_unit(db.session, "cu-kuin", "Huyện Cư Kuin").valid_to = today() - DAY
        db.session.commit()
    assert names_on(planner.get("/units")) == ["Sở Nội vụ", "Tỉnh Đắk Lắk"]
    assert names_on(planner.get("/units?q=NOI  vu")) == ["Sở Nội vụ"]
    assert names_on(planner.get("/units?q=dak-l")) == ["Tỉnh Đắk Lắk"]
    assert names_on(planner.get("/units?type=tinh")) == ["Tỉnh Đắk Lắk"]
    assert names_on(planner.get("/units?q=%25")) == []
    assert names_on(planner.get("/units?q=cu kuin&ended=1")) == ["Huyện Cư Kuin"]


def test_a_planner_adds_a_unit_below_another(app, planner):
    with app.app_context():
        make_unit(db.session, "tinh", "Tỉnh Đắk Lắk")
        db.session.commit()
    reply = planner.submit("/units/new", {**NEW_UNIT, "parent_code": "tinh"})
    assert reply.location == "/units"
    province, unit = stored(app, Unit)
    assert (unit.name, unit.search_key, unit.parent_id) == (
        NEW_UNIT["name"],
        "so giao duc va dao tao",
        province.id,
    )
    assert actions(app) == ["unit.create"]


def test_faults_of_a_unit_are_named_together_and_nothing_is_stored(app, planner):
    faulty = {
        "name": " ",
        "code": "giáo dục",
        "type": "khoa",
        "parent_code": "nowhere",
        "valid_from": "2020-05-01",
        "valid_to": "2020-04-30",
    }
    page = planner.submit("/units/new", faulty)
    assert page.status_code == 400
    for sentence in (
        "Hãy nhập tên.",
        "“giáo dục” không phải là mã",
        "Lựa chọn này không có.",
        "Không có đơn vị nào mang mã này.",
        "Ngày cuối trước ngày đầu.",
    ):
        assert sentence in page.text, sentence
    assert stored(app, Unit) == []


def test_two_units_cannot_share_a_code_nor_stand_above_each_other(app, planner):
    with app.app_context():
        upper, lower = make_unit(db.session, "tren", "Trên"), make_unit(db.session, "duoi", "Dưới")
        lower.parent = upper
        db.session.commit()
        upper_id = upper.id
    assert "đã có mã này: Trên" in planner.submit("/units/new", {**NEW_UNIT, "code": "tren"}).text
    page = planner.submit(
        f"/units/{upper_id}", {**filled_in(planner, f"/units/{upper_id}"), "parent_code": "duoi"}
    )
    assert "không thể là cấp trên của chính mình" in page.text


def test_the_second_of_two_who_edit_a_unit_is_told_and_loses_nothing(app, planner, new_user):
    with app.app_context():
        unit = make_unit(db.session, "noi-vu", "Sở Nội vụ")
        db.session.commit()
        path = f"/units/{unit.id}"
    mine = filled_in(planner, path)
    theirs = {**mine, "ranking_group": "khong-xep-hang"}
    assert planner.submit(path, theirs).status_code == 302

    refused = planner.submit(path, {**mine, "name": "Sở Nội vụ và Lao động"})
    assert refused.status_code == 400
    assert "Người khác đã sửa" in refused.text
    assert "Nhóm xếp hạng: khong-xep-hang" in refused.text
    assert 'value="Sở Nội vụ và Lao động"' in refused.text
    assert stored(app, Unit)[0].name == "Sở Nội vụ"

    seen = next(each["value"] for each in Page(refused.text).named("input") if each.get("name") == "seen")
    assert planner.submit(path, {**mine, "name": "Sở Nội vụ và Lao động", "seen": seen}).status_code == 302
    (unit,) = stored(app, Unit)
    assert (unit.name, unit.ranking_group) == ("Sở Nội vụ và Lao động", "so-nganh")
    assert last_details(app)["name"] == ["Sở Nội vụ", "Sở Nội vụ và Lao động"]


def test_the_code_of_a_unit_in_a_round_stays(app, planner, made):
    path = f"/units/{made.units[0].id}"
    page = planner.submit(path, {**filled_in(planner, path), "code": "khac"})
    assert page.status_code == 400
    assert "Mã phải giữ nguyên" in page.text


def test_an_administrator_edits_units_and_a_viewer_only_looks(app, client, sign_in):
    sign_in("administrator")
    assert client.submit("/units/new", NEW_UNIT).status_code == 302
    (unit,) = stored(app, Unit)
    sign_in("viewer")
    page = client.get("/units")
    assert f"/units/{unit.id}" not in page.text
    assert "/units/new" not in page.text
    assert client.get(f"/units/{unit.id}").status_code == 403


UNITS_TABLE = [
    ["code", "name", "type", "valid_from", "parent", "valid_to", "ranking_group"],
    ["dak-lak", "Tỉnh Đắk Lắk", "tinh", "1/1/2004", "", "", ""],
    ["tan-lap", "Phường Tân Lập", "phuong", "01/07/2025", "dak-lak", "", "phuong-xa"],
    ["ea-kao", "Xã Ea Kao", "xa", "2025-07-01", "dak-lak", "", "phuong-xa"],
]


def test_a_table_of_units_is_stored_and_a_second_time_changes_nothing(app, planner):
    for sentence in ("3 đơn vị mới, 0 đơn vị được cập nhật", "0 đơn vị mới, 0 đơn vị được cập nhật, 3"):
        assert upload(planner, "/units/import", UNITS_TABLE).location == "/units"
        assert sentence in planner.get("/units").text
    province, ward, _ = stored(app, Unit)
    assert (ward.name, ward.parent_id) == ("Phường Tân Lập", province.id)
    assert ward.valid_from == datetime.date(2025, 7, 1)
    assert actions(app) == ["unit.import"]


def test_a_table_brings_stored_units_up_to_date(app, planner):
    upload(planner, "/units/import", UNITS_TABLE)
    changed = [UNITS_TABLE[0], UNITS_TABLE[1], [*UNITS_TABLE[2][:5], "31/12/2030", "phuong-xa"]]
    upload(planner, "/units/import", changed)
    assert stored(app, Unit)[1].valid_to == datetime.date(2030, 12, 31)
    assert last_details(app) == {"added": [], "changed": {"tan-lap": {"valid_to": [None, "2030-12-31"]}}}


def test_every_fault_of_a_table_is_listed_with_its_cell_and_nothing_is_stored(app, planner):
    rows = [
        ["code", "name", "type", "valid_from", "parent", "valid_to", "colour"],
        ["a", "", "tinh", "1/1/2004", "", "", "red"],
        ["b b", "B", "tinh", "1/1/2004", "", "", ""],
        ["c", "C", "khoa", "1/1/2004", "", "", ""],
        ["d", "D", "xa", "30/2/2004", "", "", ""],
        ["e", "E", "xa", "1/1/2004", "z", "31/12/2003", ""],
        ["f", "F", "xa", "1/1/2004", "g", "", ""],
        ["g", "G", "xa", "1/1/2004", "f", "", ""],
        ["c", "C", "xa", "", "", "", ""],
    ]
    page = upload(planner, "/units/import", rows)
    assert page.status_code == 422
    cells = re.findall(
        r'<td class="govuk-table__cell">[^<]*</td>\s*<td class="govuk-table__cell app-number">([^<]*)</td>\s*'
        r'<td class="govuk-table__cell">([A-Z–])',
        page.text,
    )
    expected = [
        ("1", "G"),  # an unknown column
        ("2", "B"),  # no name
        ("3", "A"),  # no code
        ("4", "A"),  # the code stands below again
        ("4", "C"),  # an unknown type
        ("5", "D"),  # no day of the calendar
        ("6", "E"),  # an unknown parent
        ("6", "F"),  # ends before it begins
        ("7", "E"),  # above itself
        ("8", "E"),
        ("9", "A"),  # the code stands above already
        ("9", "D"),  # no first day
    ]
    assert sorted(cells) == expected
    assert "Tệp có 12 lỗi" in page.text
    assert stored(app, Unit) == []


def test_the_pattern_of_units_is_accepted_once_filled_in(app, planner):
    pattern = planner.get("/units/pattern.xlsx")
    book = openpyxl.load_workbook(io.BytesIO(pattern.data))
    page = book.worksheets[0]
    page.append(["dak-lak", "Tỉnh Đắk Lắk", "tinh", datetime.date(2004, 1, 1)])
    file = io.BytesIO()
    del book[book.sheetnames[1]]
    book.save(file)
    assert upload_raw(planner, "/units/import", file.getvalue(), "units.xlsx").status_code == 302
    assert [unit.code for unit in stored(app, Unit)] == ["dak-lak"]


@pytest.mark.parametrize(
    ("raw", "name", "sentence"),
    [
        (b"", "", "Hãy chọn tệp"),
        (b"", "x.csv", "Tệp trống"),
        (b"code,name,type,valid_from\r\n", "x.csv", "không có dòng"),
    ],
)
def test_a_table_that_holds_nothing_says_so(planner, raw, name, sentence):
    page = upload_raw(planner, "/units/import", raw, name)
    assert page.status_code == 422
    assert sentence in page.text
