"""Reviewing a draft: reading it as it will be read, with what readers say beside each part."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial

from flask import render_template
from flask.typing import ResponseReturnValue

from questionnaires import Fault
from survey.access import roles
from survey.builder.blueprint import blueprint
from survey.builder.drafts import comments, life
from survey.builder.drafts.addresses import (
    KINDS,
    SHELF,
    comparison_address,
    editor_address,
    part_address,
    shelf_name,
)
from survey.builder.drafts.places import anchor, place_in_words
from survey.builder.drafts.showing import PlacedFault, shown, title_of
from survey.builder.drafts.storing import found
from survey.models import DefinitionDraft

MOST_FAULTS = 100

blueprint.add_app_template_global(life.record_of, "record_of")


@dataclass(frozen=True)
class Unsaid:
    """A comment that was not stored: where it was written, what it says, and what is wrong with it."""

    place: str
    answers: int | None
    text: str
    error: str


@blueprint.get(f"/{SHELF}/drafts/<int:draft_id>/review")
@roles(*life.REVIEWERS)
def review_draft(shelf: str, draft_id: int) -> ResponseReturnValue:
    return show_review(found(draft_id, KINDS[shelf]))


def mending_address(draft: DefinitionDraft, fault: PlacedFault) -> str:
    """Where a fault leads: who may mend it to the part's editor, others to the part on this page."""
    here = f"#{fault.anchor}" if fault.anchor else ""
    return (part_address(draft, fault.place) if life.may_change(draft) else None) or here


def show_review(draft: DefinitionDraft, refused: tuple[Fault, ...] = (), unsaid: Unsaid | None = None) -> str:
    """The page; `refused` says why a deed was not done, `unsaid` is a comment to mend."""
    read = shown(draft)
    threads = comments.threads_of(draft)
    return render_template(
        f"builder/drafts/review_{draft.kind}.html",
        draft=draft,
        shelf=shelf_name(draft),
        title=title_of(draft.content),
        state=life.STATES[draft.state],
        to_mend=read.faults[:MOST_FAULTS],
        number_of_faults=len(read.faults),
        threads=threads,
        elsewhere=[place for place in threads if place not in read.places and place],
        open_threads=[thread for at in threads.values() for thread in at if thread.is_open],
        refused=refused,
        unsaid=unsaid,
        editor=editor_address(draft) if life.may_change(draft) else None,
        comparison=comparison_address(draft),
        mending=partial(mending_address, draft),
        version=life.version_of(draft),
        may_approve=life.may_approve(draft),
        approvers=life.approvers(draft) if draft.state == "review" else (),
        may_settle=comments.may_settle,
        longest=comments.LONGEST,
        place_in_words=place_in_words,
        anchor=anchor,
        places=read.places,
        **read.context,
    )
