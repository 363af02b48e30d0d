"""One section a page: show it, keep every valid part of what was typed, go on where the answers lead."""

from __future__ import annotations

from collections.abc import Sequence

from flask import Response, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from questionnaires.faults import N_
from survey.access import public
from survey.collection import DraftMissing, QuotaFull, find_draft, is_full, require_open, save_answers
from survey.collection.drafts import fingerprint
from survey.language import LANGUAGES, remember
from survey.models import Draft, Survey
from survey.respond import notices, statistics
from survey.respond.answering.booklet import Answers, Booklet, booklet_of
from survey.respond.answering.reading import Form, Posted, read_page, strangers
from survey.respond.answering.route import (
    first_open_page,
    item_codes,
    page_after,
    page_after_a_change,
    page_url,
)
from survey.respond.answering.section import raw_texts, show_page
from survey.respond.blueprint import blueprint, find_survey
from survey.respond.statistics.shown import still_shown
from survey.respond.visit import Visit, current_visit, may_enter

CHANGED_ELSEWHERE = N_(
    "This page was changed in another window or on another device too. Both are kept; of a question answered "
    "in both, what you sent last."
)
LONGEST_GIVEN_BACK = 20_000  # characters: a page that a telephone can still show
AUTOSAVE = "X-Autosave"  # on what a page sends by itself while it is being filled in


@blueprint.get("/k/<slug>/<int:step>")
@public
def show_section(slug: str, step: int) -> ResponseReturnValue:
    survey = find_survey(slug)
    require_open(survey, "online")
    visit = current_visit(survey)
    draft = draft_of(survey, visit)
    if draft is None:
        return redirect(url_for("respond.thanks" if visit and visit.sent else "respond.start", slug=slug))
    booklet = booklet_of(survey)
    pages = booklet.way(draft.answers)
    if step not in pages:
        return redirect(page_url(survey, page_after(pages, step)))
    return show_page(survey, booklet, visit, draft, step, raw_texts(draft.answers))


@blueprint.post("/k/<slug>/<int:step>")
@public
def save_section(slug: str, step: int) -> ResponseReturnValue:
    survey = find_survey(slug)
    visit = current_visit(survey)
    draft = draft_of(survey, visit)
    if draft is None or request.form.get("form-visit") != visit.mark:
        raise DraftMissing  # sent already, or a page that an earlier person left open
    booklet = booklet_of(survey)
    if step not in booklet.way(draft.answers):
        open_page = first_open_page(survey, booklet, draft.answers)
        return notices.show(notices.NO_LONGER_ASKED, survey, next_url=open_page)
    if strangers(booklet, step, request.form):
        return notices.show(notices.NOT_ON_THIS_PAGE, survey, next_url=page_url(survey, step))
    return keep_and_go_on(survey, booklet, visit, draft, step)


def draft_of(survey: Survey, visit: Visit | None) -> Draft | None:
    """What this visit has answered so far. A code to go on with finds a draft, but lets nobody in."""
    if visit is None or visit.sent or not may_enter(survey, visit):
        return None
    return find_draft(survey, visit.draft_hash)


def keep_and_go_on(
    survey: Survey, booklet: Booklet, visit: Visit, draft: Draft, step: int
) -> ResponseReturnValue:
    before, items = draft.answers, item_codes(booklet.page(step))
    typed = what_was_typed(before, items)
    posted = read_page(booklet, step, before, typed)
    if AUTOSAVE in request.headers:
        return save_as_it_goes(survey, visit, draft, items, posted)
    stratum_id = draft.stratum_id  # from here on another window may send the draft, which is gone then
    saved = save_answers(survey, visit.draft_hash, items, posted.sound, request.form.get("form-seen", ""))
    if saved.overwritten:
        flash(gettext(CHANGED_ELSEWHERE))
    if is_full(survey.id, stratum_id, saved.answers):
        raise QuotaFull  # now, not after all further pages
    leads_to = after_saving(survey, booklet, step, posted, before, saved.answers)
    statistics.page_saved(survey, booklet.page(step), step, before, leads_to)
    if leads_to is None:
        draft = draft_of(survey, visit)
        if draft is None:
            raise DraftMissing
        filled = given_back(typed), posted.answers, posted.faults
        return show_page(survey, booklet, visit, draft, step, *filled), 422
    return leads_to


def what_was_typed(before: Answers, items: Sequence[str]) -> Form:
    """The texts of the page. Where it was answered elsewhere since it was made, what it left blank is no
    answer taken back, and stays as it is stored.
    """
    typed = request.form.to_dict(flat=False)
    is_fresh = fingerprint(before, items) == request.form.get("form-seen", "")
    if is_fresh or AUTOSAVE in request.headers:
        return typed
    blank = [code for code in items if not any(text.strip() for text in typed.get(code, []))]
    return typed | {code: texts for code, texts in raw_texts(before).items() if code in blank}


def save_as_it_goes(
    survey: Survey, visit: Visit, draft: Draft, items: Sequence[str], posted: Posted
) -> ResponseReturnValue:
    """Keep what was changed on the page since it was saved last, and nothing else of it: another window, or
    another device, may be rating the rest. What the page knows to be stored grows only where nobody else did.
    """
    changed = request.headers.get("X-Items", " ".join(items)).split()
    known = request.form.get("form-seen", "")
    is_alone = fingerprint(draft.answers, items) == known
    named = [code for code in items if code in changed]
    saved = save_answers(survey, visit.draft_hash, named, posted.sound, known)
    seen = fingerprint(saved.answers, items) if is_alone else known
    return Response(status=204, headers={"X-Seen": seen, "X-Revision": str(saved.revision)})


def after_saving(
    survey: Survey, booklet: Booklet, step: int, posted: Posted, before: Answers, answers: Answers
) -> Response | None:
    """Where a page leads once its sound answers are kept; None where its faults are shown first."""
    if request.form.get("form-language") in LANGUAGES:
        return remember(redirect(request.full_path.rstrip("?"), 303), request.form["form-language"])
    if "form-later" in request.form:
        return redirect(url_for("respond.later", slug=survey.slug), 303)
    if posted.faults:
        return None
    if posted.revealed:
        flash(gettext("Because of your answer, there is more to ask on this page."))
        back = request.form.get("form-back") or None
        return redirect(page_url(survey, step, back=back, shown=still_shown() or None), 303)
    return redirect(next_url(survey, booklet, step, before, answers), 303)


def given_back(typed: Form) -> Form:
    """What was typed, to be mended; of a text longer than anybody types, its beginning."""
    return {name: [text[:LONGEST_GIVEN_BACK] for text in texts] for name, texts in typed.items()}


def next_url(survey: Survey, booklet: Booklet, step: int, before: Answers, answers: Answers) -> str:
    if request.form.get("form-back") == "check":
        return page_after_a_change(survey, booklet, before, answers)
    return page_url(survey, page_after(booklet.way(answers), step))
