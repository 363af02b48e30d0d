"""What a print is when it comes out: PDFs, a cover list, an archive, the same bytes every time."""

from __future__ import annotations

import datetime
import io
import zipfile
from pathlib import Path

import pytest
import sqlalchemy as sa
from docx import Document
from flask import Flask
from flask.testing import FlaskClient
from pypdf import PdfReader

from questionnaires.paper import dump_layout, form_layout, write_serial
from survey.collection.paper import WantedBatch, print_batches
from survey.db import db
from survey.entry.printing import files
from survey.entry.printing.job import folder
from survey.models import Batch, FormLayout, Job, Survey
from tests.survey.entry.desk import MadeIds
from tests.survey.factory import make_user


@pytest.fixture
def path(app: Flask, made: MadeIds, sign_in) -> str:
    """A print of two batches with five forms, for a supervisor."""
    with app.app_context():
        survey = db.session.get_one(Survey, made.survey)
        survey.purpose, survey.legal_basis = "Đo lường sự hài lòng", "QĐ số 1"
        wanted = [
            WantedBatch(made.strata[0], "sở/01", 3, commune="Xã Ea Kao", enumerator="Nguyễn Thị Lan"),
            WantedBatch(made.strata[1], "st-02", 2),
        ]
        layout = dump_layout(form_layout(survey.questionnaire, "vi"))
        person = make_user(db.session, "supervisor")
        print_batches(survey, wanted, layout, language="vi", person=person)
    sign_in("supervisor")
    return f"/entry/print/{made.survey}/1-5"


def text_of(pdf: bytes) -> str:
    return "\n".join(page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages)


def test_all_forms_come_as_one_pdf_with_what_people_are_told(client, path):
    text = text_of(client.get(f"{path}/forms.pdf").data)
    assert all(write_serial(serial) in text for serial in range(1, 6))
    assert "Đo lường sự hài lòng" in text
    assert "QĐ số 1" in text
    assert "Xã Ea Kao" in text
    assert "Nguyễn Thị Lan" in text


def test_the_archive_holds_a_pdf_for_each_batch_and_the_cover_list(client, path):
    with zipfile.ZipFile(io.BytesIO(client.get(f"{path}/forms.zip").data)) as archive:
        assert archive.namelist() == ["000-cover-list.pdf", "001-sở-01.pdf", "002-st-02.pdf"]
        assert archive.testzip() is None
        assert "Xã Ea Kao" in text_of(archive.read("000-cover-list.pdf"))
        assert len(PdfReader(io.BytesIO(archive.read("002-st-02.pdf"))).pages) == 2


def test_the_cover_list_comes_alone_too(client, path):
    assert "0000 003-" in text_of(client.get(f"{path}/cover.pdf").data)


@pytest.mark.parametrize("file", ["forms.pdf", "forms.zip", "cover.pdf"])
def test_printed_again_it_is_the_same_file(client, path, file):
    assert client.get(f"{path}/{file}").data == client.get(f"{path}/{file}").data


def test_one_batch_is_printed_by_its_own_numbers(client, path):
    text = text_of(client.get(path.replace("1-5", "4-5") + "/forms.pdf").data)
    assert "0000 004-" in text
    assert "0000 003-" not in text


@pytest.mark.parametrize("numbers", ["1-4", "2-5", "6-9", "5-1"])
def test_numbers_that_are_no_whole_batches_lead_nowhere(client, path, numbers):
    assert client.get(path.replace("1-5", numbers)).status_code == 404


def test_a_form_of_another_layout_is_not_drawn_anew(app, client, path, made):
    """Boxes that would stand elsewhere are refused in words; what was printed before can still be read."""
    with app.app_context():
        layout = db.session.query(FormLayout).one()
        first = {**layout.content["boxes"][0]}
        first["place"] = {**first["place"], "x": first["place"]["x"] + 1}
        layout.content = {**layout.content, "boxes": [first, *layout.content["boxes"][1:]]}
        db.session.commit()
    page = client.get(f"{path}/forms.pdf")
    assert page.status_code == 409


def test_a_big_print_is_made_by_a_job_and_sent_from_disk(app, client, path, monkeypatch):
    small = client.get(f"{path}/forms.zip").data
    monkeypatch.setattr(files, "AT_ONCE", 4)
    assert client.get(f"{path}/forms.zip").location == path
    page = client.get(path).text
    assert f'action="{path}/forms.zip"' in page
    started = client.submit(f"{path}/forms.zip")
    done = client.get(started.location)
    assert done.location == path
    with app.app_context():
        job = db.session.query(Job).one()
        assert (job.kind, job.state) == ("print", "done")
    assert f'href="{path}/forms.zip"' in client.get(path).text
    assert client.get(f"{path}/forms.zip").data == small


def test_a_job_that_cannot_print_says_why(app, client, path, monkeypatch):
    monkeypatch.setattr(files, "AT_ONCE", 4)
    with app.app_context():
        db.session.query(Batch).filter_by(code="st-02").one().code = "rất-dài-" * 8
        db.session.commit()
    started = client.submit(f"{path}/forms.pdf")
    assert "rất-dài" in client.get(started.location).text
    assert client.get(f"{path}/forms.pdf").location == path


def say_otherwise(app: Flask, survey_id: int) -> None:
    """Everything that stands in the head of a form is changed after it was printed."""
    with app.app_context():
        survey = db.session.get_one(Survey, survey_id)
        survey.purpose, survey.legal_basis, survey.contact = "Mục đích khác", "QĐ số 2", "0123 456 789"
        survey.keep_until = datetime.date(2031, 1, 2)
        for batch in db.session.scalars(sa.select(Batch)):
            batch.stratum.unit.name += " (tên mới)"
        db.session.commit()


@pytest.mark.parametrize("file", ["forms.pdf", "forms.zip", "cover.pdf"])
def test_printed_again_it_says_what_it_said_whatever_was_changed_since(app, client, path, made, file):
    before = client.get(f"{path}/{file}").data
    say_otherwise(app, made.survey)
    assert client.get(f"{path}/{file}").data == before


def test_a_big_print_is_made_again_as_it_was(app, client, path, made, monkeypatch):
    monkeypatch.setattr(files, "AT_ONCE", 4)
    client.submit(f"{path}/forms.pdf")
    before = client.get(f"{path}/forms.pdf").data
    say_otherwise(app, made.survey)
    assert client.get(f"{path}/forms.pdf").data == before
    for file in folder_of_prints(app).iterdir():
        file.unlink()
    client.submit(f"{path}/forms.pdf")
    assert client.get(f"{path}/forms.pdf").data == before


def folder_of_prints(app: Flask) -> Path:
    with app.app_context():
        return folder()


def test_what_is_told_otherwise_later_the_same_day_is_another_print(app, client, path, made):
    say_otherwise(app, made.survey)
    with app.app_context():
        survey, person = db.session.get_one(Survey, made.survey), make_user(db.session, "supervisor")
        layout = db.session.query(FormLayout).one().content
        wanted = [WantedBatch(made.strata[0], "sở/02", 2)]
        print_batches(survey, wanted, layout, language="vi", person=person)
    assert "Mục đích khác" in text_of(client.get(path.replace("1-5", "6-7") + "/forms.pdf").data)
    assert client.get(path.replace("1-5", "1-7")).status_code == 404
    page = client.get(path.rpartition("/")[0]).text
    assert f'href="{path}"' in page
    assert f'href="{path.replace("1-5", "6-7")}"' in page


def test_forms_whose_head_was_not_kept_say_what_the_survey_says_now(app, client, path, made):
    with app.app_context():
        db.session.execute(sa.update(Batch).values(printed_notice=None, printed_unit=None))
        db.session.commit()
    say_otherwise(app, made.survey)
    text = text_of(client.get(f"{path}/forms.pdf").data)
    assert "Mục đích khác" in text
    assert "(tên mới)" in text


def test_other_endings_and_people_get_nothing(client: FlaskClient, path, sign_in):
    assert client.get(f"{path}/forms.exe").status_code == 404
    assert client.submit(f"{path}/forms.exe").status_code == 404
    sign_in("enumerator")
    assert client.get(f"{path}/forms.pdf").status_code == 403


def test_the_plain_word_version_tells_what_the_survey_promises(app, client, made, sign_in):
    sign_in("planner")
    with app.app_context():
        survey = db.session.get_one(Survey, made.survey)
        survey.purpose = "Để phục vụ người dân tốt hơn"
        db.session.commit()
    answer = client.get(f"/entry/print/{made.survey}/form-vi.docx")
    document = Document(io.BytesIO(answer.data))
    assert any("Để phục vụ người dân tốt hơn" in paragraph.text for paragraph in document.paragraphs)
    assert client.get(f"/entry/print/{made.survey}/form-fr.docx").status_code == 404
