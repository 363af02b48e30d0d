"""Saying something of a draft, answering it, settling it."""

from __future__ import annotations

from flask import flash, redirect, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from questionnaires.faults import N_
from questionnaires.written import clean
from survey.access import roles
from survey.addresses import sent
from survey.builder.blueprint import blueprint
from survey.builder.drafts import comments
from survey.builder.drafts.addresses import KINDS, SHELF, review_address
from survey.builder.drafts.life import REVIEWERS
from survey.builder.drafts.places import anchor
from survey.builder.drafts.review_pages import Unsaid, show_review
from survey.builder.drafts.storing import locked
from survey.db import db
from survey.models import DefinitionDraft, DraftComment

BLANK = N_("Write what you want to say.")
TOO_LONG = N_("The comment has %(length)s characters; %(most)s is the most.")


@blueprint.post(f"/{SHELF}/drafts/<int:draft_id>/comments")
@roles(*REVIEWERS)
def comment_on_draft(shelf: str, draft_id: int) -> ResponseReturnValue:
    draft = locked(draft_id, KINDS[shelf])
    comments.refuse_if_closed(draft)
    answered = sent("answers")
    text, place = clean(request.form.get("text", "")), request.form.get("place", "")
    if error := fault_of(text):
        return show_review(draft, unsaid=Unsaid(place, answered, text, error)), 422
    if answered is None:
        said = comments.comment_on(draft, place, text)
    else:
        said = comments.answer(draft, comments.comment_of(draft, answered), text)
    return stored(draft, said, N_("The comment is stored."))


@blueprint.post(f"/{SHELF}/drafts/<int:draft_id>/comments/<int:comment_id>/settle")
@roles(*REVIEWERS)
def settle_comment(shelf: str, draft_id: int, comment_id: int) -> ResponseReturnValue:
    draft = locked(draft_id, KINDS[shelf])
    comment = comments.comment_of(draft, comment_id)
    comments.settle(draft, comment)
    return stored(draft, comment, N_("The comment is settled."))


def stored(draft: DefinitionDraft, comment: DraftComment, sentence: str) -> ResponseReturnValue:
    address = review_address(draft, anchor(f"remarks:{comment.place}"))
    db.session.commit()
    flash(gettext(sentence))
    return redirect(address, 303)


def fault_of(text: str) -> str:
    """What is wrong with a comment, for its writer; nothing with a good one."""
    if not text:
        return gettext(BLANK)
    most = comments.LONGEST
    return gettext(TOO_LONG) % {"length": len(text), "most": most} if len(text) > most else ""
