"""The language of a page, and how it writes numbers and dates."""

from __future__ import annotations

import datetime
from decimal import Decimal

import pytest
from flask_babel import force_locale

from survey import language
from survey.db import db
from survey.models import User


@pytest.fixture(params=["vi", "en"])
def spoken(app, request):
    with app.test_request_context(), force_locale(request.param):
        yield request.param


NUMBERS = [
    (83.94, 2, "83,94", "83.94"),
    (1234.5, 1, "1.234,5", "1,234.5"),
    (1234567, 0, "1.234.567", "1,234,567"),
    (2.675, 2, "2,68", "2.68"),  # the nearest binary number lies below; people expect halves to go up
    (Decimal("0.125"), 2, "0,13", "0.13"),
    (-0.5, 0, "-1", "-1"),
    (0, 2, "0,00", "0.00"),
    (None, 2, "–", "–"),
    (float("nan"), 2, "–", "–"),
]


@pytest.mark.parametrize(("value", "digits", "vi", "en"), NUMBERS)
def test_numbers(spoken, value, digits, vi, en):
    assert language.number(value, digits) == {"vi": vi, "en": en}[spoken]


def test_a_percent_sign_stays_with_its_number(spoken):
    assert language.percent(81.3333) == {"vi": "81,33\N{NO-BREAK SPACE}%", "en": "81.33%"}[spoken]
    assert language.percent(None) == "–"


def test_days_and_moments(spoken):
    day = datetime.date(2025, 7, 1)
    assert language.localdate(day) == {"vi": "01/07/2025", "en": "1 July 2025"}[spoken]
    late = datetime.datetime(2025, 6, 30, 17, 30, tzinfo=datetime.UTC)  # 00:30 on 1 July in Hà Nội
    assert language.localdate(late) == f"00:30 {language.localdate(day)}"


def test_texts_of_definitions(spoken):
    both = {"vi": "Hài lòng", "en": "Satisfied"}
    assert language.text(both) == both[spoken]
    assert language.text({"vi": "Hài lòng"}) == "Hài lòng"
    assert language.text({"fr": "Satisfait"}) == "Satisfait"
    assert language.text(None) == ""


def test_the_language_is_chosen_on_any_page_and_kept(client):
    assert '<html lang="vi"' in client.get("/").text
    back = client.submit("/language/en", {"next": "/sign-in?next=/units"})
    assert back.location == "/sign-in?next=/units"
    page = client.get("/sign-in").text
    assert '<html lang="en"' in page
    assert "User name" in page


def test_staff_find_their_language_again_on_another_machine(app, client, sign_in):
    user_id = sign_in("viewer")
    client.submit("/language/en")
    with app.app_context():
        assert db.session.get(User, user_id).language == "en"


def test_languages_we_do_not_speak_are_not_found(client):
    assert client.submit("/language/fr").status_code == 404


def test_a_made_up_cookie_is_ignored(client):
    client.set_cookie("language", "../../etc")
    assert '<html lang="vi"' in client.get("/").text


def test_choosing_a_language_leads_nowhere_else(client):
    assert client.submit("/language/en", {"next": "https://evil.example/"}).location == "/"
