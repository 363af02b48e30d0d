"""What a person still has to say of a scanned form: doubtful boxes first, then handwriting and blanks."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from questionnaires.answers import check_answers, write_form
from questionnaires.faults import N_, Fault
from questionnaires.paper.layout import Layout
from questionnaires.routing import asked_items
from questionnaires.scanning import BLANK, DOUBTFUL, SURE, FormReading, ItemReading
from questionnaires.schema import Item, Questionnaire
from survey.collection import Refused
from survey.collection.paper.comparing import Entries
from survey.collection.paper.reading import typed_value
from survey.db import today

HANDWRITING = N_("Handwriting: type what it says.")
BLANK_REQUIRED = N_("The machine sees no mark where an answer is required.")
NOTHING: tuple[str, ...] = ()

Said = Mapping[str, Mapping[str, Any]]
"""Item → {"value", "note", "by", "at"}: what people said of it."""


@dataclass(frozen=True)
class Cell:
    """`proposal`: the texts that a yes confirms, () for a blank; None where nothing is proposed. `note`: what
    a yes notes of the item.
    """

    item: str
    reason: Fault
    proposal: tuple[str, ...] | None = None
    note: str = ""

    @property
    def is_blank(self) -> bool:
        """Whether a yes says that nothing stands there."""
        return self.proposal == NOTHING and self.note == "blank"


@dataclass(frozen=True)
class ScannedForm:
    """A form as its pages say, and as people said where the pages are in doubt."""

    questionnaire: Questionnaire
    layout: Layout
    reading: FormReading
    said: Said

    def entries(self) -> Entries:
        """What is sure, and what was said."""
        answers: dict[str, Any] = {}
        notes: dict[str, str] = {}
        for code, read in self.reading.items.items():
            if code not in self.said and (value := self.sure_value(read)) is not None:
                answers[code] = value
        for code, word in self.said.items():
            if word["value"] is not None:
                answers[code] = word["value"]
            if word["note"]:
                notes[code] = word["note"]
        return Entries(answers, notes)

    def sure_value(self, read: ItemReading) -> Any:
        """None too where what is marked is no answer to the question."""
        if read.state != SURE:
            return None
        try:
            return typed_value(self.questionnaire, read.item, read.values, "")
        except Refused:
            return None

    def missing_pages(self) -> list[int]:
        """Pages with something to read on them that no scan shows."""
        places = [each.place for each in (*self.layout.boxes, *self.layout.written)]
        return sorted({place.page for place in places} - set(self.reading.pages))

    def open_cells(self) -> list[Cell]:
        """In the order of the form. Which handwriting and which blanks matter is known once the doubts are
        settled: they say which questions are asked.
        """
        if self.missing_pages():
            return []
        entries = self.entries()
        doubts = [*self._doubts(), *self._impossible(entries)]
        return self._in_order(doubts or self._asked(entries))

    def _doubts(self) -> Iterator[Cell]:
        for code, read in self.reading.items.items():
            if code not in self.said and read.state not in (SURE, BLANK):
                likely = read.likely if read.state == DOUBTFUL and read.likely else None
                yield Cell(code, read.reason or Fault(code, ""), likely)

    def _impossible(self, entries: Entries) -> Iterator[Cell]:
        """What is surely marked, and breaks the rules of its question."""
        for read in self.reading.items.values():
            if read.item in self.said or read.state != SURE:
                continue
            try:
                typed_value(self.questionnaire, read.item, read.values, "")
            except Refused as refusal:
                yield Cell(read.item, refusal.faults[0])
        for fault in check_answers(self.questionnaire, entries.on_record(), today=today(), complete=False):
            if fault.place not in self.said and fault.place in entries.answers:
                texts = write_form({fault.place: entries.answers[fault.place]})[fault.place]
                yield Cell(fault.place, fault, tuple(texts), "impossible")

    def _asked(self, entries: Entries) -> Iterator[Cell]:
        written = {room.item for room in self.layout.written} - set(self.reading.items)
        for item in asked_items(self.questionnaire, entries.on_record(), today=today()):
            if item.code in self.said:
                continue
            if item.code in written and item.code not in self.reading.empty:
                yield Cell(item.code, Fault(item.code, HANDWRITING))
            elif self._is_blank(item) and item.question.required:
                yield Cell(item.code, Fault(item.code, BLANK_REQUIRED), NOTHING, "blank")

    def _is_blank(self, item: Item) -> bool:
        if item.code in self.reading.empty:
            return True
        read = self.reading.items.get(item.code)
        return read is not None and read.state == BLANK

    def _in_order(self, cells: Iterator[Cell] | list[Cell]) -> list[Cell]:
        by_item = {cell.item: cell for cell in cells}
        return [by_item[code] for code in self.layout.items() if code in by_item]
