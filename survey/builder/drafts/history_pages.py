"""The history of a draft: who changed what and when; putting a part back."""

from __future__ import annotations

import sqlalchemy as sa
from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from questionnaires import Fault
from questionnaires.editing.refused import EditRefused
from questionnaires.faults import N_
from survey.access import roles
from survey.builder.blueprint import blueprint
from survey.builder.drafts.addresses import KINDS, SHELF, shelf_name
from survey.builder.drafts.history import PER_PAGE, changes_of, entry
from survey.builder.drafts.life import REVIEWERS, WRITERS
from survey.builder.drafts.restoring import place_now, put_back
from survey.builder.drafts.showing import title_of
from survey.builder.drafts.standing import renamed
from survey.builder.drafts.storing import change, found, held
from survey.db import db
from survey.models import DefinitionDraft, DraftChange

PUT_BACK = N_("The part is as it was before that change.")


@blueprint.get(f"/{SHELF}/drafts/<int:draft_id>/history")
@roles(*REVIEWERS)
def draft_history(shelf: str, draft_id: int) -> str:
    return show_history(found(draft_id, KINDS[shelf]))


def show_history(draft: DefinitionDraft, refused: tuple[Fault, ...] = ()) -> str:
    """A page of changes; `refused` says why a part was not put back."""
    pages = max(-(-draft.revision // PER_PAGE), 1)
    page = min(max(request.args.get("page", 1, type=int), 1), pages)
    return render_template(
        "builder/drafts/history.html",
        draft=draft,
        shelf=shelf_name(draft),
        title=title_of(draft.content),
        entries=[entry(each) for each in changes_of(draft, page)],
        page=page,
        pages=pages,
        refused=refused,
    )


@blueprint.post(f"/{SHELF}/drafts/<int:draft_id>/history/<int:revision>/restore")
@roles(*WRITERS)
def restore_part(shelf: str, draft_id: int, revision: int) -> ResponseReturnValue:
    draft = held(draft_id, KINDS[shelf])
    noted = db.get_or_404(DraftChange, (draft_id, revision))
    place = place_now(noted, since(noted))
    try:
        back = renamed(place, noted.before)
        change(draft, lambda content: put_back(content, noted, place), "restore", place, back)
    except EditRefused as refusal:
        db.session.rollback()
        return show_history(found(draft_id, KINDS[shelf]), (refusal.fault,)), 409
    db.session.commit()
    flash(gettext(PUT_BACK))
    return redirect(url_for("builder.draft_history", shelf=shelf, draft_id=draft_id), 303)


def since(noted: DraftChange) -> list[DraftChange]:
    """The later changes of the same draft, the oldest first."""
    query = sa.select(DraftChange).filter_by(draft_id=noted.draft_id)
    later = query.where(DraftChange.revision > noted.revision).order_by(DraftChange.revision)
    return list(db.session.scalars(later))
