"""Surveys that take no answers now say why."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask

from survey.db import today
from survey.models import Response
from tests.survey.citizen import Citizen
from tests.survey.respond.surveyed import (
    ABOUT_YOU,
    SERVICE,
    VISIT,
    Round,
    says,
)


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({"state": "closed"}, "Khảo sát đã kết thúc"),
        ({"closes_on": today() - timedelta(1)}, "Khảo sát đã kết thúc"),
        ({"state": "paused"}, "Khảo sát đang tạm dừng"),
        ({"state": "draft"}, "Khảo sát chưa bắt đầu"),
        ({"opens_on": today() + timedelta(3)}, f"{today() + timedelta(3):%d/%m/%Y}"),
    ],
)
def test_a_survey_that_is_not_open_says_why(
    citizen: Citizen, newcomer: Callable[[], Citizen], a_round: Round, values: dict[str, Any], words: str
) -> None:
    citizen.answer_all(VISIT, SERVICE)
    open_page = dict(citizen.hidden)
    a_round.change(**values)
    citizen.answer(**ABOUT_YOU)
    assert says(citizen, words)
    citizen.hidden = open_page
    citizen.post(f"/k/{a_round.slug}/check", {})
    assert says(citizen, words)
    person = newcomer()
    person.open(f"/k/{a_round.slug}")
    assert says(person, words)
    assert a_round.count(Response) == 0


def test_a_synthetic_round_says_so(app: Flask) -> None:
    made = Round(app, synthetic=True)
    person = Citizen(app.test_client(), made.slug)
    for _ in (person.open(f"/k/{made.slug}"), person.start(made.units[0])):
        assert 'class="app-synthetic"' in person.page.text
