"""Hostile texts in the fields of every kind of question: stored as meant, or refused at their place."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

import pytest

from questionnaires.kinds import LONGEST_CODE, LONGEST_TEXT
from survey.models import Draft, ResponseVersion
from tests.survey.citizen import Citizen
from tests.survey.hostile.shown import is_kind, shows, stays_text
from tests.survey.hostile.strings import BY_NAME, ENDLESS, MEGABYTE, NAMES, STRINGS, TOGETHER, Hostile
from tests.survey.respond.surveyed import Round

CHOSEN = ("one", "some", "order")
FIGURES = ("count", "share")
PICKED = ("where", "whose")
EVERYWHERE = (*CHOSEN, *FIGURES, "day", "word", "story", *PICKED)


@pytest.fixture(params=NAMES)
def hostile(request: pytest.FixtureRequest) -> Hostile:
    return BY_NAME[request.param]


def kept_of(hostile: Hostile) -> dict[str, Any]:
    """What of the string is an answer, in a form that holds it in every field."""
    kept: dict[str, Any] = {"word": hostile.line} if len(hostile.line) <= LONGEST_TEXT else {}
    kept |= {"story": hostile.lines}
    kept |= dict.fromkeys(PICKED, hostile.line) if len(hostile.line) <= LONGEST_CODE else {}
    kept |= dict.fromkeys(FIGURES, hostile.number)
    return {item: answer for item, answer in kept.items() if answer not in ("", None)}


def test_a_page_keeps_what_is_meant_and_names_the_rest(
    citizen: Citizen, a_round: Round, hostile: Hostile
) -> None:
    page = citizen.answer(**dict.fromkeys(EVERYWHERE, hostile.raw))
    kept = kept_of(hostile)
    assert a_round.answers(Draft) == kept
    if not hostile.line:
        assert page.status_code == 200  # nothing was written, so nothing is wrong
        return
    assert page.status_code == 422
    refused = {item for item in EVERYWHERE if f'id="q-{item}-error"' in page.text}
    assert refused == set(EVERYWHERE) - set(kept)
    assert stays_text(page, hostile.raw)
    assert shows(page, hostile.line[:40])


def test_it_is_shown_as_text_until_it_is_sent(citizen: Citizen, a_round: Round, hostile: Hostile) -> None:
    citizen.answer(one="yes", story=hostile.raw, word=hostile.raw)
    assert shows(citizen.page, hostile.line)
    assert stays_text(citizen.page, hostile.raw)
    again = citizen.open(f"/k/{a_round.slug}/1")
    assert all(shows(again, line) for line in hostile.lines.split("\n"))
    assert stays_text(again, hostile.raw)
    citizen.send()
    assert citizen.page.status_code == 200
    written = {"word": hostile.line, "story": hostile.lines} if hostile.line else {}
    assert a_round.answers(ResponseVersion) == {"one": "yes", **written}


@pytest.mark.parametrize("name", ENDLESS)
def test_what_nobody_types_is_refused_in_words(citizen: Citizen, a_round: Round, name: str) -> None:
    page = citizen.answer(story=ENDLESS[name], word="ngắn")
    if name == "marks without end":  # all but thirty marks are dropped, and that is a text
        assert page.status_code == 200
        assert len(a_round.answers(Draft)["story"]) <= 31
        return
    assert page.status_code == 422
    assert "nhiều nhất là 5000" in page.text
    assert len(page.text) < 200_000
    assert a_round.answers(Draft) == {"word": "ngắn"}


def test_more_than_the_server_reads_is_refused_in_words(citizen: Citizen, a_round: Round) -> None:
    page = citizen.answer(story="x" * (5 * MEGABYTE))
    assert page.status_code == 413
    assert "Nội dung quá" in page.text
    assert a_round.answers(Draft) == {}


def test_a_null_character_is_refused_in_words(citizen: Citizen, a_round: Round) -> None:
    page = citizen.answer(word="a\0b")
    assert page.status_code == 400
    assert "Không hiểu được" in page.text
    assert a_round.answers(Draft) == {}


def test_halves_of_characters_are_kept_as_they_were_sent(citizen: Citizen, a_round: Round) -> None:
    form = citizen.hidden | {"word": "a\ud800b"}
    body = urlencode(form, errors="surrogatepass")
    citizen.client.post(citizen.path, data=body, content_type="application/x-www-form-urlencoded")
    assert a_round.answers(Draft) == {"word": "a%ED%A0%80b"}


def test_a_field_that_is_none_is_refused(citizen: Citizen, a_round: Round) -> None:
    path, hidden = citizen.path, citizen.hidden
    for hostile in STRINGS:
        page = citizen.client.post(path, data=hidden | {hostile.raw: "x"})
        assert is_kind(page), hostile.name
        assert stays_text(page, hostile.raw), hostile.name
    assert a_round.answers(Draft) == {}


def test_all_of_them_in_one_answer(citizen: Citizen, a_round: Round) -> None:
    citizen.answer(story=TOGETHER)
    assert all(shows(citizen.page, line) for line in TOGETHER.split("\n"))
    citizen.send()
    assert a_round.answers(ResponseVersion) == {"story": TOGETHER}
