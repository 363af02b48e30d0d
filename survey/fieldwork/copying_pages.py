"""Copying a round to next year."""

from __future__ import annotations

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from survey.access import roles
from survey.db import db
from survey.fieldwork.blueprint import blueprint, locked
from survey.fieldwork.copying import CopyPlan, copy_round
from survey.fieldwork.copying_fates import copy_of, reasons_left_behind
from survey.fieldwork.copying_request import CopyForms
from survey.models import Round


@blueprint.route("/rounds/<int:round_id>/copy", methods=["GET", "POST"])
@roles("planner")
def copy_to_next_year(round_id: int) -> ResponseReturnValue:
    source = locked(Round, round_id)
    forms = CopyForms(source)
    if not forms.validate_on_submit():
        return show_copy(source, forms), 400 if forms.errors else 200
    copy, plan = copy_of(source), forms.plan()
    forms.round.fill(copy)
    copy_round(source, copy, plan)
    db.session.commit()
    tell(source, plan)
    return redirect(url_for("fieldwork.show_round", round_id=copy.id))


def show_copy(source: Round, forms: CopyForms) -> str:
    return render_template(
        "fieldwork/copy_round.html",
        round=source,
        synthetic=source.synthetic,
        forms=forms,
        left_behind=reasons_left_behind(),
    )


def tell(source: Round, plan: CopyPlan) -> None:
    flash(gettext("The copy is stored. Look through its units, surveys and days before you open it."))
    if any(each.with_strata for each in plan.surveys):
        flash(
            gettext(
                "The populations in its samples are those of %(year)s: enter the new ones.", year=source.year
            )
        )
