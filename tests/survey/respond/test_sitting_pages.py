"""A deputy rates several agencies in one sitting: by the page, leaving some out, away and back, sent once."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
import sqlalchemy as sa
from flask import Flask

from survey.db import db
from survey.models import Draft, Response, ResponseVersion
from tests.survey.citizen import Citizen
from tests.survey.respond.surveyed import Round, says
from tests.survey.sittings import make_sitting, rows_at

UNITS = 5


@pytest.fixture
def a_round(app: Flask) -> Round:
    return make_sitting(app, units=UNITS)


@pytest.fixture
def deputy(a_round: Round, newcomer: Callable[[], Citizen]) -> Citizen:
    person = newcomer()
    person.start()
    return person


def rate(deputy: Citizen, levels: dict[int, str]) -> None:
    """Give levels to units by their place on this page, and press its button."""
    rows = rows_at(deputy.page.text)
    deputy.answer(**{rows[place]: level for place, level in levels.items()})


def test_four_of_five_units_are_rated_after_a_break(deputy: Citizen, a_round: Round) -> None:
    rate(deputy, {0: "good", 1: "fair"})
    deputy.start()  # called away, and back
    assert deputy.path.endswith("/2")
    rate(deputy, {0: "poor", 2: "good", 3: "good"})
    deputy.answer(comment="Cần công khai hơn")
    deputy.send()
    assert deputy.path.endswith("/thanks")
    check_page = deputy.hidden
    with a_round.app.app_context():
        responses = db.session.scalars(sa.select(Response)).all()
        assert len(responses) == 4
        assert len({response.psu for response in responses}) == 1
        assert {response.unit.code for response in responses} == set(a_round.units[:4])
        assert all(response.stratum.unit_id == response.unit_id for response in responses)
        versions = db.session.scalars(sa.select(ResponseVersion)).all()
        assert all(version.answers["comment"] == "Cần công khai hơn" for version in versions)
    deputy.hidden = check_page
    deputy.post(f"/k/{a_round.slug}/check", {})
    assert a_round.count(Response) == 4


def test_the_check_says_which_units_are_rated_and_which_left_out(deputy: Citizen, a_round: Round) -> None:
    rate(deputy, {0: "good", 1: "dont_know"})
    rate(deputy, {0: "poor"})
    deputy.answer(comment="")
    assert deputy.path.endswith("/check")
    summary = re.search(r"<details.*?</summary>", deputy.page.text, re.S).group()
    assert a_round.unit_names[0] in summary
    assert "2" in summary
    assert deputy.page.text.count("<details") == 1
    left_out = "; ".join(a_round.unit_names[1:])
    assert says(deputy, left_out)
    assert deputy.page.text.index(left_out) < deputy.page.text.index("comment")


def test_a_rating_is_changed_from_the_check(deputy: Citizen, a_round: Round) -> None:
    rate(deputy, {0: "good"})
    rate(deputy, {0: "poor"})
    deputy.answer(comment="")
    deputy.open(f"/k/{a_round.slug}/1?back=check")
    rate(deputy, {0: "fair"})
    assert deputy.path.endswith("/check")
    assert says(deputy, "Trung bình")


def test_sending_without_any_rating_is_refused_and_leads_to_the_ratings(
    deputy: Citizen, a_round: Round
) -> None:
    rate(deputy, {0: "dont_know"})
    rate(deputy, {})
    deputy.answer(comment="Không biết đơn vị nào")
    deputy.send()
    assert deputy.page.status_code == 422
    assert says(deputy, f'href="/k/{a_round.slug}/1?back=check"', 'role="alert"')
    assert a_round.count(Response) == 0
    assert a_round.count(Draft) == 1


def test_the_check_says_at_once_that_nothing_is_rated_and_leads_to_the_ratings(
    deputy: Citizen, a_round: Round
) -> None:
    rate(deputy, {0: "dont_know"})
    rate(deputy, {})
    deputy.answer(comment="")
    assert deputy.path.endswith("/check")
    in_its_place = deputy.page.text.partition("<h2")[2]
    assert "Ông/Bà hãy đánh giá ít nhất một cơ quan." in in_its_place
    assert f'href="/k/{a_round.slug}/1?back=check">Đánh giá các cơ quan</a>' in in_its_place
    assert not says(deputy, "đánh giá 0 cơ quan")
    assert not says(deputy, "Bước cuối")
    deputy.open(f"/k/{a_round.slug}/1?back=check")
    rate(deputy, {0: "good"})
    assert deputy.path.endswith("/check")
    assert says(deputy, "đánh giá 1 cơ quan", "Bước cuối")
    assert not says(deputy, "ít nhất một cơ quan")


def test_no_unit_is_required_and_none_named_in_the_caption(deputy: Citizen, a_round: Round) -> None:
    assert deputy.page.text.count("<fieldset") == UNITS
    head = deputy.page.text.partition("<form method")[2].partition("<fieldset")[0]
    assert not any(name in head for name in a_round.unit_names)
    rate(deputy, {})
    assert deputy.path.endswith("/2")


def test_ratings_are_kept_in_the_background(deputy: Citizen, a_round: Round) -> None:
    row = rows_at(deputy.page.text)[2]
    kept = deputy.client.post(deputy.path, data=deputy.hidden | {row: "good"}, headers={"X-Autosave": "1"})
    assert (kept.status_code, kept.text) == (204, "")
    assert a_round.answers(Draft) == {row: "good"}
    deputy.hidden["form-seen"] = kept.headers["X-Seen"]
    deputy.answer(**{row: "fair"})
    assert not says(deputy, "cửa sổ khác")
    assert a_round.answers(Draft) == {row: "fair"}


def test_two_windows_rate_beside_each_other(deputy: Citizen, a_round: Round) -> None:
    """A window saves what was changed in it; what it shows blank may be rated elsewhere."""
    first, second = rows_at(deputy.page.text)[:2]
    for row in (first, second):
        saved = deputy.client.post(
            deputy.path,
            data=deputy.hidden | {row: "good"},
            headers={"X-Autosave": "1", "X-Items": row},
        )
    assert a_round.answers(Draft) == {first: "good", second: "good"}
    deputy.hidden["form-seen"] = saved.headers["X-Seen"]
    deputy.answer(**{second: "fair"})
    assert says(deputy, "cửa sổ khác")
    assert a_round.answers(Draft) == {first: "good", second: "fair"}


def test_saving_in_the_background_keeps_the_sound_part_only(deputy: Citizen, a_round: Round) -> None:
    first, second = rows_at(deputy.page.text)[:2]
    data = deputy.hidden | {first: "good", second: "wonderful"}
    assert deputy.client.post(deputy.path, data=data, headers={"X-Autosave": "1"}).status_code == 204
    assert a_round.answers(Draft) == {first: "good"}
