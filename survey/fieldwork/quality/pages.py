"""The page on signals: what each means, how many there are and where, and what changes without them."""

from __future__ import annotations

import uuid
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import sqlalchemy as sa
from flask import Response as Reply
from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from flask_login import current_user
from sqlalchemy.orm import joinedload

from survey import jobs
from survey.access import roles
from survey.collection.paper import unjudged
from survey.db import db
from survey.export import CHUNK
from survey.fieldwork.blueprint import blueprint
from survey.fieldwork.quality import look as looking
from survey.fieldwork.quality.levels import LevelSum
from survey.fieldwork.quality.look import Flagged, Look, last_look
from survey.fieldwork.quality.reading import number_of
from survey.fieldwork.quality.signals import KINDS, SIGNALS, in_order
from survey.fieldwork.survey_pages import MODE_NAMES
from survey.fieldwork.tables import comma_separated
from survey.models import Response, Survey, Unit

READERS = ("analyst", "planner", "supervisor")
PER_PAGE = 50


@dataclass(frozen=True)
class UnitLine:
    name: str
    answers: int
    flagged: int
    by_kind: Mapping[str, int]


@dataclass(frozen=True)
class ItemLine:
    """An item's plain mean with all responses and without the flagged ones."""

    text: Mapping[str, str]
    every: LevelSum
    rest: LevelSum

    @property
    def change(self) -> float | None:
        both = self.every.mean, self.rest.mean
        return None if None in both else both[1] - both[0]


@blueprint.get("/surveys/<int:survey_id>/quality")
@roles(*READERS)
def show_quality(survey_id: int) -> str:
    survey = find(survey_id)
    look = last_look(survey)
    found = {} if look is None else findings(survey, look)
    return render_template(
        "fieldwork/quality/signals.html",
        survey=survey,
        synthetic=survey.round.synthetic,
        look=look,
        signals=SIGNALS,
        in_order=in_order,
        modes=MODE_NAMES,
        accepted=number_of(survey_id),
        unjudged=unjudged(Survey.id == survey_id),
        **found,
    )


@blueprint.post("/surveys/<int:survey_id>/quality")
@roles(*READERS)
def start_look(survey_id: int) -> ResponseReturnValue:
    """Look through the answers, in a job: there may be a hundred thousand of them."""
    job = jobs.start(looking.KIND, looking.subject_of(find(survey_id)), current_user)
    if job.created_by_id != current_user.id:
        flash(gettext("A colleague has just started this. What is found will stand here."))
        return redirect(url_for("fieldwork.show_quality", survey_id=survey_id))
    return redirect(url_for("jobs.show", job_id=job.id))


@blueprint.get("/surveys/<int:survey_id>/quality.csv")
@roles(*READERS)
def download_signals(survey_id: int) -> Reply:
    """Responses by their id, a column for each signal; those that count no more are left out."""
    survey = find(survey_id)
    look = last_look(survey)
    rows = rows_of(look.flagged) if look else ()
    return comma_separated([["response", "unit", "mode", *KINDS], *rows], f"signals-{survey.code}.csv")


def find(survey_id: int) -> Survey:
    return db.get_or_404(
        Survey, survey_id, options=[joinedload(Survey.round), joinedload(Survey.questionnaire_version)]
    )


def findings(survey: Survey, look: Look) -> dict[str, object]:
    chosen = request.args.get("signal")
    listed = [each for each in look.flagged if chosen not in KINDS or chosen in each.kinds]
    pages = max(-(-len(listed) // PER_PAGE), 1)
    page = min(max(request.args.get("page", 1, type=int), 1), pages)
    shown = listed[(page - 1) * PER_PAGE : page * PER_PAGE]
    units = unit_names(look.answers_by_unit)
    return {
        "counts": look.counts,
        "units": unit_lines(look, units),
        "unit_names": units,
        "items": item_lines(survey, look),
        "chosen": chosen if chosen in KINDS else None,
        "number": len(listed),
        "listed": shown,
        "states": states_of([each.id for each in shown]),
        "page": page,
        "pages": pages,
    }


def unit_names(answers_by_unit: Mapping[int, int]) -> dict[int, str]:
    query = sa.select(Unit.id, Unit.name).where(Unit.id.in_(answers_by_unit)).order_by(Unit.search_key)
    return dict(db.session.execute(query).all())


def unit_lines(look: Look, names: Mapping[int, str]) -> list[UnitLine]:
    flagged = Counter(each.unit_id for each in look.flagged)
    kinds = Counter((each.unit_id, kind) for each in look.flagged for kind in each.kinds)
    return [
        UnitLine(name, look.answers_by_unit[unit], flagged[unit], {kind: kinds[unit, kind] for kind in KINDS})
        for unit, name in names.items()
    ]


def item_lines(survey: Survey, look: Look) -> list[ItemLine]:
    texts = {item.code: item.text for item in survey.questionnaire_version.questionnaire.items()}
    pairs = zip(look.levels, look.flagged_levels, strict=True)
    return [ItemLine(texts.get(every.code, {}), every, every.without(part)) for every, part in pairs]


def states_of(ids: Sequence[uuid.UUID]) -> dict[uuid.UUID, str]:
    """What became of these responses since."""
    states: dict[uuid.UUID, str] = {}
    for start in range(0, len(ids), CHUNK):
        query = sa.select(Response.id, Response.state).where(Response.id.in_(ids[start : start + CHUNK]))
        states |= dict(db.session.execute(query).all())
    return states


def rows_of(flagged: Sequence[Flagged]) -> Iterator[list[object]]:
    states = states_of([each.id for each in flagged])
    codes = dict(db.session.execute(sa.select(Unit.id, Unit.code)).all())
    for each in flagged:
        if states.get(each.id) == "accepted":
            marks = (int(kind in each.kinds) for kind in KINDS)
            yield [str(each.id), codes[each.unit_id], each.mode, *marks]
