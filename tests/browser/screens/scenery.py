"""Everything that citizens' pages can meet, stored once: surveys in each state, codes, tablets, results."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from flask import Blueprint, Flask, abort, current_app

from survey import codes, jobs
from survey.access import public
from survey.db import db, now, today
from survey.models import Invitation, Kiosk, Quota, Round, Run, Survey
from survey.results.making import KIND as RUN
from survey.results.settings import Order
from tests.browser.screens.every_kind import EVERY_KIND
from tests.survey.answered import answered_round
from tests.survey.factory import MadeRound, make_round, make_stratum, make_unit, make_user
from tests.survey.sittings import DEPUTIES

DOSSIERS = tuple(f"000.00.04.H15-251120-000{number}" for number in range(1, 4))
PURPOSE = "Để cơ quan biết người dân hài lòng điều gì và cần cải thiện điều gì trong năm tới."
A_DAY = datetime.timedelta(1)
OF_ROUND = {"questionnaire", "units", "synthetic", "state", "open_link"}


@dataclass(frozen=True)
class Scenery:
    """A running site: `url`, and by its role here each survey's address and the codes that open it."""

    app: Flask
    url: str
    slugs: dict[str, str]
    units: dict[str, list[str]]
    codes: dict[str, list[str]]
    results: str

    def survey(self, role: str) -> str:
        return f"/k/{self.slugs[role]}"

    def change(self, role: str, **values: object) -> None:
        with self.app.app_context():
            db.session.execute(sa.update(Survey).where(Survey.slug == self.slugs[role]).values(**values))
            db.session.commit()


def make_scenery(app: Flask, url: str) -> Scenery:
    with app.app_context():
        made = {role: make_one(**options) for role, options in surveys().items()}
        add_agencies(made["many agencies"], 14)
        for number in DOSSIERS:
            add_dossier(made["dossier"], number)
        db.session.add(Quota(survey_id=made["full"].survey.id, answers={}, most=1, taken=1))
        for role, one in made.items():
            if one.strata:
                add_kiosk(role, one, active=role != "off")
        spent = codes.invitation_hash(codes.normalise(made["invited"].codes[0][1]), secret_key())
        db.session.execute(sa.update(Invitation).where(Invitation.code_hash == spent).values(used=True))
        db.session.commit()
        return Scenery(
            app,
            url,
            {role: one.survey.slug for role, one in made.items()},
            {role: [unit.code for unit in one.units] for role, one in made.items()},
            {role: [code for of_one in one.codes for code in of_one] for role, one in made.items()},
            publish_results(),
        )


def surveys() -> dict[str, dict[str, Any]]:
    """Role → how to make the survey; what is no option of `make_round` is set on the survey."""
    promises = {"withdrawable": True, "keep_until": today() + 400 * A_DAY, "purpose": PURPOSE}
    return {
        "citizens": {"questionnaire": "citizen-satisfaction-2024", **promises},
        "short": {"synthetic": True},
        "offline": {},
        "kinds": {"questionnaire": EVERY_KIND, "page_by": "question"},
        "sitting": {"questionnaire": DEPUTIES, "units": 5, "rates": "several"},
        "many agencies": {},
        "no agency": {"units": 0},
        "dossier": {"open_link": False, "by_dossier": True},
        "invited": {"open_link": False},
        "early": {"opens_on": today() + A_DAY},
        "paused": {"state": "paused"},
        "closed": {"state": "closed"},
        "full": {},
        "off": {},
        "desk": {"open_link": False},
        "desk with receipt": {"open_link": False, "withdrawable": True},
    }


def make_one(**options: Any) -> MadeRound:
    of_round = {name: options.pop(name) for name in OF_ROUND & set(options)}
    made = make_round(db.session, **of_round)
    for name, value in options.items():
        setattr(made.survey, name, value)
    return made


def add_agencies(made: MadeRound, number: int) -> None:
    for place in range(number):
        unit = make_unit(db.session, f"{made.survey.slug}-{place}", f"Ủy ban nhân dân xã số {place + 1}")
        made.strata.append(make_stratum(made.survey, unit, 10))


def add_dossier(made: MadeRound, number: str) -> None:
    hashed = codes.dossier_hash(codes.dossier_number(number), made.survey.id, secret_key())
    stratum = made.strata[0]
    db.session.add(
        Invitation(survey_id=made.survey.id, stratum_id=stratum.id, kind="dossier", code_hash=hashed)
    )


def add_kiosk(role: str, made: MadeRound, *, active: bool) -> None:
    hashed = codes.kiosk_hash(kiosk_key(role), secret_key())
    db.session.add(
        Kiosk(survey=made.survey, stratum=made.strata[0], name="B3", key_hash=hashed, active=active)
    )


def kiosk_key(role: str) -> str:
    return f"key-of-{role.replace(' ', '-')}"


def publish_results() -> str:
    """The address of a round's published results."""
    made = answered_round(db.session, synthetic=True)
    made.round.state = "closed"
    db.session.commit()
    analyst, code = make_user(db.session, "analyst"), made.round.code
    jobs.start(RUN, Order(code).subject, analyst)
    db.session.execute(sa.update(Run).values(published_at=now()))
    db.session.execute(sa.update(Round).where(Round.code == code).values(state="published"))
    db.session.commit()
    return f"/results/{code}"


def secret_key() -> str:
    return current_app.config["SECRET_KEY"]


def pages_that_fail() -> Blueprint:
    """What people meet when all goes wrong, at addresses of its own."""
    blueprint = Blueprint("failing", __name__)

    @blueprint.get("/refuse/<int:code>")
    @public
    def refuse(code: int) -> str:
        abort(code)

    @blueprint.get("/crash")
    @public
    def crash() -> str:
        raise RuntimeError

    return blueprint
