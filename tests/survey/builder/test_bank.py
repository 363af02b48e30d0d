"""Somebody looks a question up in the bank and reads whether its figures go on from year to year."""

from __future__ import annotations

import pytest

from survey.builder.bank import holding
from survey.builder.shelves import QUESTIONNAIRES, add
from survey.db import db
from survey.models import QuestionnaireVersion
from tests.questionnaires.bank.forms_of_two_years import (
    levels,
    next_year,
    with_levels,
    with_question,
    with_row,
)
from tests.survey.builder.draft_life import a_draft
from tests.survey.builder.test_comparison import words_of
from tests.survey.factory import words

IN_2024 = "So với ngày ghi trên giấy hẹn, Ông/Bà nhận được kết quả như thế nào?"
IN_2025 = "So với ngày ghi trên giấy hẹn, Ông/Bà nhận được kết quả sớm hay muộn?"
LAST_YEAR = "citizen-satisfaction-2024"


def store(app, *forms) -> list[int]:
    with app.app_context():
        ids = [add(QUESTIONNAIRES, form)[0].id for form in forms]
        db.session.commit()
    return ids


def reworded() -> dict:
    """The form of 2025, in which one question has other words."""
    return with_question(next_year(), "on_time", text=words(IN_2025, "On time?"))


def results(page: str) -> str:
    return words_of(page[page.index('role="status"') :])


def test_questions_are_found_by_words_without_marks_and_their_beginnings(app, client, sign_in):
    sign_in("viewer")
    found = results(client.get("/questionnaires/bank?words=ngay+giay+hen").text)
    assert IN_2024 in found
    assert "Giới tính" not in found
    assert "Không có câu hỏi nào" in client.get("/questionnaires/bank?words=phimhoathinh").text


def test_questions_are_found_by_what_they_serve(client, sign_in):
    sign_in("analyst")
    found = results(client.get("/questionnaires/bank?group=deputy&kind=scale").text)
    assert "đại biểu HĐND" in found
    assert "người dân:" not in found
    assert "0 câu hỏi" in results(client.get("/questionnaires/bank?criterion=khong-co").text)


def test_a_question_says_whether_its_trend_goes_on(app, client, sign_in):
    store(app, reworded())
    sign_in("viewer")
    broken = results(client.get("/questionnaires/bank?words=ngay+giay+hen&group=citizen").text)
    assert "không so sánh được với lần trước" in broken
    assert IN_2025 in broken
    kept = results(client.get("/questionnaires/bank?words=visits&group=citizen").text)
    assert "so sánh được qua mọi lần hỏi" in kept
    assert "2025" in kept
    assert "2024" in kept


def test_the_history_of_a_question_tells_each_wording_and_why_the_trend_broke(app, client, sign_in):
    (version_id,) = store(app, reworded())
    sign_in("viewer")
    address = "/questionnaires/bank/on_time?form=citizen-satisfaction-2025&version=1"
    page = client.get(address).text
    read = words_of(page)
    assert read.index(IN_2024) < read.index(f"Câu chữ đã đổi từ “{IN_2024}” thành “{IN_2025}”")
    assert f'href="/questionnaires/{version_id}#question-on_time"' in page
    assert "có sẵn của phần mềm" in read  # the form of 2024 is stored by nobody here
    assert client.get("/questionnaires/bank/on_time?form=khac&version=1").status_code == 404


def test_a_scale_of_other_levels_is_told_in_the_history(app, client, sign_in):
    form = next_year()
    store(app, with_levels(form, levels(form)[:-1]))
    sign_in("viewer")
    address = "/questionnaires/bank/overall_satisfaction?form=citizen-satisfaction-2025&version=1"
    assert "đổi phương án trả lời" in words_of(client.get(address).text)


def test_the_bank_is_put_together_once_until_a_version_is_stored_or_removed(app, monkeypatch):
    made = []
    over = holding.Bank.over
    monkeypatch.setattr(holding.Bank, "over", lambda *args: made.append(args) or over(*args))
    holding._put_together.cache_clear()
    (version_id,) = store(app, reworded())
    with app.app_context():
        first = holding.held()
        assert holding.held() is first
        assert len(made) == 1
        db.session.delete(db.session.get_one(QuestionnaireVersion, version_id))
        db.session.commit()
        assert not holding.held().find(("citizen-satisfaction-2025", "1"), "on_time")
    store(app, next_year(version="2"))  # which gets the freed id on some databases
    with app.app_context():
        assert holding.held().find(("citizen-satisfaction-2025", "2"), "on_time")


# Two forms, item by item


def test_each_item_of_a_form_is_the_same_reworded_new_or_gone(app, client, sign_in):
    form = with_row(
        next_year(), "access_items", "access_signs", text=words("Biển hiệu dễ thấy", "Signs in view")
    )
    form["sections"][0]["questions"][0]["code"] = "service_new"
    before, after = store(app, next_year(LAST_YEAR, "0"), form)
    sign_in("viewer")
    page = client.get(f"/questionnaires/compare?before={before}&after={after}").text
    changed = words_of(page.partition("<details")[0])
    assert "sửa câu chữ access_signs Biển hiệu dễ thấy" in changed
    assert "Câu chữ đã đổi từ" in changed
    assert "mới service_new" in changed
    assert "không còn hỏi" in changed
    assert "on_time" not in changed
    assert "như trước: số liệu tiếp nối on_time" in words_of(page)


def test_a_draft_is_held_against_the_form_the_same_people_answered_last(app, client, sign_in):
    (before,) = store(app, next_year(LAST_YEAR, "0"))
    draft_id = a_draft(app, next_year("another-code"))
    sign_in("planner")
    page = client.get(f"/questionnaires/compare?after=draft-{draft_id}").text
    assert f'<option value="{before}" selected>' in page
    assert "Mọi số liệu của phiếu trước đều được tiếp nối." in page


@pytest.mark.parametrize("path", ["/questionnaires/bank", "/questionnaires/compare"])
def test_an_empty_database_has_the_shipped_questions_and_nothing_to_compare(client, sign_in, path):
    sign_in("unit_officer")
    page = client.get(path).text
    assert ("Chưa có đủ hai bản" in page) == path.endswith("compare")
