"""An analyst looks for careless answers, and what they do to the results."""

from __future__ import annotations

import csv
import io
import re

import sqlalchemy as sa

from survey.db import db
from survey.fieldwork.quality.levels import LevelSums
from survey.fieldwork.quality.signals import KINDS, SIGNALS
from survey.models import Response, Survey
from survey.models.response import FLAGS
from tests.survey.fieldwork.quality.conftest import CAREFUL, ROWS, add, stored_look


def words_of(client, made, query: str = "") -> str:
    page = client.get(f"/surveys/{made.survey.id}/quality{query}").text
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page))


def downloaded(client, made) -> list[dict[str, str]]:
    text = client.get(f"/surveys/{made.survey.id}/quality.csv").data.decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text)))


def test_before_anybody_looked_the_page_explains_and_offers_to(client, sign_in, rated):
    sign_in("analyst")
    client.set_cookie("language", "en")
    text = words_of(client, rated)
    assert "Nobody has looked through the answers yet" in text
    assert all(re.sub(r" %.*", "", signal.meaning)[:20] in text for signal in SIGNALS)
    assert downloaded(client, rated) == []


def test_the_page_counts_signals_by_kind_and_unit(client, looked):
    text = words_of(client, looked)
    assert "Responses looked at 19 With a signal 9 Share with a signal 47.4%" in text
    assert "very fast 2 responses" in text
    assert "same device again 0 responses" in text
    assert "one level throughout 4 responses" in text
    assert "same words as others 3 responses" in text
    names = [unit.name for unit in looked.units]
    assert f"{names[0]} 12 2 16.7% 2 2 0 0 0" in text
    assert f"{names[1]} 4 4 100.0% 0 0 0 4 0" in text


def test_the_mean_levels_stand_with_and_without_the_flagged(client, looked):
    text = words_of(client, looked)
    assert "unweighted check and no result" in text
    # Item r0: 15 × 1 and 4 × 3 make 27/19; the ten careful ones alone have 1.
    assert "Item r0 1–3 1.42 19 1.00 10 -0.42" in text
    # Item r2: everybody has 3.
    assert "Item r2 1–3 3.00 19 3.00 10 0.00" in text


def test_the_list_shows_those_of_one_signal(client, looked):
    assert "9 responses Response Unit" in words_of(client, looked)
    assert "4 responses Response Unit" in words_of(client, looked, "?signal=straight_lining")
    assert "9 responses Response Unit" in words_of(client, looked, "?signal=nonsense")


def test_the_file_holds_ids_and_flags_and_nothing_else(client, looked):
    rows = downloaded(client, looked)
    assert len(rows) == 9
    assert set(rows[0]) == {"response", "unit", "mode", *KINDS}
    assert sum(int(row["straight_lining"]) for row in rows) == 4
    assert sum(int(row["fast"]) and int(row["burst"]) for row in rows) == 2


def test_what_is_rejected_or_withdrawn_since_leaves_the_file_and_is_told_on_the_page(app, client, looked):
    with app.app_context():
        flagged = stored_look(looked).flagged
        for each, state in zip(flagged, ("rejected", "withdrawn"), strict=False):
            change = sa.update(Response).where(Response.id == each.id)
            db.session.execute(change.values(state=state))
        db.session.commit()
    assert len(downloaded(client, looked)) == 7
    text = words_of(client, looked)
    assert "rejected" in text
    assert "emptied since" in text
    assert "There are 17 accepted responses now." in text


def test_looking_again_finds_what_came_in_since(app, client, looked):
    with app.app_context():
        add(looked, 0, CAREFUL, flags=("same_device",))
        db.session.commit()
    client.submit(f"/surveys/{looked.survey.id}/quality")
    assert "Responses looked at 20 With a signal 10" in words_of(client, looked)


def test_responses_of_another_survey_are_not_looked_at(app, client, rated, looked, citizens):
    client.submit(f"/surveys/{citizens.survey.id}/quality")
    assert "Responses looked at 0 With a signal 0 Share with a signal –" in words_of(client, citizens)


def test_whoever_only_reads_results_opens_no_signals(client, sign_in, looked):
    sign_in("viewer")
    assert client.get(f"/surveys/{looked.survey.id}/quality").status_code == 403
    assert client.submit(f"/surveys/{looked.survey.id}/quality").status_code == 403


def test_every_noted_signal_is_explained():
    assert set(FLAGS) <= set(KINDS)


def test_dont_know_and_what_describes_people_have_no_level(app, rated):
    with app.app_context():
        survey = db.session.get(Survey, rated.survey.id)
        sums = LevelSums(survey.questionnaire_version.questionnaire)
    sums.add({"r0": "dont_know", "r1": "high", "ethnicity": "kinh"})
    by_code = {each.code: each for each in sums.sums()}
    assert set(by_code) == set(ROWS)
    assert (by_code["r0"].answers, by_code["r0"].mean) == (0, None)
    assert by_code["r1"].mean == 3
