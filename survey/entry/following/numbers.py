"""Numbers of forms as people type them: "101-130, 140"."""

from __future__ import annotations

import re

from questionnaires.faults import N_, Fault
from questionnaires.paper import PaperError, read_page_code, read_serial, write_serial
from questionnaires.text import nfkc
from survey.collection import Refused
from survey.entry.following.shown_numbers import write_ranges
from survey.models import Batch

MOST = 1_000
"""Forms in one go: no batch printed here holds more."""

NONE_TYPED = N_("Enter the numbers of the forms, such as 101-130, 140.")
NOT_NUMBERS = N_("“%(text)s” names no forms. Write numbers and ranges, such as 101-130, 140.")
BACKWARDS = N_("“%(text)s” runs backwards: write the smaller number first.")
TOO_MANY = N_("“%(text)s” is more than %(most)s forms.")
OTHER_BATCH = N_("Form %(number)s is not of this batch.")

BETWEEN_ENTRIES = re.compile(r"[,;\n]+")
SHORT = re.compile(r"[0-9]{1,9}")
SHORT_RANGE = re.compile(r"([0-9]{1,9})\s*[-\u2010-\u2015]\s*([0-9]{1,9})")
LONG_RANGE = re.compile(r"(.+?)\s*(?:\.\.+|đến|to|\s[-\u2010-\u2015]\s)\s*(.+)")
FEWEST_DIGITS = 8
"""Of a form number with its check digit; a number within a batch has fewer."""


def read_form_number(text: str) -> int:
    """The serial in a number typed from a form, or in the text of its QR code. Raises PaperError."""
    typed = nfkc(text).strip()
    return read_page_code(typed).serial if typed.upper().startswith("HL") else read_serial(typed)


def read_numbers(text: str, batch: Batch) -> list[int]:
    """The numbers within the batch that a list names, each once: numbers, form numbers with their check
    digit, texts of QR codes, and ranges. Raises Refused, with a fault for each entry that names no forms.
    """
    entries = [entry.strip() for entry in BETWEEN_ENTRIES.split(nfkc(text)) if entry.strip()]
    if not entries:
        raise Refused([Fault("numbers", NONE_TYPED)])
    numbers: dict[int, None] = {}
    faults = []
    for entry in entries:
        try:
            numbers |= dict.fromkeys(read_entry(entry, batch))
        except (Refused, PaperError) as refusal:
            faults += [Fault("numbers", each.template, each.values) for each in refusal.faults]
    if len(numbers) > MOST:
        raise Refused([Fault("numbers", TOO_MANY, {"text": f"{text.strip()[:40]}…", "most": MOST})])
    if beyond := [number for number in numbers if not is_in(batch, number)]:
        faults.append(Fault("numbers", OTHER_BATCH, {"number": write_ranges(beyond)}))
    if faults:
        raise Refused(faults)
    return list(numbers)


def is_in(batch: Batch, number: int) -> bool:
    """Batches printed elsewhere may begin at any number."""
    return batch.first_serial is None or number <= batch.forms_expected


def read_entry(entry: str, batch: Batch) -> range:
    """Raises Refused, PaperError."""
    if found := SHORT_RANGE.fullmatch(entry):
        if not is_serial(entry, batch):
            return span(entry, int(found[1]), int(found[2]))
    elif SHORT.fullmatch(entry) and not is_serial(entry, batch):
        return span(entry, int(entry), int(entry))
    if is_serial(entry, batch) or entry.upper().startswith("HL"):
        number = number_in(batch, entry)
        return range(number, number + 1)
    if found := LONG_RANGE.fullmatch(entry):
        return span(entry, *(one_number(part, batch) for part in found.groups()))
    raise Refused([Fault("numbers", NOT_NUMBERS, {"text": entry[:40]})])


def is_serial(entry: str, batch: Batch) -> bool:
    """Whether an entry has the digits of one whole form number; forms printed elsewhere have none."""
    count = sum(character.isdigit() for character in entry)
    is_one = FEWEST_DIGITS <= count < 2 * FEWEST_DIGITS and not re.search("[^0-9 .\u2010-\u2015-]", entry)
    return batch.first_serial is not None and is_one


def one_number(text: str, batch: Batch) -> int:
    if SHORT.fullmatch(text) and not is_serial(text, batch):
        return int(text)
    return number_in(batch, text)


def number_in(batch: Batch, text: str) -> int:
    """The number within the batch of a form number. Raises Refused, PaperError."""
    serial = read_form_number(text)
    number = serial - (batch.first_serial or 0) + 1
    if batch.first_serial is None or number < 1 or not is_in(batch, number):
        raise Refused([Fault("numbers", OTHER_BATCH, {"number": write_serial(serial)})])
    return number


def span(entry: str, first: int, last: int) -> range:
    if first < 1:
        raise Refused([Fault("numbers", NOT_NUMBERS, {"text": entry[:40]})])
    if last < first:
        raise Refused([Fault("numbers", BACKWARDS, {"text": entry[:40]})])
    if last - first >= MOST:
        raise Refused([Fault("numbers", TOO_MANY, {"text": entry[:40], "most": MOST})])
    return range(first, last + 1)
