"""Only who was let in sends a form: a code to go on with, a used number or an old ticket opens nothing."""

from __future__ import annotations

from survey import codes
from survey.db import db
from survey.models import Draft, Invitation, Response, Stratum, Survey
from survey.respond.sending import ticket
from survey.respond.visit import new_visit
from tests.survey.citizen import Citizen
from tests.survey.respond.surveyed import Round

FORM = {"received": ["no"], "polite": ["high"], "clear": ["dont_know"]}


def with_dossier(a_round: Round, number: str = "H15-001") -> None:
    a_round.change(open_link=False, by_dossier=True)
    with a_round.app.app_context():
        stratum = db.session.query(Stratum).first()
        digest = codes.dossier_hash(number, a_round.survey_id, a_round.app.config["SECRET_KEY"])
        invitation = Invitation(
            survey_id=a_round.survey_id, stratum_id=stratum.id, kind="dossier", code_hash=digest
        )
        db.session.add(invitation)
        db.session.commit()


def by_dossier(person: Citizen, number: str) -> None:
    person.open(f"/k/{person.slug}")
    person.post(f"/k/{person.slug}/dossier", {"dossier": number})


def test_a_code_to_go_on_with_lets_nobody_in_without_the_dossier(a_round: Round, newcomer) -> None:
    with_dossier(a_round)
    owner, other = newcomer(), newcomer()
    by_dossier(owner, "h15 - 001")
    owner.post(owner.path, {})
    assert owner.path.endswith("/1")
    secret = kept_secret(owner)
    other.enter_code(codes.printed(secret))
    other.open(f"/k/{a_round.slug}/1")
    assert other.path == f"/k/{a_round.slug}"
    assert "data-ticket" not in other.page.text
    by_dossier(other, "H15-001")
    other.open(f"/k/{a_round.slug}/1")
    assert other.path.endswith("/1")


def kept_secret(person: Citizen) -> str:
    from tests.survey.respond.surveyed import visits_kept

    (visit,) = visits_kept(person)
    return visit["secret"]


def test_a_number_that_was_used_is_told_as_one_that_is_unknown(a_round: Round, newcomer) -> None:
    with_dossier(a_round)
    with a_round.app.app_context():
        db.session.query(Invitation).filter_by(kind="dossier").update({"used": True})
        db.session.commit()
    pages = []
    for number in ("H15-001", "H15-999"):
        person = newcomer()
        by_dossier(person, number)
        pages.append((person.page.status_code, "hoặc đã được dùng để gửi phiếu" in person.page.text))
    assert pages == [(422, True), (422, True)]


def test_all_tries_of_dossier_numbers_are_limited(a_round: Round, newcomer, limited_tries: None) -> None:
    with_dossier(a_round)
    person = newcomer()
    statuses = []
    for number in range(22):
        by_dossier(person, f"H15-{number:03}")
        statuses.append(person.page.status_code)
    assert statuses[-1] == 429


def test_the_address_of_a_survey_takes_nothing_else_along(a_round: Round, client) -> None:
    for strange in ("slug=x", "endpoint=x", "_method=POST", "_external=1"):
        reply = client.get(f"/k/{a_round.slug.upper()}?{strange}&unit=u")
        assert (reply.status_code, reply.location) == (302, f"/k/{a_round.slug}?unit=u")


def test_an_old_ticket_after_withdrawing_is_told_the_truth(a_round: Round, client) -> None:
    a_round.change(withdrawable=True)
    with a_round.app.app_context():
        survey = db.session.get(Survey, a_round.survey_id)
        stratum = db.session.query(Stratum).first()
        visit = new_visit(survey)
        signed = ticket.issue(survey, visit, Draft(stratum_id=stratum.id))
    sent = {"ticket": signed, "answers": FORM}
    assert client.post(f"/k/{a_round.slug}/outbox", json=sent).json["state"] == "stored"
    with a_round.app.app_context():
        response = db.session.query(Response).one()
        response.state = "withdrawn"
        db.session.commit()
    reply = client.post(f"/k/{a_round.slug}/outbox", json=sent)
    assert (reply.status_code, reply.json["state"]) == (410, "withdrawn")
