"""The list of drafts: those in the making, and those that became versions."""

from __future__ import annotations

from flask import render_template

from survey.access import roles
from survey.builder.blueprint import blueprint
from survey.builder.drafts.addresses import KINDS, SHELF
from survey.builder.drafts.life import REVIEWERS
from survey.builder.drafts.lists import drafts_of


@blueprint.get(f"/{SHELF}/drafts")
@roles(*REVIEWERS)
def list_drafts(shelf: str) -> str:
    kind = KINDS[shelf]
    return render_template(
        "builder/drafts/list.html",
        shelf=shelf,
        kind=kind,
        drafts=drafts_of(kind),
        approved=drafts_of(kind, ("approved",)),
    )
