"""The open cells of a scanned page, as a person is asked them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from sqlalchemy.orm import joinedload

from questionnaires.answers import show
from questionnaires.faults import Fault
from questionnaires.schema import Item, Questionnaire
from survey.collection import Refused
from survey.collection.paper.reading import typed_value
from survey.db import db
from survey.entry.scanning.cells import Cell
from survey.entry.scanning.form_scans import scanned_form, sheets_of
from survey.entry.scanning.pictures import Picture, pictures_of
from survey.entry.screen import Line, lines_of
from survey.language import language
from survey.models import PaperForm, ScanPage

AT_ONCE = 10


@dataclass(frozen=True)
class Asked:
    """One cell on the page. `proposal` in words, "" for a blank; None where there is no yes to say.
    `fault`: why the last answer was not taken, whose texts are `typed`.
    """

    sheet: ScanPage
    cell: Cell
    line: Line
    pictures: Sequence[Picture]
    proposal: str | None
    fault: Fault | None = None
    typed: Sequence[str] = field(default=())

    @property
    def id(self) -> str:
        return f"cell-{self.sheet.id}-{self.cell.item}"

    @property
    def is_proposed(self) -> bool:
        return self.proposal is not None


def asked_on(sheet_id: int) -> Iterator[Asked]:
    """The open cells of one sheet; none where there is no such sheet, or no form of it."""
    sheet = db.session.get(ScanPage, sheet_id, options=[joinedload(ScanPage.form)])
    if sheet is None or sheet.form is None:
        return
    form: PaperForm = sheet.form
    scanned = scanned_form(form, sheets_of(form.id))
    if scanned is None:
        return
    lines = lines_by_item(scanned.questionnaire)
    for cell in scanned.open_cells():
        if cell.item in sheet.readings.get("open", ()):
            proposal = in_words(scanned.questionnaire, lines[cell.item].item, cell.proposal)
            yield Asked(sheet, cell, lines[cell.item], pictures_of(form, cell.item), proposal)


def lines_by_item(questionnaire: Questionnaire) -> dict[str, Line]:
    return {line.item.code: line for line in lines_of(questionnaire)}


def in_words(questionnaire: Questionnaire, item: Item, texts: Sequence[str] | None) -> str | None:
    """What a yes would confirm; None for what is no answer to the question."""
    if not texts:
        return None if texts is None else ""
    try:
        value = typed_value(questionnaire, item.code, texts, "")
    except Refused:
        return None
    return show(item.question, value, language())
