"""Hostile texts from a planner: in settings, names, lists and letters; and in what goes out again."""

from __future__ import annotations

import csv
import io
import re

import openpyxl
import pytest
from openpyxl import Workbook

from survey.db import db
from survey.models import Kiosk, MailRecipient, Quota, Response, ResponseFlag, Survey
from tests.survey.fieldwork.conftest import made, planner  # noqa: F401
from tests.survey.fieldwork.desk import filled_in, stored, upload_raw
from tests.survey.fieldwork.inviting.conftest import postbox  # noqa: F401
from tests.survey.fieldwork.inviting.test_mailing import TEXTS
from tests.survey.fieldwork.inviting.test_messages import HEADINGS, carried, make, preview
from tests.survey.fieldwork.quality.conftest import add
from tests.survey.hostile.shown import shows, stays_text
from tests.survey.hostile.strings import A_FEW, STRINGS, TOGETHER
from tests.survey.pages import Page

EVERY_LINE = [each for each in STRINGS if each.line and len(each.line) <= 200]
LINES = [each for each in EVERY_LINE if each in A_FEW or set(each.raw) & set("<{=\u2028\u2067\u0301")]
UNWRITABLE = re.compile(r"[\x00-\x1f\ufdd0\ufffe\uffff]")
ILLEGAL = openpyxl.cell.cell.ILLEGAL_CHARACTERS_RE


def csv_of(*rows: list[str]) -> bytes:
    table = io.StringIO()
    csv.writer(table).writerows(rows)
    return table.getvalue().encode("utf-8", "surrogatepass")


def test_what_people_are_told_is_kept_and_shown_as_text(app, planner, made):  # noqa: F811
    path = f"/surveys/{made.survey.id}/edit"
    for each in LINES:
        typed = dict.fromkeys(("purpose", "legal_basis", "contact"), each.raw)
        assert planner.submit(path, filled_in(planner, path) | typed).status_code == 302, each.name
        (survey,) = stored(app, Survey)
        assert (survey.purpose, survey.legal_basis) == (each.lines, each.lines), each.name
        assert survey.contact == each.line, each.name
        for address in (f"/surveys/{survey.id}", f"/k/{survey.slug}", f"/k/{survey.slug}/privacy"):
            assert stays_text(planner.get(address), each.raw), (each.name, address)


def test_a_tablets_name_is_one_line_of_text(app, planner, made):  # noqa: F811
    path = f"/surveys/{made.survey.id}/kiosks"
    for each in LINES:
        page = planner.submit(path, {"name": each.raw, "stratum_id": str(made.strata[0].id)})
        assert page.status_code in (200, 400), each.name  # two may mean the same name
        assert stays_text(page, each.raw), each.name
    listed = planner.get(path)
    names = {kiosk.name for kiosk in stored(app, Kiosk)}
    assert names == {each.line for each in LINES}
    assert all(shows(listed, name) for name in names)


def test_quotas_take_numbers_and_their_own_answers_alone(app, planner, made):  # noqa: F811
    path = f"/surveys/{made.survey.id}/quotas"
    for each in LINES:
        typed = {"most": each.raw, "stratum": each.raw, "answer-ethnicity": each.raw}
        page = planner.submit(path, typed)
        assert page.status_code < 500, each.name
        assert stays_text(page, each.raw), each.name
    assert stored(app, Quota) == []


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_lists_of_people_go_out_as_text(app, planner, made, kind):  # noqa: F811
    path = f"/surveys/{made.survey.id}/messages"
    rows = [HEADINGS] + [["", made.units[0].code, each.line, "", "", each.line] for each in EVERY_LINE]
    file = make(planner, path, rows, kind)
    assert file.status_code == 200
    expected = {" ".join(each.line.split()) for each in EVERY_LINE}
    if kind == "xlsx":
        rows = openpyxl.load_workbook(io.BytesIO(file.data)).active.iter_rows()
        cells = [cell for row in rows for cell in row]
        assert not [cell.value for cell in cells if cell.data_type == "f"]
        texts = {str(cell.value) for cell in cells}
        assert expected <= texts
    else:
        texts = {cell for row in csv.reader(io.StringIO(file.data.decode("utf-8-sig"))) for cell in row}
        assert not [text for text in texts if text.startswith(tuple("=+-@\t\r＝"))]
    assert not [text for text in texts if ILLEGAL.search(text) or "\u202e" in text]


def test_a_preview_shows_names_as_text(planner, made):  # noqa: F811
    path = f"/surveys/{made.survey.id}/messages"
    for each in LINES:
        page = preview(planner, path, [HEADINGS, ["", made.units[0].code, each.raw, "", "", ""]])
        assert stays_text(page, each.raw), each.name
        assert carried(page)["contacts"]


@pytest.mark.parametrize("sort", ["messages", "dossiers"])
def test_lists_of_nonsense_are_refused_cell_by_cell(app, planner, made, sort):  # noqa: F811
    with app.app_context():
        survey = db.session.get(Survey, made.survey.id)
        survey.by_dossier = True
        db.session.commit()
    heads = ["Số hồ sơ", "Đơn vị"] if sort == "dossiers" else ["Đơn vị", "Họ tên", "Email"]
    book = Workbook()
    book.active.append(heads)
    for each in STRINGS:
        book.active.append([UNWRITABLE.sub("", each.raw).lstrip("=") for _ in heads])
    buffer = io.BytesIO()
    book.save(buffer)
    lines = [[each.raw] * len(heads) for each in STRINGS]
    for raw in (buffer.getvalue(), csv_of(heads, *lines), b"\x00\xff"):
        page = upload_raw(planner, f"/surveys/{made.survey.id}/{sort}", raw, "x.csv")
        assert page.status_code == 422
        assert all(stays_text(page, each.raw) for each in STRINGS)


def test_a_subject_adds_no_line_to_the_head_of_a_letter(app, planner, made, postbox):  # noqa: F811
    path = f"/surveys/{made.survey.id}/mailings"
    subject = "Mời\r\nBcc: x@example.vn\u2028X-Evil: 1\x85\u202eÔng {don_vi}"
    names = [each.line for each in LINES if "{" not in each.line][:20]
    table = [["Đơn vị", "Họ tên", "Email"]]
    table += [[made.units[0].code, name, f"a{place}@example.vn"] for place, name in enumerate(names)]
    form = {**TEXTS, "subject": subject, "do": "preview", "file": (io.BytesIO(csv_of(*table)), "x.csv")}
    page = planner.submit(path, form, content_type="multipart/form-data")
    assert page.status_code == 200
    inputs = Page(page.text).named("input")
    hidden = {each["name"]: each["value"] for each in inputs if each.get("name") in ("contacts", "seen")}
    planner.submit(path, {**TEXTS, **hidden, "subject": subject, "do": "start"})
    assert stored(app, MailRecipient) == []
    assert len(postbox.letters) == len(names)
    for _, letter in postbox.letters:
        assert letter["Subject"] == "Mời Bcc: x@example.vn X-Evil: 1Ông Sở Nội vụ"
        assert letter["Bcc"] is None
        assert letter["X-Evil"] is None


def test_a_flagged_answer_is_shown_and_downloaded_as_text(app, client, sign_in, made):  # noqa: F811
    with app.app_context():
        add(made, 0, {"comment": TOGETHER}, flags=("fast",))
        db.session.commit()
    (response,) = stored(app, Response)
    assert stored(app, ResponseFlag)
    sign_in("supervisor")
    path = f"/surveys/{made.survey.id}/quality"
    client.submit(path)
    page = client.get(f"{path}/{response.id}")
    assert page.status_code == 200
    assert all(shows(page, each.line) for each in STRINGS)
    assert all(stays_text(page, each.raw) for each in STRINGS)
    for address in (f"{path}.csv", f"/surveys/{made.survey.id}/way.csv"):
        rows = csv.reader(io.StringIO(client.get(address).data.decode("utf-8-sig")))
        assert not [cell for row in rows for cell in row if cell.startswith(tuple("=+-@\t\r"))]
