"""The first page: for the public what this is and where to answer; for staff what waits for them."""

from __future__ import annotations

from collections.abc import Callable

import sqlalchemy as sa
from flask import Blueprint, Flask, render_template
from flask_babel import ngettext
from flask_login import current_user

from survey import page
from survey.access import public
from survey.db import db
from survey.language import number
from survey.models import (
    Batch,
    FrameworkVersion,
    PaperForm,
    QuestionnaireVersion,
    Round,
    Run,
    Survey,
    Unit,
    User,
)

blueprint = Blueprint("home", __name__)
MOST_ROUNDS = 10  # on the first page; the rounds' own page lists them all


def count(model: type, *conditions: sa.ColumnElement[bool]) -> int:
    return db.session.scalar(sa.select(sa.func.count()).select_from(model).where(*conditions)) or 0


def open_rounds() -> str:
    n = count(Round, Round.state == "open")
    return ngettext("%(num)d open round", "%(num)d open rounds", n)


def open_batches() -> str:
    open_ones = count(Batch, Batch.closed.is_(False))
    waiting = count(PaperForm, PaperForm.waits_for_check())
    batches = ngettext(
        "%(count)s open batch", "%(count)s open batches", open_ones, count=number(open_ones, 0)
    )
    forms = ngettext("%(count)s form to check", "%(count)s forms to check", waiting, count=number(waiting, 0))
    return f"{batches}; {forms}"


def units() -> str:
    return ngettext("%(num)d unit today", "%(num)d units today", count(Unit, Unit.valid_to.is_(None)))


def frameworks() -> str:
    return ngettext("%(num)d version", "%(num)d versions", count(FrameworkVersion))


def questionnaires() -> str:
    return ngettext("%(num)d version", "%(num)d versions", count(QuestionnaireVersion))


def users() -> str:
    return ngettext("%(num)d active user", "%(num)d active users", count(User, User.active.is_(True)))


STANDS_AT: dict[str, Callable[[], str]] = {
    "/rounds": open_rounds,
    "/units": units,
    "/frameworks": frameworks,
    "/questionnaires": questionnaires,
    "/entry": open_batches,
    "/users": users,
}


@blueprint.get("/")
@public
def show() -> str:
    return show_dashboard() if current_user.is_authenticated else show_landing()


def show_dashboard() -> str:
    # A published round stays in sight: its results are what most people come for.
    current = db.session.scalars(
        sa.select(Round)
        .where(Round.state != "planned")
        .order_by(Round.year.desc(), Round.code)
        .limit(MOST_ROUNDS)
    ).all()
    cards = [(room, STANDS_AT[room.path]()) for room in page.rooms()]
    surveys = open_surveys([each.id for each in current])
    synthetic = any(each.synthetic for each in current)
    return render_template(
        "dashboard.html", cards=cards, rounds=current, surveys=surveys, synthetic=synthetic
    )


def open_surveys(round_ids: list[int]) -> dict[int, int]:
    """How many surveys of each round are open."""
    is_open = sa.and_(Survey.round_id.in_(round_ids), Survey.state == "open")
    query = sa.select(Survey.round_id, sa.func.count()).where(is_open).group_by(Survey.round_id)
    return dict(db.session.execute(query).all())


def show_landing() -> str:
    published = db.session.scalars(
        sa.select(Round)
        .where(Round.id.in_(sa.select(Run.round_id).where(Run.published_at.is_not(None))))
        .order_by(Round.year.desc(), Round.code)
    ).all()
    synthetic = any(each.synthetic for each in published)
    return render_template("landing.html", published=published, synthetic=synthetic)


def init_app(app: Flask) -> None:
    app.register_blueprint(blueprint)
