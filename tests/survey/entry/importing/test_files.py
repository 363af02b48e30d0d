"""Forms keyed elsewhere come in as a file: whole, or not at all, with every fault at its cell."""

from __future__ import annotations

import datetime
import io
import unicodedata

import openpyxl
import pytest
import sqlalchemy as sa

from survey.db import db
from survey.models import AuditEntry, Response, Survey
from tests.survey.entry.importing.sheets import FORM, HEADER, STORED, faults, row, stored, upload, xlsx

# What is right


def test_a_file_becomes_responses_of_their_units(app, client, target):
    content = xlsx(
        row("A-1", target.units[0]),
        row(2, target.units[1], {**FORM, "polite": "low"}, stratum="officials"),
    )
    assert upload(client, target, content).status_code == 303
    assert "Đã nhập 2 phiếu." in client.get(target.path).text
    with app.app_context():
        responses = db.session.scalars(sa.select(Response)).all()
        found = {(each.unit.code, each.stratum.code, each.mode) for each in responses}
        entry = db.session.scalars(sa.select(AuditEntry).filter_by(action="responses.import")).one()
        assert (entry.details["count"], entry.details["source"]) == (2, "phieu.xlsx")
    assert found == {
        (target.units[0], target.units[0], "imported"),
        (target.units[1], "officials", "imported"),
    }
    assert STORED in stored(app)


@pytest.mark.parametrize("delimiter", [",", "\t", "|;"])
def test_csv_says_the_same(app, client, target, delimiter):
    """Where semicolons part the columns, several answers stand in quotation marks."""
    delimiter, quote = (";", '"') if delimiter == "|;" else (delimiter, "")
    cells = [quote + str(cell) + quote for cell in row(1, target.units[0])]
    content = "\n".join([delimiter.join(HEADER), delimiter.join(cells)])
    assert upload(client, target, content.encode("utf-8-sig"), "phieu.csv").status_code == 303
    assert stored(app) == [STORED]


def test_answers_may_be_written_in_the_words_of_the_form(app, client, target):
    words = {
        "received": "Không",
        "visits": "2",
        "polite": unicodedata.normalize("NFD", "Hài lòng"),
        "clear": "khong biet",
        "improve": "Chi phí;Time",
    }
    assert upload(client, target, xlsx(row(1, target.units[0], words))).status_code == 303
    assert stored(app) == [STORED]


KEYED = {"received": 2, "visits": 2, "polite": 3, "clear": "4", "improve": "1; 2"}


def test_answers_may_be_the_digits_of_the_form_where_somebody_says_so(app, client, target):
    content = xlsx(row(1, target.units[0], KEYED))
    assert upload(client, target, content).status_code == 422
    assert stored(app) == []
    assert upload(client, target, content, as_digits="y").status_code == 303
    assert stored(app) == [STORED]


def test_days_and_numbers_may_be_cells_of_their_own_kind(app, client, target):
    book = openpyxl.Workbook()
    book.active.append(HEADER)
    book.active.append(row(7, target.units[0], FORM))
    book.active.cell(2, HEADER.index("visited_on") + 1).value = datetime.date(2022, 12, 20)
    file = io.BytesIO()
    book.save(file)
    assert upload(client, target, file.getvalue()).status_code == 303
    assert stored(app) == [{**STORED, "visited_on": "2022-12-20"}]


def test_the_template_is_filled_and_comes_back(app, client, target):
    reply = client.get(f"{target.path}/template")
    assert reply.mimetype.endswith("spreadsheetml.sheet")
    assert client.get(f"{target.path}/template").data == reply.data
    book = openpyxl.load_workbook(io.BytesIO(reply.data))
    assert [cell.value for cell in book.worksheets[0][1]] == HEADER
    codes = {(cells[0], cells[2]) for cells in book["Mã trả lời"].iter_rows(min_row=2, values_only=True)}
    assert ("polite", "dont_know") in codes
    assert [cells[0] for cells in book["Đơn vị"].iter_rows(min_row=2, values_only=True)] == sorted(
        [*target.units, target.units[1]]
    )
    book.worksheets[0].append(row(1, target.units[0]))
    file = io.BytesIO()
    book.save(file)
    assert upload(client, target, file.getvalue()).status_code == 303
    assert stored(app) == [STORED]


def test_the_plain_template_comes_back_too(app, client, target):
    template = client.get(f"{target.path}/template.csv").data
    assert template.startswith("\ufeffFORM,UNIT,STRATUM,received".encode())
    filled = template + ",".join(map(str, row(1, target.units[0]))).encode()
    assert upload(client, target, filled, "phieu.csv").status_code == 303
    assert stored(app) == [STORED]


def test_the_template_keeps_codes_as_they_are_typed(client, target):
    book = openpyxl.load_workbook(io.BytesIO(client.get(f"{target.path}/template").data))
    columns = book.worksheets[0].column_dimensions
    assert columns["A"].number_format == "@"
    assert columns["D"].number_format == "General"


@pytest.mark.parametrize("language", ["vi", "en"])
def test_only_the_explanations_of_the_template_are_passed_over(app, client, target, language):
    client.set_cookie("language", language)
    template = client.get(f"{target.path}/template").data
    client.set_cookie("language", "vi")
    sheet = openpyxl.load_workbook(io.BytesIO(template)).worksheets[0]
    explained = [cell.value for cell in sheet[2]]
    content = xlsx(explained, row("101", target.units[0]), row("#102", target.units[0]), ["# hết"])
    assert set(faults(upload(client, target, content))) == {"A4", "A5"}
    assert stored(app) == []
    assert upload(client, target, xlsx(explained, row("101", target.units[0]))).status_code == 303
    assert stored(app) == [STORED]


def test_blanks_are_accepted_where_they_are_said_to_be_on_the_paper(app, client, target):
    content = xlsx(row(1, target.units[0], {"received": "no", "polite": "high"}))
    assert set(faults(upload(client, target, content))) == {"J2"}
    assert upload(client, target, content, blanks_confirmed="y").status_code == 303
    assert stored(app) == [{"received": "no", "polite": "high"}]


# What is wrong


def test_every_fault_is_named_with_its_cell_and_nothing_is_stored(app, client, target):
    good, two_strata, _ = target.units
    content = xlsx(
        row(1, good),
        row("", good),  # no number
        row(1, good),  # the number of row 2
        row(4, "so-khong-co"),  # no such unit
        row(5, ""),  # no unit
        row(6, two_strata),  # which of its strata?
        row(7, good, stratum="elsewhere"),  # not of this unit
        row(8, good, {**FORM, "polite": "wonderful"}),  # no such choice
        row(9, good, {**FORM, "visits": "nhiều"}),  # no number
        row(10, good, {**FORM, "visits": 99}),  # out of range
        row(11, good, {**FORM, "late": "yes"}),  # not asked
        row(12, good, {**FORM, "clear": ""}),  # an answer is needed
        row(13, good, {**FORM, "visited_on": "30/02/2022"}),  # no day
    )
    found = faults(upload(client, target, content))
    assert set(found) == {
        *("A3", "A4", "B5", "B6", "C7", "C8"),
        *("I9", "F10", "F11", "E12", "J13", "G14"),
    }
    assert "cũng có ở dòng 2" in found["A4"]
    assert "so-khong-co" in found["B5"]
    assert "officials" in found["C7"]
    assert "wonderful" in found["I9"]
    assert "Số lần từ 0 đến 30." in found["F11"]
    assert stored(app) == []


def test_several_faults_of_one_form_are_named_together(client, target):
    content = xlsx(row(1, target.units[0], {"received": "?", "visits": 99, "polite": "high"}))
    assert set(faults(upload(client, target, content))) == {"D2", "F2", "J2"}


def test_what_cannot_be_read_puts_no_other_answer_off_the_route(client, target):
    """`late` is asked because of `received`; only what is wrong is named."""
    content = xlsx(row(1, target.units[0], {**FORM, "visits": "hai", "received": "yes", "late": "no"}))
    assert set(faults(upload(client, target, content))) == {"F2"}


def test_a_file_imported_twice_is_refused_row_by_row(app, client, target):
    content = xlsx(row("P 01", target.units[0]), row("P 02", target.units[0]))
    upload(client, target, content)
    again = faults(upload(client, target, content))
    assert set(again) == {"A2", "A3"}
    assert "đã được nhập từ trước" in again["A2"]
    other_writing = xlsx(row("p  01", target.units[0]))
    assert set(faults(upload(client, target, other_writing))) == {"A2"}
    assert len(stored(app)) == 2


def test_missing_and_unknown_columns_are_named_before_anything_else(client, target):
    header = [{"polite": "polit", "clear": "salary"}.get(heading, heading) for heading in HEADER]
    found = upload(client, target, xlsx(row(1, target.units[0]), header=header))
    assert "polit" in faults(found)["I1"]
    assert "“polite”" in found.text
    assert "“clear”" in found.text
    assert "“salary”" in found.text


@pytest.mark.parametrize(
    "content", [b"", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"PK\x03\x04", "Sở".encode("utf-16")[2:]]
)
def test_what_is_no_table_is_refused_in_plain_words(app, client, target, content):
    assert upload(client, target, content).status_code == 422
    assert stored(app) == []


def test_a_file_without_forms_is_refused(client, target):
    assert "không có phiếu nào" in upload(client, target, xlsx()).text


def test_an_upload_without_a_file_is_told_at_its_field(client, target):
    page = client.submit(target.path, {}, content_type="multipart/form-data")
    assert page.status_code == 400
    assert "Hãy chọn tệp để tải lên." in page.text


def test_many_faults_are_shown_in_part_and_downloaded_whole(client, target):
    content = xlsx(*[row(number, "nowhere") for number in range(1, 301)])
    page = upload(client, target, content)
    assert len(faults(page)) == 200
    assert "Tệp có 300 lỗi." in page.text
    assert 'href="data:application/vnd.openxmlformats' in page.text


def test_a_closed_survey_takes_no_file(app, client, target):
    with app.app_context():
        db.session.get(Survey, target.survey_id).state = "closed"
        db.session.commit()
    page = upload(client, target, xlsx(row(1, target.units[0])))
    assert page.status_code == 422
    assert "không nhận phiếu giấy" in page.text
    assert stored(app) == []


def test_an_imported_form_is_found_by_its_number_and_can_be_corrected(client, target):
    upload(client, target, xlsx(row("P 01", target.units[0])))
    found = client.get(f"{target.path}?number=p%2001")
    assert found.status_code == 302
    page = client.get(found.location).text
    assert "Phiếu nhập từ tệp" in page
    assert "Nhập từ tệp ngày" in page
    assert client.get(f"{found.location}/correct").status_code == 200
    missing = client.get(f"{target.path}?number=99")
    assert "không có phiếu nhập từ tệp nào mang số “99”" in missing.text


def test_planners_import_too(app, client, target, sign_in):
    sign_in("planner")
    assert upload(client, target, xlsx(row(1, target.units[0]))).status_code == 303
    assert len(stored(app)) == 1
