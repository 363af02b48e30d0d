"""Previews for a telephone and a desk: the pages people answer on, with nothing stored."""

from __future__ import annotations

from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from questionnaires.answers import check_answers
from questionnaires.faults import Fault
from questionnaires.routing import on_route
from survey.builder.trial.memory import forget, recall, remember
from survey.builder.trial.nothing import something_to_show
from survey.builder.trial.sorts import page
from survey.builder.trial.stand_ins import VISIT, banner, preview_survey, preview_unit
from survey.builder.trial.subject import Tried
from survey.db import today
from survey.respond import notices
from survey.respond.answering.booklet import Booklet, laid_out
from survey.respond.answering.pages import after_saving, given_back
from survey.respond.answering.reading import read_page, strangers
from survey.respond.answering.route import first_open_page, item_codes, page_after, page_url, standing_of
from survey.respond.answering.section import filled_section, raw_texts
from survey.respond.arriving.effort import effort_unseen
from survey.respond.blueprint import page as page_of_survey
from survey.respond.sending.check import answers_to_check


@page("/phone")
@something_to_show
def phone(tried: Tried) -> str:
    return render_template("builder/trial/phone.html", tried=tried)


@page("/answer", framed=True)
@something_to_show
def start(tried: Tried) -> str:
    """The first page; for who comes back, that which tells them where they stand."""
    answers = recall(tried)
    return show(
        "resumed.html" if answers else "start.html",
        tried,
        rated=preview_unit(),
        draft={"answers": answers} if answers else None,
        standing=standing_of(booklet(tried), answers),
        visit=None,
        may_enter=True,
        effort=effort_unseen(tried.presentable.questionnaire, "section"),
        faults=(),
    )


@page("/answer", "POST", framed=True)
@something_to_show
def begin(tried: Tried) -> ResponseReturnValue:
    if "anew" in request.form:
        forget()
    return redirect(first_open_page(preview_survey(tried), booklet(tried), recall(tried)), 303)


@page("/answer/<int:step>", framed=True)
@something_to_show
def show_section(tried: Tried, step: int) -> ResponseReturnValue:
    answers = recall(tried)
    pages = booklet(tried).way(answers)
    if step not in pages:
        return redirect(page_url(preview_survey(tried), page_after(pages, step)))
    return section(tried, step, answers, raw_texts(answers))


@page("/answer/<int:step>", "POST", framed=True)
@something_to_show
def save_section(tried: Tried, step: int) -> ResponseReturnValue:
    survey, answers = preview_survey(tried), recall(tried)
    pages = booklet(tried)
    if step not in pages.way(answers):
        return notice(notices.NO_LONGER_ASKED, tried, first_open_page(survey, pages, answers))
    if strangers(pages, step, request.form):
        return notice(notices.NOT_ON_THIS_PAGE, tried, page_url(survey, step))
    return keep_and_go_on(tried, step, answers)


def keep_and_go_on(tried: Tried, step: int, before: dict[str, Any]) -> ResponseReturnValue:
    pages, typed = booklet(tried), request.form.to_dict(flat=False)
    posted = read_page(pages, step, before, typed)
    here = item_codes(pages.page(step))
    answers = {code: value for code, value in before.items() if code not in here} | posted.sound
    if not remember(tried, answers):
        flash(gettext("A preview has room for so much only: its longest answers were let go."))
    leads_to = after_saving(preview_survey(tried), pages, step, posted, before, answers)
    if leads_to is None:
        return section(tried, step, answers, given_back(typed), posted.answers, posted.faults), 422
    return leads_to


@page("/answer/check", framed=True)
@something_to_show
def check(tried: Tried) -> str:
    return show_check(tried)


@page("/answer/check", "POST", framed=True)
@something_to_show
def send(tried: Tried) -> ResponseReturnValue:
    """What sending would do, without sending: name what lacks, or thank and forget."""
    questionnaire, answers = tried.presentable.questionnaire, recall(tried)
    record = on_route(questionnaire, answers, today=today())
    if faults := check_answers(questionnaire, record, today=today(), complete=True):
        return show_check(tried, faults), 422
    forget()
    return redirect(url_for(".thanks", slug=tried.id), 303)


@page("/answer/thanks", framed=True)
@something_to_show
def thanks(tried: Tried) -> str:
    return show("thanks.html", tried, receipt=VISIT.receipt)


def booklet(tried: Tried) -> Booklet:
    return laid_out(tried.presentable.questionnaire, "section")


def section(tried: Tried, step: int, stored: dict[str, Any], *filled: Any) -> str:
    values = filled_section(booklet(tried), step, stored, *filled)
    return show("section.html", tried, visit=VISIT, rated=preview_unit(), **values)


def show_check(tried: Tried, faults: list[Fault] | None = None) -> str:
    values = answers_to_check(booklet(tried), recall(tried))
    return show("check.html", tried, visit=VISIT, rated=preview_unit(), faults=faults or (), **values)


def show(template: str, tried: Tried, **values: Any) -> str:
    return page_of_survey(template, preview_survey(tried), preview=banner(tried), **values)


def notice(what: notices.Notice, tried: Tried, next_url: str) -> ResponseReturnValue:
    return notices.show(what, preview_survey(tried), next_url=next_url, preview=banner(tried))
