"""What an analyst is told of how a form came in, and what is no sign of anything."""

from __future__ import annotations

import sqlalchemy as sa

from survey.collection import submitting
from survey.db import db
from survey.models import Draft, Response, ResponseFlag, Stratum, Survey
from survey.respond.sending import signals, ticket
from survey.respond.sending.day_counts import DayCounts
from survey.respond.visit import new_visit
from tests.survey.respond.surveyed import Round

FORM = {"received": ["no"], "polite": ["high"], "clear": ["dont_know"]}
LONG_AGO = 1_600_000_000  # a start that makes no form look fast


def message(a_round: Round) -> dict[str, object]:
    """One more person's form, as the browser keeps it."""
    with a_round.app.app_context():
        survey = db.session.get(Survey, a_round.survey_id)
        draft = Draft(stratum_id=db.session.scalar(sa.select(sa.func.min(Stratum.id))))
        return {"ticket": ticket.issue(survey, new_visit(survey, began=LONG_AGO), draft), "answers": FORM}


def flags(a_round: Round) -> list[str]:
    with a_round.app.app_context():
        return list(db.session.scalars(sa.select(ResponseFlag.kind)))


def test_more_forms_from_one_address_than_a_family_are_a_burst(a_round: Round, client, monkeypatch) -> None:
    monkeypatch.setattr(signals, "addresses", DayCounts())
    for _ in range(signals.BURST + 2):
        assert client.post(f"/k/{a_round.slug}/outbox", json=message(a_round)).status_code == 200
    assert flags(a_round) == ["burst"] * 2


def test_a_form_that_is_tried_again_and_again_is_no_burst(a_round: Round, client, monkeypatch) -> None:
    monkeypatch.setattr(signals, "addresses", DayCounts())
    sent = message(a_round)
    a_round.change(state="paused")
    for _ in range(signals.BURST + 5):
        assert client.post(f"/k/{a_round.slug}/outbox", json=sent).status_code == 403
    a_round.change(state="open")
    assert client.post(f"/k/{a_round.slug}/outbox", json=sent).status_code == 200
    assert flags(a_round) == []


def test_what_stood_in_the_way_and_went_at_once_loses_no_form(a_round: Round, client, monkeypatch) -> None:
    """A survey that goes on again between the two looks: the form is stored, not thanked for and lost."""
    tries = []

    def first_in_vain(*arguments: object) -> bool | None:
        tries.append(arguments)
        return claim_whole(*arguments) if len(tries) > 1 else None

    claim_whole = submitting.claim_whole
    monkeypatch.setattr(submitting, "claim_whole", first_in_vain)
    reply = client.post(f"/k/{a_round.slug}/outbox", json=message(a_round))
    assert (reply.json["state"], len(tries), a_round.count(Response)) == ("stored", 2, 1)
