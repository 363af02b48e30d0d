"""A planner looks where people leave the form; nobody can be made out in a small survey."""

from __future__ import annotations

import csv
import io
import re

import pytest

from survey.db import db
from survey.fieldwork.way.rounded import share, shown
from survey.fieldwork.way.words import about
from survey.models import Survey, WayCount

HUNDRED = {
    "started": {"": 100},
    "declined": {"": 3},
    "device": {"phone": 80, "tablet": 2, "desktop": 18},
    "language": {"vi": 93, "en": 7},
    "reached": {"section-1": 100, "section-2": 10, "section-3": 81, "section-4": 80, "section-check": 60},
    "saved": {"section-1": 81, "section-2": 10, "section-3": 80, "section-4": 60},
    "time": {"section-1/3": 50, "section-2/1": 4, "section-3/7": 30},
    "finished": {"online": 50, "outbox": 5, "kiosk": 2},
}


def store(app, survey_id: int, counted: dict[str, dict[str, int]]) -> None:
    with app.app_context():
        db.session.add_all(
            WayCount(survey_id=survey_id, event=event, key=key, count=count)
            for event, counts in counted.items()
            for key, count in counts.items()
        )
        db.session.commit()


@pytest.fixture
def way(app, planner, made):
    """A function that stores counts and gives the words of the page about them."""

    def look(counted: dict[str, dict[str, int]] = HUNDRED) -> str:
        store(app, made.survey.id, counted)
        page = planner.get(f"/surveys/{made.survey.id}/way").text
        return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page))

    return look


def test_the_page_says_who_finished_and_where_the_others_left(planner, way):
    planner.set_cookie("language", "en")
    text = way()
    assert "Started 100 Finished 55 Finished, of those who started 55% " in text
    assert "1. Your last visit 100 20 20% about 30 seconds 20%" in text
    assert "2. About the delay 10 0 0% – 0% " in text  # four times are too few to say
    assert "3. The service 80 fewer than 5 – more than 5 minutes" in text
    assert "4. About you 80 20 25% – 25% " in text
    assert "Check your answers 60 10 17% – 17% " in text


def test_shares_of_doors_devices_and_languages_hide_small_groups(planner, way):
    planner.set_cookie("language", "en")
    text = way()
    assert "telephone 80 80% tablet fewer than 5 – computer 20 20%" in text
    assert "Tiếng Việt 95 95% English 5 5%" in text
    assert "on a tablet at a desk fewer than 5 –" in text


def test_no_exact_small_count_stands_on_the_page_or_in_the_file(planner, made, way):
    planner.set_cookie("language", "en")
    counted = {"started": {"": 7}, "declined": {"": 3}, "device": {"phone": 4, "desktop": 3}}
    counted |= {"reached": {"section-1": 7}, "saved": {"section-1": 4}}
    text = way(counted)
    assert not re.search(r"(telephone|computer|Started|declined|Reached) [1-4] ", text)
    rows = csv.reader(io.StringIO(planner.get(f"/surveys/{made.survey.id}/way.csv").data.decode("utf-8-sig")))
    counts = {cell for row in list(rows)[1:] for cell in row[2:4] if cell.isdigit()}
    assert counts == {"0", "5"}


def test_more_saved_than_reached_leaves_nobody_behind(planner, way):
    planner.set_cookie("language", "en")
    text = way({"started": {"": 20}, "reached": {"section-1": 20}, "saved": {"section-1": 25}})
    assert "1. Your last visit 20 0 0%" in text


def test_before_anybody_begins_the_page_says_so_and_what_will_be_counted(planner, way):
    planner.set_cookie("language", "en")
    text = way({})
    assert "Nobody has begun this survey online yet" in text
    assert "JavaScript" in text


def test_pages_of_a_question_each_are_named_by_their_question(app, planner, made, way):
    with app.app_context():
        db.session.get(Survey, made.survey.id).page_by = "question"
        db.session.commit()
    planner.set_cookie("language", "en")
    text = way({"started": {"": 50}, "reached": {"question-1": 50, "section-1": 99}})
    assert "1. Have you received the result? 50 50 100%" in text


def test_the_survey_leads_there_and_synthetic_data_is_called_so(app, planner, made):
    assert f"/surveys/{made.survey.id}/way" in planner.get(f"/surveys/{made.survey.id}").text
    with app.app_context():
        db.session.get(Survey, made.survey.id).round.synthetic = True
        db.session.commit()
    assert "app-synthetic" in planner.get(f"/surveys/{made.survey.id}/way").text


@pytest.mark.parametrize(
    ("count", "said"), [(0, 0), (1, None), (4, None), (5, 5), (7, 5), (8, 10), (123, 125)]
)
def test_counts_are_rounded_to_fives(count, said):
    assert shown(count) == said


def test_a_share_is_one_of_what_is_shown():
    assert share(18, 99) == 20
    assert share(2, 99) is None
    assert share(0, 0) is None


def test_times_are_said_roughly(app):
    with app.test_request_context(headers={"Cookie": "language=en"}):
        said = [about(seconds) for seconds in (None, 0.4, 42.4, 150, float("inf"))]
    assert said == ["–", "about 1 second", "about 42 seconds", "about 2 minutes", "more than 5 minutes"]
