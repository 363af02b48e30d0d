"""Many forms in one PDF: what is alike on all copies is in the file once, as a form object of each page."""

from __future__ import annotations

from collections.abc import Iterable
from typing import BinaryIO

from reportlab.lib.colors import black
from reportlab.lib.pagesizes import A4
from reportlab.lib.units import mm
from reportlab.pdfgen.canvas import Canvas

from questionnaires.faults import N_
from questionnaires.paper import words
from questionnaires.paper.codec import layout_digest
from questionnaires.paper.drawing.codes import draw_code, draw_mark
from questionnaires.paper.drawing.fitted import write_fitted
from questionnaires.paper.drawing.heading import draw_heading
from questionnaires.paper.drawing.shapes import draw, upper, write
from questionnaires.paper.layout import Layout, Place
from questionnaires.paper.notice import Batch, Notice, PrintedNotice, with_forms
from questionnaires.paper.numbering import write_serial
from questionnaires.paper.page_code import DIGITS, PageCode
from questionnaires.paper.placing import Placed, page, placed_as
from questionnaires.paper.placing.typography import centred, style, to_the_right
from questionnaires.paper.refused import refusal
from questionnaires.printing.fonts import markup, register
from questionnaires.schema import Questionnaire, in_language

MOVED = N_(
    "These forms were laid out by another version of the program, or for another questionnaire, and their "
    "boxes would now stand elsewhere. Forms already printed can still be read. To print more, lay the form "
    "out anew."
)

NUMBER_SIZE = 13.0
NUMBER_DOWN, PAGE_DOWN = 8.0, 11.5
"""Millimetres below the upper edge of their place: the number's foot, and the line that counts the pages."""


def print_forms(
    questionnaire: Questionnaire,
    layout: Layout,
    batches: Iterable[Batch],
    notice: Notice | PrintedNotice,
    file: BinaryIO,
) -> None:
    """Write the forms of the batches to a file as PDF; the same bytes for the same forms.

    Raises PaperError where this program would place the layout's boxes elsewhere, where a text of the
    notice or of a batch is too long for its room, and where a batch holds no form.
    """
    placed = placed_as(questionnaire, layout)
    if placed is None:
        raise refusal(MOVED)
    _Printer(placed, questionnaire, file).print(batches, notice)


class _Printer:
    """A canvas, and what is alike on all forms."""

    def __init__(self, placed: Placed, questionnaire: Questionnaire, file: BinaryIO) -> None:
        register()
        self.placed, self.questionnaire = placed, questionnaire
        self.language = placed.layout.language
        self.say = words.translator(self.language)
        self.digest = layout_digest(placed.layout)[:DIGITS]
        self.pages = range(1, placed.layout.pages + 1)
        self.canvas = Canvas(file, pagesize=A4, invariant=1, pageCompression=1, lang=self.language)
        self.canvas.setAuthor("")
        self.canvas.setTitle(in_language(questionnaire.title, self.language))

    def print(self, batches: Iterable[Batch], notice: Notice | PrintedNotice) -> None:
        for number in self.pages:
            self._keep_page(number, notice)
        for position, batch in enumerate(with_forms(batches), 1):
            self._keep_heading(batch, f"batch{position}")
            for serial in batch.serials:
                self._print_form(f"batch{position}", serial)
        self.canvas.save()

    def _keep_page(self, number: int, notice: Notice | PrintedNotice) -> None:
        self.canvas.beginForm(f"page{number}", 0, 0, *A4)
        for mark in (mark for mark in self.placed.layout.marks if mark.place.page == number):
            draw_mark(self.canvas, mark)
        for part in self.placed.on_page(number):
            draw(part, self.canvas)
        if number == 1:
            write_fitted(self.canvas, notice.text(self.language), self.placed.notice)
        self._write_page(number)
        self._write_foot(number)
        self.canvas.endForm()

    def _write_foot(self, number: int) -> None:
        form = self.questionnaire
        values = {"code": form.code, "version": form.version, "layout": self.digest}
        texts = [self.say(words.EDITION) % values]
        if form.illustrative:
            texts.append(self.say(words.ILLUSTRATIVE))
        write(self.canvas, markup(" · ".join(texts)), centred(7), page.foot_place(number))

    def _keep_heading(self, batch: Batch, name: str) -> None:
        self.canvas.beginForm(name, 0, 0, *A4)
        draw_heading(self.canvas, batch, self.placed.batch, self.language)
        self.canvas.endForm()

    def _print_form(self, heading: str, serial: int) -> None:
        number = write_serial(serial)
        for page_number in self.pages:
            self.canvas.doForm(f"page{page_number}")
            if page_number == 1:
                self.canvas.doForm(heading)
            code = PageCode(self.digest, serial, page_number, len(self.pages))
            draw_code(self.canvas, code.payload(), page.code_place(page_number))
            self._write_number(number)
            self.canvas.showPage()

    def _write_number(self, number: str) -> None:
        place, look = page.number_place(1), style(NUMBER_SIZE, "Bold")
        self.canvas.setFillColor(black)
        self.canvas.setFont(look.fontName, look.fontSize)
        self.canvas.drawRightString((place.x + place.width) * mm, upper(place.y + NUMBER_DOWN), number)

    def _write_page(self, number: int) -> None:
        """Around the form's number: what it is, and which page of how many."""
        place = page.number_place(number)
        of = self.say(words.PAGE) % {"page": number, "pages": len(self.pages)}
        for text, look, down in ((self.say(words.NUMBER), 7.5, 0.0), (of, 8.5, PAGE_DOWN)):
            line = Place(number, place.x, place.y + down, place.width, place.height - down)
            write(self.canvas, text, to_the_right(look), line)
