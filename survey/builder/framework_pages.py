"""Frameworks: the list, one version as people read it, and adding a version."""

from __future__ import annotations

from collections.abc import Sequence

import sqlalchemy as sa
from flask import render_template, request
from flask.typing import ResponseReturnValue

from survey.access import roles
from survey.builder import pages, terms
from survey.builder.blueprint import READERS, blueprint
from survey.builder.covering import (
    STATES,
    covering,
    newest_questionnaires,
    questionnaires_of,
    rounds_under,
)
from survey.builder.drafts.lists import drafts_of, frameworks_in_use, state_of, stored
from survey.builder.shelves import FRAMEWORKS, versions
from survey.builder.tree import band_in_words, figures, lines
from survey.db import db
from survey.models import DefinitionDraft, FrameworkVersion, Round


@blueprint.get("/frameworks")
@roles(*READERS)
def list_frameworks() -> str:
    listed = stored(versions(FRAMEWORKS), frameworks_in_use())
    uses = dict(
        db.session.execute(sa.select(Round.framework_id, sa.func.count()).group_by(Round.framework_id)).all()
    )
    figures_of = {version.id: figures(version.framework) for version in listed.versions}
    return render_template(
        "builder/frameworks.html",
        stored=listed,
        drafts=drafts_of("framework"),
        uses=uses,
        figures=figures_of,
    )


@blueprint.route("/frameworks/new", methods=["GET", "POST"])
@roles("planner")
def add_framework() -> ResponseReturnValue:
    return pages.add_page(FRAMEWORKS)


@blueprint.get("/frameworks/<int:version_id>")
@roles(*READERS)
def show_framework(version_id: int) -> str:
    version = db.get_or_404(FrameworkVersion, version_id)
    framework = version.framework
    rounds = rounds_under(version)
    chosen = chosen_round(rounds)
    questionnaires = questionnaires_of(chosen.id) if chosen else newest_questionnaires()
    return render_template(
        "builder/framework.html",
        version=version,
        state=state_of(version, bool(rounds)),
        framework=framework,
        lines=lines(framework, questionnaires),
        figures=figures(framework),
        terms=terms,
        bands=[(band, band_in_words(framework, band)) for band in framework.bands],
        rounds=rounds,
        chosen=chosen,
        covering=covering(framework, questionnaires),
        states=STATES,
    )


def chosen_round(rounds: Sequence[Round]) -> Round | None:
    """The round named in the address; without a name the newest, and none for a blank one."""
    named = request.args.get("round")
    if named is None:
        return rounds[0] if rounds else None
    return next((each for each in rounds if str(each.id) == named), None) if named else None


@blueprint.post("/frameworks/<int:version_id>/remove")
@roles("planner")
def remove_framework(version_id: int) -> ResponseReturnValue:
    in_rounds = sa.exists().where(Round.framework_id == version_id)
    in_drafts = sa.exists().where(DefinitionDraft.framework_id == version_id)
    return pages.remove(FRAMEWORKS, version_id, in_rounds | in_drafts)
