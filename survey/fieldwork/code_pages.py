"""Personal codes: counted, made on a list that is handed out once, withdrawn where that list is lost."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence

from flask import Response, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext, ngettext

from questionnaires.faults import N_, Fault
from questionnaires.written import Unreadable
from survey import audit
from survey.access import roles
from survey.db import db, today
from survey.errors import UserError
from survey.fieldwork.blueprint import blueprint, locked, public_address
from survey.fieldwork.personal_codes import (
    MOST_AT_ONCE,
    CodeLine,
    NewCode,
    code_lines,
    make_codes,
    withdraw_unused,
)
from survey.fieldwork.strata import people
from survey.fieldwork.survey_pages import subject
from survey.fieldwork.tables import Rows, comma_separated, workbook
from survey.models import Survey

CLOSED = N_("The survey is closed: new codes would lead nowhere.")
NONE_WANTED = N_("Enter how many codes to make.")
TOO_MANY = N_("At most %(most)s codes are made at once; %(wanted)s were asked for.")
MADE_MEANWHILE = N_(
    "Codes were made since this page was opened, perhaps by a second click. Look at the numbers below before "
    "you make more. Codes whose list is lost can be withdrawn."
)
NOT_CONFIRMED = N_("Tick that the letters with these codes may stop working.")


@blueprint.get("/surveys/<int:survey_id>/codes")
@roles("planner")
def show_codes(survey_id: int) -> str:
    survey = db.get_or_404(Survey, survey_id)
    lines = code_lines(survey_id)
    return show(survey, lines, {line.stratum.id: str(line.lacking or "") for line in lines})


@blueprint.post("/surveys/<int:survey_id>/codes")
@roles("planner")
def new_codes(survey_id: int) -> ResponseReturnValue:
    """Make codes and hand out their list: the only time that anybody sees them."""
    survey = locked(Survey, survey_id)
    lines = code_lines(survey_id)
    if survey.state == "closed":
        raise UserError(CLOSED, status=409)
    typed = {line.stratum.id: request.form.get(f"codes-{line.stratum.id}", "").strip() for line in lines}
    numbers, faults = read_numbers(typed)
    if request.form.get("seen") != str(total(lines)):
        faults = [Fault("", MADE_MEANWHILE)]
    if faults:
        return show(survey, lines, typed, faults), 422
    made = make_codes(survey, numbers, [line.stratum for line in lines])
    audit.record("codes.make", subject(survey), codes=by_stratum(lines, numbers))
    rows, name = list_of(made), f"codes-{survey.code}-{today():%Y%m%d}"
    db.session.commit()
    return LISTS.get(request.form.get("format", ""), as_workbook)(rows, name)


def read_numbers(typed: Mapping[int, str]) -> tuple[dict[int, int], list[Fault]]:
    """Stratum id → how many codes; and what is wrong."""
    numbers: dict[int, int] = {}
    faults = []
    for stratum_id, raw in typed.items():
        try:
            numbers[stratum_id] = people(raw) if raw else 0
        except Unreadable as error:
            faults.append(Fault(f"codes-{stratum_id}", error.template, error.values))
    wanted = sum(numbers.values())
    if not faults and not wanted:
        faults.append(Fault("", NONE_WANTED))
    if wanted > MOST_AT_ONCE:
        faults.append(Fault("", TOO_MANY, {"most": MOST_AT_ONCE, "wanted": wanted}))
    return numbers, faults


def total(lines: Iterable[CodeLine]) -> int:
    return sum(line.made for line in lines)


def by_stratum(lines: Iterable[CodeLine], numbers: Mapping[int, int]) -> dict[str, int]:
    return {line.stratum.code: number for line in lines if (number := numbers.get(line.stratum.id, 0))}


def list_of(made: Sequence[NewCode]) -> Rows:
    """The list for printing letters: unit, stratum, code, and where to type it."""
    address = public_address("/c")
    headings = [gettext("Unit"), gettext("Name"), gettext("Stratum"), gettext("Code"), gettext("Address")]
    rows = [[stratum.unit.code, stratum.unit.name, stratum.code, code, address] for stratum, code in made]
    return [headings, *rows]


def as_workbook(rows: Rows, name: str) -> Response:
    return workbook({gettext("Codes"): rows}, f"{name}.xlsx")


def as_csv(rows: Rows, name: str) -> Response:
    return comma_separated(rows, f"{name}.csv")


LISTS: Mapping[str, Callable[[Rows, str], Response]] = {"xlsx": as_workbook, "csv": as_csv}


@blueprint.post("/surveys/<int:survey_id>/codes/withdraw")
@roles("planner")
def withdraw_codes(survey_id: int) -> ResponseReturnValue:
    """Withdraw the unused codes of one stratum, as when their list is lost."""
    survey = locked(Survey, survey_id)
    lines = code_lines(survey_id)
    chosen = next((line for line in lines if str(line.stratum.id) == request.form.get("stratum")), None)
    if chosen is None or "confirmed" not in request.form:
        fault = Fault("confirmed", NOT_CONFIRMED)
        return show(survey, lines, {line.stratum.id: "" for line in lines}, [fault]), 422
    number = withdraw_unused(survey, chosen.stratum.id)
    audit.record("codes.withdraw", subject(survey), stratum=chosen.stratum.code, codes=number)
    db.session.commit()
    flash(ngettext("%(num)d code was withdrawn.", "%(num)d codes were withdrawn.", number))
    return redirect(url_for("fieldwork.show_codes", survey_id=survey_id))


def show(
    survey: Survey, lines: Sequence[CodeLine], typed: Mapping[int, str], faults: Sequence[Fault] = ()
) -> str:
    return render_template(
        "fieldwork/codes.html",
        survey=survey,
        synthetic=survey.round.synthetic,
        lines=lines,
        typed=typed,
        faults=faults,
        seen=total(lines),
    )
