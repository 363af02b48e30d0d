"""The bank for everybody who reads questionnaires: searching it, leafing through it."""

from __future__ import annotations

from flask import render_template

from survey.access import roles
from survey.builder.bank.looking import look_up
from survey.builder.bank.standing import when
from survey.builder.blueprint import READERS, blueprint


@blueprint.get("/questionnaires/bank")
@roles(*READERS)
def question_bank() -> str:
    return render_template("builder/bank/search.html", when=when, **look_up())
