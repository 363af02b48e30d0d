"""What the QR code of a page says: HL1/<layout>/<form number>/<page>/<pages>, all in QR's alphanumeric mode.

The layout is named by the first ten hexadecimal digits of its digest, in capitals.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from questionnaires.faults import N_
from questionnaires.paper.numbering import read_serial, with_check_digit
from questionnaires.paper.refused import refusal

FORMAT, DIGITS = "HL1", 10

NOT_OURS = N_("The QR code is not that of a form printed here: it says “%(text)s”.")

_PAYLOAD = re.compile(
    rf"{FORMAT}/(?P<layout>[0-9A-F]{{{DIGITS}}})/(?P<number>[0-9]{{8,11}})/(?P<page>[1-9][0-9]?)/(?P<pages>[1-9][0-9]?)"
)


@dataclass(frozen=True)
class PageCode:
    """One page of one printed form; `layout` begins the layout's digest, in small letters."""

    layout: str
    serial: int
    page: int
    pages: int

    def payload(self) -> str:
        number = with_check_digit(self.serial)
        return f"{FORMAT}/{self.layout[:DIGITS].upper()}/{number}/{self.page}/{self.pages}"


def read_page_code(payload: str) -> PageCode:
    """What a payload says; raises PaperError for any other text, for instance a later format's."""
    found = _PAYLOAD.fullmatch(payload)
    if not found or int(found["page"]) > int(found["pages"]):
        raise refusal(NOT_OURS, text=payload[:60])
    serial = read_serial(found["number"])
    return PageCode(found["layout"].lower(), serial, int(found["page"]), int(found["pages"]))
