"""A section as a page: what stands in its fields, which of its questions are asked."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from flask import request

from questionnaires.expression import names
from questionnaires.faults import Fault
from questionnaires.routing import AskedSection, is_blank
from questionnaires.schema import Section
from questionnaires.sitting import is_per_unit
from survey.collection.drafts import fingerprint
from survey.db import db, today
from survey.models import Draft, Survey, Unit
from survey.respond.answering.booklet import Answers, Booklet
from survey.respond.answering.fields import heading_of, page_fields
from survey.respond.answering.filling import Filling
from survey.respond.answering.route import asked_codes, item_codes, page_before
from survey.respond.blueprint import page
from survey.respond.offline.keeping import kept
from survey.respond.statistics.happening import is_answered
from survey.respond.statistics.shown import field_of
from survey.respond.visit import Visit


def show_page(
    survey: Survey,
    booklet: Booklet,
    visit: Visit,
    draft: Draft,
    step: int,
    texts: Mapping[str, Sequence[str]],
    answers: Answers | None = None,
    faults: Sequence[Fault] = (),
) -> str:
    """The page with `texts` in its fields. `answers` decide what is asked, where they are not yet stored."""
    rated = db.session.get(Unit, draft.unit_id) if draft.unit_id else None
    return page(
        "section.html",
        survey,
        visit=visit,
        rated=rated,
        kept=kept(survey, visit, draft, rated, step),
        **filled_section(booklet, step, draft.answers, texts, answers, faults),
    )


def filled_section(
    booklet: Booklet,
    step: int,
    stored: Answers,
    texts: Mapping[str, Sequence[str]],
    answers: Answers | None = None,
    faults: Sequence[Fault] = (),
) -> dict[str, Any]:
    """What the page of a section shows, whoever answers it."""
    section = booklet.page(step)
    known = booklet.way(stored)
    pages = known if answers is None else booklet.way(answers)
    filling, fault_at = Filling(texts, asked_codes(pages.get(step))), {fault.place: fault for fault in faults}
    return {
        "section": section,
        "heading": heading_of(section, filling.asked),
        "fields": page_fields(booklet, step, filling, fault_at),
        "by_unit": booklet.sitting and any(map(is_per_unit, section.questions)),
        "done": round(100 * (step - 1) / len(booklet.pages)),
        "before": page_before(pages, step),
        "live": live_data(section, stored, known),
        "faults": faults,
        "fault_at": fault_at,
        "seen": fingerprint(stored, item_codes(section)),
        "shown": field_of(is_answered=is_answered(section, stored)),
        "back": request.form.get("form-back") or request.args.get("back", ""),
    }


def live_data(section: Section, answers: Answers, pages: Mapping[int, AskedSection]) -> dict[str, Any] | None:
    """What a script needs to show questions as soon as an answer brings them up; None where none do so.

    `pages`: the way that the answers lead.
    """
    trees = [question.relevant for question in section.questions if question.relevant is not None]
    if not trees:
        return None
    needed = set().union(*map(names, trees)) - set(item_codes(section))
    asked = (item.code for part in pages.values() for question in part.questions for item in question.items())
    known = {
        code: answers[code] for code in sorted(needed.intersection(asked)) if not is_blank(answers.get(code))
    }
    return {"answers": known, "today": today().isoformat()}


def raw_texts(answers: Answers) -> dict[str, list[str]]:
    """Stored answers as the texts of a form, to fill it again."""
    return {
        code: list(answer) if isinstance(answer, list) else [written(answer)]
        for code, answer in answers.items()
    }


def written(answer: Any) -> str:
    """A value as it is typed here: 3,5."""
    return f"{answer:.15g}".replace(".", ",") if isinstance(answer, float) else str(answer)
