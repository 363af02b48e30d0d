"""One question of the bank over all forms and years: its words, its answers, where its trend breaks."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import sqlalchemy as sa
from flask import abort, render_template, request

from questionnaires.bank import Comparability, Entry, Use
from questionnaires.bank.entries import Edition
from survey.access import roles
from survey.builder.bank.holding import held, years_asked
from survey.builder.bank.looking import criterion_titles, kind_in_words
from survey.builder.bank.standing import reasons_of, step_to, when
from survey.builder.blueprint import READERS, blueprint
from survey.builder.comparison.trend_words import TREND_NAMES
from survey.db import db
from survey.models import QuestionnaireVersion


@dataclass(frozen=True)
class Asked:
    """One use: the stored version that it is of, if any, and its trend from the use before, if any."""

    use: Use
    version_id: int | None
    trend: Comparability | None


@blueprint.get("/questionnaires/bank/<code>")
@roles(*READERS)
def bank_entry(code: str) -> str:
    """The question that a version of a form (`form`, `version` of the address) asks under this code."""
    edition = request.args.get("form", ""), request.args.get("version", "")
    entry = held().find(edition, code) or abort(404)
    stored = stored_ids()
    return render_template(
        "builder/bank/entry.html",
        entry=entry,
        kind=kind_in_words(entry.latest.question.kind),
        uses=[asked(entry, use, stored) for use in entry.uses],
        criteria=criterion_titles(None),
        years=years_asked(),
        when=when,
        reasons_of=reasons_of,
        names=TREND_NAMES,
    )


def asked(entry: Entry, use: Use, stored: Mapping[Edition, int]) -> Asked:
    step = step_to(entry, use)
    return Asked(use, stored.get(use.edition), step.trend if step else None)


def stored_ids() -> dict[Edition, int]:
    query = sa.select(QuestionnaireVersion.code, QuestionnaireVersion.version, QuestionnaireVersion.id)
    return {(code, version): version_id for code, version, version_id in db.session.execute(query)}
