"""Messages and letters to people by name: a list comes in, is looked at, and goes out with codes."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from flask import Response, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from questionnaires.faults import N_, Fault
from survey import audit
from survey.access import roles
from survey.codes import generate
from survey.db import db, today
from survey.errors import UserError
from survey.faulty_sheets import Report, report_of
from survey.fieldwork.blueprint import blueprint, locked
from survey.fieldwork.inviting.carrying import packed, unpacked
from survey.fieldwork.inviting.cells import cells_of
from survey.fieldwork.inviting.contacts import Contact, read_contacts
from survey.fieldwork.inviting.headings import WORDS
from survey.fieldwork.inviting.letters import letters_of
from survey.fieldwork.inviting.messages import (
    SAMPLE_CODE,
    Draft,
    Message,
    draft_of,
    list_of,
    sms_faults,
)
from survey.fieldwork.inviting.slots import SLOTS
from survey.fieldwork.inviting.wording import KINDS, PROPOSALS, typed_texts, wording_faults
from survey.fieldwork.personal_codes import code_lines, store_codes
from survey.fieldwork.survey_pages import subject
from survey.fieldwork.tables import (
    PDF,
    TableRefused,
    attachment,
    comma_separated,
    uploaded_sheet,
    workbook,
)
from survey.language import language
from survey.models import Survey

SHOWN = 3
"""People whose messages the preview shows."""

CLOSED = N_("The survey is closed: new codes would lead nowhere.")
NO_CONTACTS = N_("Choose the list of people.")
MADE_MEANWHILE = N_(
    "Codes were made since this page was opened, perhaps by a second click. Look whether you have the list "
    "already before you make another: each list gives every person a further code."
)


@dataclass(frozen=True)
class Typed:
    """What the page holds: the people, the texts, and what is wrong with either."""

    texts: Mapping[str, str]
    plain_sms: bool = True
    contacts: Sequence[Contact] = ()
    faults: Sequence[Fault] = ()
    report: Report | None = None
    sample: Sequence[Message] = field(default=())


@blueprint.get("/surveys/<int:survey_id>/messages")
@roles("planner")
def write_messages(survey_id: int) -> str:
    survey = db.get_or_404(Survey, survey_id)
    return show(survey, Typed(PROPOSALS[language()]))


@blueprint.post("/surveys/<int:survey_id>/messages")
@roles("planner")
def make_messages(survey_id: int) -> ResponseReturnValue:
    """Show what each person would get; or make the codes and hand out the list, once."""
    survey = locked(Survey, survey_id)
    if survey.state == "closed":
        raise UserError(CLOSED, status=409)
    typed, draft = read_form(survey)
    make = FORMATS.get(request.form.get("do", ""))
    if typed.faults or typed.report:
        return show(survey, typed), 422
    if make is None:
        return show(survey, typed)
    if request.form.get("seen") != str(codes_made(survey)):
        return show(survey, Typed(**vars(typed) | {"faults": [Fault("", MADE_MEANWHILE)]})), 422
    return hand_out(survey, draft, typed, make)


def read_form(survey: Survey) -> tuple[Typed, Draft]:
    texts = typed_texts(request.form, KINDS)
    plain = "plain_sms" in request.form
    contacts, report = people_of(survey)
    draft = draft_of(survey, texts, plain_sms=plain)
    faults = list(wording_faults(texts))
    if not contacts and report is None:
        faults.append(Fault("file", NO_CONTACTS))
    sample = [] if faults or report else [draft.message(contact, SAMPLE_CODE) for contact in contacts]
    faults += sms_faults(draft, sample)
    return Typed(texts, plain, contacts, faults, report, sample), draft


def people_of(survey: Survey, *, by_email: bool = False) -> tuple[Sequence[Contact], Report | None]:
    """The people of the list just uploaded, else of the one the page carries; or what is wrong with it."""
    file = request.files.get("file")
    if file is None or not file.filename:
        return unpacked(survey, request.form.get("contacts", "")), None
    try:
        contacts, faults = read_contacts(uploaded_sheet(file), cells_of(survey), by_email=by_email)
    except TableRefused as refused:
        return [], report_of(refused.faults)
    return ([], report_of(faults)) if faults else (contacts, None)


def codes_made(survey: Survey) -> int:
    return sum(line.made for line in code_lines(survey))


def hand_out(survey: Survey, draft: Draft, typed: Typed, make: Format) -> Response:
    """Make a code for each person; the file is the only place where it stands beside the name."""
    messages = [draft.message(contact, generate()) for contact in typed.contacts]
    store_codes(survey, [(message.contact.stratum_id, message.code) for message in messages])
    audit.record("messages.make", subject(survey), people=len(messages), format=request.form["do"])
    file = make(survey, messages, f"messages-{survey.code}-{today():%Y%m%d}")
    db.session.commit()
    return file


Format = Callable[[Survey, Sequence[Message], str], Response]


def as_workbook(_survey: Survey, messages: Sequence[Message], name: str) -> Response:
    return workbook({gettext("Messages"): list_of(messages)}, f"{name}.xlsx")


def as_csv(_survey: Survey, messages: Sequence[Message], name: str) -> Response:
    return comma_separated(list_of(messages), f"{name}.csv")


def as_letters(survey: Survey, messages: Sequence[Message], name: str) -> Response:
    return attachment(letters_of(survey, messages), PDF, f"{name}.pdf")


FORMATS: Mapping[str, Format] = {"xlsx": as_workbook, "csv": as_csv, "pdf": as_letters}


def show(survey: Survey, typed: Typed) -> str:
    is_ready = bool(typed.sample) and not typed.report
    return render_template(
        "fieldwork/inviting/messages.html",
        survey=survey,
        synthetic=survey.round.synthetic,
        typed=typed,
        kinds=KINDS,
        slots=SLOTS,
        carried=packed(survey, typed.contacts) if typed.contacts else "",
        seen=request.form.get("seen") if typed.faults and is_ready else codes_made(survey),
        sample=typed.sample[:SHOWN] if is_ready else [],
        parts=sum(message.sms.parts for message in typed.sample),
    )


@blueprint.get("/surveys/<int:survey_id>/contacts/pattern.xlsx")
@roles("planner")
def contact_pattern(survey_id: int) -> Response:
    """A workbook to fill in: the headings, and the codes of the units that may stand below them."""
    survey = db.get_or_404(Survey, survey_id)
    cells = cells_of(survey)
    columns = ("unit", "name", "phone", "email", "address")
    headings = [WORDS[column][0].capitalize() for column in (columns[1:] if cells.several else columns)]
    units = [[code, strata[0].unit.name] for code, strata in cells.by_unit.items()]
    pages = {gettext("Contacts"): [headings], gettext("Units"): units}
    return workbook(pages, f"contacts-{survey.code}.xlsx")
