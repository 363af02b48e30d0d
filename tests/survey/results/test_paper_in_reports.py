"""What became of paper forms, and whose keying is not judged, stands in the report of a run."""

from __future__ import annotations

import io

import openpyxl
import pytest
import sqlalchemy as sa

from survey.collection.paper import (
    Plan,
    WantedBatch,
    claim,
    finish,
    mark_forms,
    print_batches,
    set_plan,
)
from survey.db import db
from survey.models import Batch, Stratum, Survey
from tests.survey.factory import ANSWERS, make_user
from tests.survey.paper.room import LAYOUT, type_in
from tests.survey.results.rounds import percent, saved

BATCH = "GIAY-07"


@pytest.fixture
def with_paper(app, the_round) -> None:
    """Of four forms one is keyed and waits for its second keying; one was refused, one spoiled."""
    with app.app_context():
        keyer, person = make_user(db.session, "enumerator"), make_user(db.session, "supervisor")
        survey, stratum = (db.session.scalars(sa.select(each)).first() for each in (Survey, Stratum))
        wanted = [WantedBatch(stratum.id, BATCH, 4)]
        (batch,) = print_batches(survey, wanted, LAYOUT, language="vi", person=person, plan=Plan("none"))
        held = claim(batch.id, keyer, "first", number=1)
        type_in(held, ANSWERS)
        assert finish(held.reading_id, held.token) == "accepted"
        mark_forms(batch, [2, 3, 4], "issued", person)
        mark_forms(batch, [3], "refused", person, "không trả lời")
        mark_forms(batch, [4], "spoiled", person, "rách")
        set_plan(batch, Plan("all"), person)


def cells(content: bytes, sheet: str) -> set[object]:
    read = openpyxl.load_workbook(io.BytesIO(content), read_only=True)
    return {cell for row in read[sheet].iter_rows(values_only=True) for cell in row}


def test_every_file_of_the_report_tells_of_paper(client, sign_in, with_paper, press):
    sign_in("analyst")
    address = press()
    alone, page = (saved(client, f"{address}/{name}").text for name in ("report.html", "report"))
    for text in (alone, page):
        assert BATCH in text
        assert percent("25,0") in text  # one of four handed out is accepted
        assert "Từ chối trả lời" in text
    workbook = saved(client, f"{address}/report.xlsx").data
    assert {4, 1, 0.25} <= cells(workbook, "Phiếu giấy")
    assert BATCH in cells(workbook, "Lô chưa đánh giá")


def test_a_run_from_before_paper_was_marked_is_not_published(app, client, with_paper, closed_run):
    assert client.submit(f"{closed_run}/publish").status_code == 302
    assert client.submit(f"{closed_run}/withdraw").status_code == 302
    with app.app_context():
        batch, person = db.session.scalars(sa.select(Batch)).one(), make_user(db.session, "supervisor")
        mark_forms(batch, [2], "lost", person, "rơi")
    assert client.submit(f"{closed_run}/publish").status_code == 409
