"""People whom a planner will write to, from a list that is read and never stored."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from email_validator import EmailNotValidError, validate_email

from questionnaires.faults import N_
from questionnaires.sheets import Row, Sheet, SheetFault
from survey.fieldwork.fields import LONGEST_NAME
from survey.fieldwork.inviting.cells import Cells
from survey.fieldwork.inviting.headings import Columns, read_headings
from survey.models import Stratum

COLUMNS = ("stratum", "name", "phone", "email", "address")
SEPARATORS = re.compile(r"[\s.\-()]+")
COUNTRY = re.compile(r"^(?:(?:\+|00)840?|840?(?=\d{9}$))")
HOME = re.compile(r"0[1-9]")
VIETNAMESE_NUMBER = re.compile(r"0[2-9]\d{8,9}")

NOBODY = N_("Enter at least a name, a telephone number or an e-mail address.")
NO_PHONE = N_("“%(raw)s” is no telephone number of Vietnam, such as 0912 345 678.")
NO_EMAIL = N_("“%(raw)s” is no e-mail address.")
EMAIL_NEEDED = N_("Enter the e-mail address.")
TOO_LONG = N_("The text has %(length)s characters; %(most)s is the most.")
TWICE = N_("“%(raw)s” stands in another row too: the person would get two codes for the same agency.")


@dataclass(frozen=True)
class Contact:
    """A person to write to, and the stratum they were chosen in; None where they rate several units."""

    stratum_id: int | None
    name: str = ""
    phone: str = ""
    email: str = ""
    address: str = ""


def read_contacts(
    sheet: Sheet, cells: Cells, *, by_email: bool = False
) -> tuple[list[Contact], list[SheetFault]]:
    """The people of a list, and everything wrong with it; `by_email`: each needs an address to mail to."""
    needed = (*(() if cells.several else ("unit",)), *(("email",) if by_email else ()))
    columns, faults = read_headings(sheet, needed, ("unit", *COLUMNS))
    read = []
    for row in sheet.rows:
        contact, found = read_row(columns, row, cells, by_email)
        read.append(contact)
        faults += found
    return read, [*faults, *repeated(columns, read)]


def read_row(columns: Columns, row: Row, cells: Cells, by_email: bool) -> tuple[Contact, list[SheetFault]]:
    stratum = cells.find(columns, row)
    faults = [stratum] if isinstance(stratum, SheetFault) else []
    typed = {column: columns.cell(row, column) for column in ("name", "phone", "email", "address")}
    phone, email = phone_of(typed["phone"]), email_of(typed["email"])
    faults += cell_faults(columns, row, typed, phone, email)
    if by_email and not typed["email"] and "email" in columns.headings:
        faults.append(columns.fault(row, "email", EMAIL_NEEDED))
    elif not (typed["name"] or typed["phone"] or typed["email"]):
        faults.append(columns.fault(row, "name", NOBODY))
    stratum_id = stratum.id if isinstance(stratum, Stratum) else None
    return Contact(stratum_id, typed["name"], phone or "", email or "", typed["address"]), faults


def cell_faults(
    columns: Columns, row: Row, typed: dict[str, str], phone: str | None, email: str | None
) -> Iterator[SheetFault]:
    if phone is None:
        yield columns.fault(row, "phone", NO_PHONE, raw=typed["phone"][:80])
    if email is None:
        yield columns.fault(row, "email", NO_EMAIL, raw=typed["email"][:80])
    for column in ("name", "address"):
        if len(typed[column]) > LONGEST_NAME:
            yield columns.fault(row, column, TOO_LONG, length=len(typed[column]), most=LONGEST_NAME)


def repeated(columns: Columns, contacts: list[Contact]) -> Iterator[SheetFault]:
    """Whoever is on the list twice for the same stratum."""
    for column in ("phone", "email"):
        ways = [(contact.stratum_id, getattr(contact, column)) for contact in contacts]
        count = Counter(way for way in ways if way[1])
        for row, way in zip(columns.sheet.rows, ways, strict=True):
            if count[way] > 1:
                yield columns.fault(row, column, TWICE, raw=way[1])


def phone_of(raw: str) -> str | None:
    """The number as it is dialled in Vietnam; "" of nothing; None where it is none.

    Spreadsheets take telephone numbers for figures and drop the zero they begin with.
    """
    digits = SEPARATORS.sub("", raw)
    if not digits:
        return ""
    dialled = f"0{COUNTRY.sub('', digits)}" if not HOME.match(digits) else digits
    return dialled if VIETNAMESE_NUMBER.fullmatch(dialled) else None


def email_of(raw: str) -> str | None:
    """The address in one form, its domain in lower case; "" of nothing; None where it is none."""
    if not raw:
        return ""
    try:
        return validate_email(raw, check_deliverability=False, allow_smtputf8=False).normalized
    except EmailNotValidError:
        return None
