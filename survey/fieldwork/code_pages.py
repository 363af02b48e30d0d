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
from survey.fieldwork.inviting.letters import letters_without_names
from survey.fieldwork.inviting.places import code_address
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
from survey.fieldwork.tables import PDF, Rows, attachment, comma_separated, workbook
from survey.models import Stratum, Survey

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
    lines = code_lines(survey)
    return show(survey, lines, {line.key: str(line.lacking or "") for line in lines})


@blueprint.post("/surveys/<int:survey_id>/codes")
@roles("planner")
def new_codes(survey_id: int) -> ResponseReturnValue:
    """Make codes and hand out their list: the only time that anybody sees them."""
    survey = locked(Survey, survey_id)
    lines = code_lines(survey)
    if survey.state == "closed":
        raise UserError(CLOSED, status=409)
    typed = {line.key: request.form.get(f"codes-{line.key}", "").strip() for line in lines}
    numbers, faults = read_numbers(typed)
    if request.form.get("seen") != str(total(lines)):
        faults = [Fault("", MADE_MEANWHILE)]
    if faults:
        return show(survey, lines, typed, faults), 422
    made = make_codes(survey, numbers, lines)
    audit.record("codes.make", subject(survey), codes=by_stratum(lines, numbers))
    file = LISTS.get(request.form.get("format", ""), as_workbook)(survey, made)
    db.session.commit()
    return file


def read_numbers(typed: Mapping[str, str]) -> tuple[dict[str, int], list[Fault]]:
    """Key of a line → how many codes; and what is wrong."""
    numbers: dict[str, int] = {}
    faults = []
    for key, raw in typed.items():
        try:
            numbers[key] = people(raw) if raw else 0
        except Unreadable as error:
            faults.append(Fault(f"codes-{key}", error.template, error.values))
    wanted = sum(numbers.values())
    if not faults and not wanted:
        faults.append(Fault("", NONE_WANTED))
    if wanted > MOST_AT_ONCE:
        faults.append(Fault("", TOO_MANY, {"most": MOST_AT_ONCE, "wanted": wanted}))
    return numbers, faults


def total(lines: Iterable[CodeLine]) -> int:
    return sum(line.made for line in lines)


def by_stratum(lines: Iterable[CodeLine], numbers: Mapping[str, int]) -> dict[str, int]:
    return {stratum_code(line): number for line in lines if (number := numbers.get(line.key, 0))}


def stratum_code(line: CodeLine) -> str:
    return line.stratum.code if line.stratum else line.key


def list_of(made: Sequence[NewCode]) -> Rows:
    """The list for printing letters: unit, stratum, code, and where to type it or to go with it."""
    headings = [
        gettext("Unit"),
        gettext("Name"),
        gettext("Stratum"),
        gettext("Code"),
        gettext("Address"),
        gettext("Link"),
    ]
    return [headings, *(row_of(stratum, code) for stratum, code in made)]


def row_of(stratum: Stratum | None, code: str) -> list[str]:
    cells = [stratum.unit.code, stratum.unit.name, stratum.code] if stratum else ["", "", ""]
    return [*cells, code, public_address("/c"), code_address(code)]


def as_workbook(survey: Survey, made: Sequence[NewCode]) -> Response:
    return workbook({gettext("Codes"): list_of(made)}, f"{file_name(survey)}.xlsx")


def as_csv(survey: Survey, made: Sequence[NewCode]) -> Response:
    return comma_separated(list_of(made), f"{file_name(survey)}.csv")


def as_letters(survey: Survey, made: Sequence[NewCode]) -> Response:
    return attachment(letters_without_names(survey, made), PDF, f"{file_name(survey)}.pdf")


def file_name(survey: Survey) -> str:
    return f"codes-{survey.code}-{today():%Y%m%d}"


LISTS: Mapping[str, Callable[[Survey, Sequence[NewCode]], Response]] = {
    "xlsx": as_workbook,
    "csv": as_csv,
    "pdf": as_letters,
}


@blueprint.post("/surveys/<int:survey_id>/codes/withdraw")
@roles("planner")
def withdraw_codes(survey_id: int) -> ResponseReturnValue:
    """Withdraw the unused codes of one stratum, as when their list is lost."""
    survey = locked(Survey, survey_id)
    lines = code_lines(survey)
    chosen = next((line for line in lines if line.key == request.form.get("stratum")), None)
    if chosen is None or "confirmed" not in request.form:
        fault = Fault("confirmed", NOT_CONFIRMED)
        return show(survey, lines, {line.key: "" for line in lines}, [fault]), 422
    number = withdraw_unused(survey, chosen.stratum_id)
    audit.record("codes.withdraw", subject(survey), stratum=stratum_code(chosen), codes=number)
    db.session.commit()
    flash(ngettext("%(num)d code was withdrawn.", "%(num)d codes were withdrawn.", number))
    return redirect(url_for("fieldwork.show_codes", survey_id=survey_id))


def show(
    survey: Survey, lines: Sequence[CodeLine], typed: Mapping[str, str], faults: Sequence[Fault] = ()
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
