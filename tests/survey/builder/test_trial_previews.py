"""A planner answers, keys and prints a questionnaire in the making: all as people will, none of it stored."""

from __future__ import annotations

import io
import re
from random import Random
from string import ascii_letters

import pytest
import sqlalchemy as sa
from docx import Document
from pypdf import PdfReader

from questionnaires import library
from survey.builder.trial.memory import ROOM
from survey.db import db
from survey.models import Draft, PaperForm, Response
from tests.survey.builder.draft_life import a_draft, small
from tests.survey.builder.drafting import CITIZENS, draft_of

TABLES = (Draft, Response, PaperForm)
FIRST = {"received": "yes", "late": "no", "visits": "2", "form-live": "1"}
SERVICE = {"polite": "high", "clear": "low", "improve": ["time"]}


@pytest.fixture
def trial(app, client, sign_in) -> str:
    """The address of the trial of a small draft."""
    sign_in("planner")
    return f"/questionnaires/drafts/{a_draft(app, small())}/try"


def stored(app) -> list[int]:
    with app.app_context():
        return [db.session.scalar(sa.select(sa.func.count()).select_from(each)) for each in TABLES]


def answer(client, trial: str, step: int, answers: dict):
    return client.submit(f"{trial}/answer/{step}", {"form-visit": "", "form-seen": "", **answers})


def frames(response) -> str:
    return re.search(r"frame-ancestors ([^;]*)", response.headers["Content-Security-Policy"])[1]


def test_the_whole_form_is_answered_and_nothing_is_stored(app, client, trial):
    first = client.get(f"{trial}/answer")
    assert "Xem thử: không lưu lại gì" in first.text
    assert "Cơ quan X (thử)" in first.text
    assert client.submit(f"{trial}/answer").location == f"{trial}/answer/1"
    assert "Đã xong 0\xa0%" in client.get(f"{trial}/answer/1").text
    gone_on = answer(client, trial, 1, FIRST)
    assert gone_on.location == f"{trial}/answer/3"  # not late: no apology is asked for
    assert answer(client, trial, 3, SERVICE).location == f"{trial}/answer/4"
    assert answer(client, trial, 4, {}).location == f"{trial}/answer/check"
    check = client.get(f"{trial}/answer/check").text
    assert "Hướng dẫn rõ ràng" in check
    assert "Không hài lòng" in check
    thanked = client.submit(f"{trial}/answer/check", follow_redirects=True)
    assert "Cảm ơn Ông/Bà" in thanked.text
    assert "Xem thử: không lưu lại gì" in thanked.text
    assert stored(app) == [0, 0, 0]


def test_a_late_result_leads_to_the_apology(client, trial):
    assert answer(client, trial, 1, {**FIRST, "late": "yes"}).location == f"{trial}/answer/2"


def test_the_errors_are_those_that_people_meet(client, trial):
    reply = answer(client, trial, 1, {**FIRST, "visits": "31"})
    assert reply.status_code == 422
    assert "Số lần từ 0 đến 30." in reply.text
    assert 'value="31"' in reply.text


def test_what_lacks_is_named_before_sending(client, trial):
    answer(client, trial, 1, FIRST)
    reply = client.submit(f"{trial}/answer/check")
    assert reply.status_code == 422
    assert f'href="{trial}/answer/3?back=check#q-polite"' in reply.text


def test_another_person_starts_anew(client, trial):
    answer(client, trial, 1, FIRST)
    assert "anew" in client.get(f"{trial}/answer").text
    client.submit(f"{trial}/answer", {"anew": "1"})
    assert "checked" not in client.get(f"{trial}/answer/1").text


def test_answers_to_one_draft_do_not_show_in_another(app, client, trial):
    answer(client, trial, 1, FIRST)
    other = f"/questionnaires/drafts/{a_draft(app, small(code='other'))}/try"
    assert "checked" not in client.get(f"{other}/answer/1").text


def test_long_answers_are_let_go_before_the_cookie_grows_too_large(client, trial):
    answer(client, trial, 1, FIRST)
    text = "".join(Random(1).choices(ascii_letters, k=4_900))
    gone_on = answer(client, trial, 4, {"comment": text})
    assert len(gone_on.headers["Set-Cookie"]) < ROOM + 1_000
    check = client.get(gone_on.location).text
    assert "những câu trả lời dài nhất không được giữ lại" in check
    assert client.get(f"{trial}/answer/1").text.count(" checked") == 2  # the others were kept


def test_only_pages_of_this_site_show_the_pages_inside_them(client, trial):
    assert frames(client.get(f"{trial}/answer")) == "'self'"
    assert frames(client.get(f"{trial}/paper.pdf")) == "'self'"
    assert frames(client.get(f"{trial}/phone")) == "'none'"
    assert frames(client.get(trial)) == "'none'"


def test_a_telephone_stands_beside_a_link_to_the_whole_page(client, trial):
    page = client.get(f"{trial}/phone").text
    assert f'src="{trial}/answer"' in page
    assert f'href="{trial}/answer"' in page


def test_the_keying_screen_checks_and_saves_nothing(app, client, trial):
    screen = client.get(f"{trial}/key").text
    assert "entry.js" in screen
    typed = {"form-number": "1", "received": "no", "visits": "99", **SERVICE}
    refused = client.submit(f"{trial}/key", typed)
    assert refused.status_code == 422
    assert "Số lần từ 0 đến 30." in refused.text
    sound = client.submit(f"{trial}/key", typed | {"visits": "9"}, follow_redirects=True)
    assert "Ở đây không lưu gì" in sound.text
    assert stored(app) == [0, 0, 0]


def test_paper_is_shown_as_pdf_and_taken_away_as_word(client, trial):
    pdf = client.get(f"{trial}/paper.pdf")
    assert pdf.headers["Content-Disposition"].startswith("inline")
    assert "PHIẾU KHẢO SÁT NGẮN" in PdfReader(io.BytesIO(pdf.data)).pages[0].extract_text()
    word = client.get(f"{trial}/paper.docx?language=en")
    assert word.headers["Content-Disposition"] == 'attachment; filename="small-1-en.docx"'
    texts = [each.text for each in Document(io.BytesIO(word.data)).paragraphs]
    assert "SHORT QUESTIONNAIRE" in texts


def test_a_stored_version_is_tried_by_every_role(app, client, sign_in):
    sign_in("planner")
    address = client.submit("/questionnaires/new", {"shipped": CITIZENS}).location
    sign_in("enumerator")
    assert f'href="{address}/try"' in client.get(address).text
    assert library.load(CITIZENS).title["vi"] in client.get(f"{address}/try/answer").text


def test_the_builder_leads_to_the_trial(app, client, sign_in):
    sign_in("planner")
    address = f"/questionnaires/drafts/{draft_of(app)}"
    assert f'href="{address}/try"' in client.get(address).text


def test_a_reviewer_tries_a_draft_and_reads_the_question_on_the_review_page(app, client, sign_in):
    sign_in("viewer")
    draft_id = a_draft(app, small(version=""), state="draft")
    review, trial = (f"/questionnaires/drafts/{draft_id}/{page}" for page in ("review", "try"))
    assert f'href="{trial}"' in client.get(review).text
    assert f'href="{review}' in client.get(trial).text
    sign_in("enumerator")
    assert client.get(f"/questionnaires/drafts/{draft_id}/try").status_code == 403
