"""All pages of a form in one document that knows nobody, for a browser to keep and fill in by itself."""

from __future__ import annotations

import hashlib
from typing import Any

from flask import make_response, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import force_locale, gettext, ngettext

from questionnaires import written
from questionnaires.answers import REQUIRED
from questionnaires.faults import N_
from questionnaires.kinds import checking
from questionnaires.schema import Section
from survey.access import public
from survey.collection import NOTHING_RATED, units_rated
from survey.language import LANGUAGES, chosen_language
from survey.language import text as in_language
from survey.models import Survey
from survey.respond.answering.booklet import booklet_of
from survey.respond.answering.fields import page_fields
from survey.respond.answering.filling import Filling
from survey.respond.arriving.privacy import asked
from survey.respond.blueprint import blueprint, find_survey, page
from survey.respond.visit import current_visit

WORDS = {
    "required": REQUIRED,
    "notANumber": written.NOT_A_NUMBER,
    "notAWholeNumber": written.NOT_WHOLE,
    "ambiguous": written.AMBIGUOUS,
    "notADate": written.NOT_A_DATE,
    "notWhole": checking.NOT_WHOLE,
    "tooLarge": checking.TOO_LARGE,
    "tooLong": checking.TOO_LONG,
    "twice": checking.CHOSEN_TWICE,
    "exclusive": checking.EXCLUSIVE,
    "change": N_("Change"),
    "lacking": N_("An answer is needed"),
    "blank": N_("Not answered"),
    "error": N_("Error"),
    "done": N_("%(share)s done"),
    "notKept": N_("This browser could not keep your answers. Please do not close this page, and try again."),
    "noConnection": N_("There is no connection yet. Your answers stay here."),
}
"""What the script says; a sentence about an answer is the server's own."""

SITTING_WORDS = {
    "nothingRated": NOTHING_RATED,
    "agenciesRated": N_("The agencies you rate"),
    "rate": N_("Rate the agencies"),
    "leftOut": N_("Left out, as you gave them no rating: %(names)s."),
    "ratedOf": N_("%(rated)s of %(asked)s questions rated"),
}
"""What it says besides where several agencies are rated."""


@blueprint.get("/k/<slug>/form")
@public
def whole_form(slug: str) -> ResponseReturnValue:
    """The form for whoever is answering it, closed since or not: what a browser keeps must stay legible."""
    survey = find_survey(slug)
    visit = current_visit(survey)
    if visit is None or visit.sent or not visit.stays:
        return redirect(url_for("respond.thanks" if visit and visit.sent else "respond.start", slug=slug))
    named = request.args.get("language")
    with force_locale(named if named in LANGUAGES else chosen_language()):
        document = show_form(survey)
    response = make_response(document)
    response.headers["Cache-Control"] = "private, no-cache"
    response.set_etag(hashlib.sha256(document.encode()).hexdigest()[:16])
    return response.make_conditional(request)


def show_form(survey: Survey) -> str:
    booklet = booklet_of(survey)
    return page(
        "form.html",
        survey,
        kept=None,
        booklet=booklet,
        page_fields=page_fields,
        nothing=Filling({}, ()),
        rules_of=rules_of,
        asked=asked(survey),
        words=words_of(survey),
        get_flashed_messages=tuple,  # they are somebody's, and would be lost here
    )


def words_of(survey: Survey) -> dict[str, str | list[str]]:
    """What the script says, by name; `agencies` has a sentence for each number of agencies rated."""
    if survey.rates == "one":
        return {name: gettext(template) for name, template in WORDS.items()}
    words: dict[str, str | list[str]] = {
        name: gettext(text) for name, text in (WORDS | SITTING_WORDS).items()
    }
    counts = range(len(units_rated(survey)) + 1)
    words["agencies"] = [
        ngettext("You rate %(num)d agency.", "You rate %(num)d agencies.", count) for count in counts
    ]
    return words


def rules_of(section: Section) -> dict[str, dict[str, Any]]:
    """Per question, what its answers must keep to; the words for whoever broke a constraint with it."""
    rules = {}
    for question in section.questions:
        kept_to = {
            "required": question.required,
            "constraint": question.constraint,
            "message": question.constraint and in_language(question.constraint_message),
        }
        rules[question.code] = {name: value for name, value in kept_to.items() if value}
    return {code: kept_to for code, kept_to in rules.items() if kept_to}
