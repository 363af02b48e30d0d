"""The cover list of batches: each form's number, with columns to tick by hand what became of it."""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from operator import itemgetter
from typing import Any

from reportlab.lib.colors import HexColor
from reportlab.lib.pagesizes import A4
from reportlab.lib.units import mm
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Flowable, PageBreak, Paragraph, SimpleDocTemplate, Spacer, Table, TableStyle

from questionnaires.paper import words
from questionnaires.paper.notice import Batch, with_forms
from questionnaires.paper.numbering import write_serial
from questionnaires.paper.placing.typography import centred, style
from questionnaires.printing.fonts import markup, register
from questionnaires.schema import Questionnaire, in_language

WIDTHS = [10 * mm, 28 * mm, 17 * mm, 17 * mm, 17 * mm, 17 * mm, 17 * mm, 29 * mm, 28 * mm]
TICKED = (
    words.ISSUED,
    words.RETURNED,
    words.REFUSED,
    words.SPOILED,
    words.LOST,
    words.SIGNATURE,
    words.NOTES,
)
HEADER, ROW = 8 * mm, 7 * mm
GRID = TableStyle(
    [
        ("GRID", (0, 0), (-1, -1), 0.4, HexColor("#777777")),
        ("BACKGROUND", (0, 1), (-1, 1), HexColor("#e9e9e9")),
        ("VALIGN", (0, 0), (-1, -1), "MIDDLE"),
        ("TOPPADDING", (0, 0), (-1, -1), 0),
        ("BOTTOMPADDING", (0, 0), (-1, -1), 1),
    ]
)


def cover_list(questionnaire: Questionnaire, language: str, batches: Iterable[Batch]) -> bytes:
    """The numbers of each batch as an A4 PDF, a batch beginning on a page of its own; the same bytes for the
    same batches. Raises PaperError where a batch holds no form.
    """
    register()
    file = io.BytesIO()
    say = words.translator(language)
    document = SimpleDocTemplate(
        file,
        pagesize=A4,
        leftMargin=15 * mm,
        rightMargin=15 * mm,
        topMargin=18 * mm,
        bottomMargin=15 * mm,
        title=f"{say(words.COVER)}: {in_language(questionnaire.title, language)}",
        author="",
        lang=language,
        invariant=1,
    )
    story = [
        part
        for position, batch in enumerate(with_forms(batches))
        for part in (_BatchBegins(position, batch.code), *_batch(questionnaire, language, batch))
    ]
    document.build(story, canvasmaker=_numbered(f"{say(words.BATCH)} %(batch)s · {say(words.PAGE)}"))
    return file.getvalue()


class _BatchBegins(Flowable):
    """Takes no room: tells the canvas whose pages follow."""

    def __init__(self, position: int, name: str) -> None:
        super().__init__()
        self.batch = position, name

    def draw(self) -> None:
        self.canv.batch = self.batch


def _numbered(template: str) -> type[Canvas]:
    """A canvas that writes on each page its batch, and which page of that batch's it is of how many: the list
    of a batch is handed out alone, and how many pages it has is known only at the end.
    """

    class Numbered(Canvas):
        def __init__(self, *arguments: Any, **values: Any) -> None:
            super().__init__(*arguments, **values)
            self._drawn: list[dict[str, Any]] = []

        def showPage(self) -> None:
            self._drawn.append(dict(self.__dict__))
            self._startPage()

        def save(self) -> None:
            for _, pages in groupby(self._drawn, key=itemgetter("batch")):
                self._write(list(pages))
            super().save()

        def _write(self, pages: Sequence[dict[str, Any]]) -> None:
            for number, state in enumerate(pages, 1):
                self.__dict__.update(state)
                self.setFont(style(9).fontName, 9)
                values = {"batch": state["batch"][1], "page": number, "pages": len(pages)}
                self.drawRightString(A4[0] - 15 * mm, 9 * mm, template % values)
                super().showPage()

    return Numbered


def _batch(questionnaire: Questionnaire, language: str, batch: Batch) -> Iterator[Flowable]:
    say = words.translator(language)
    yield Paragraph(markup(say(words.COVER).upper()), centred(13, "Bold"))
    yield Paragraph(markup(in_language(questionnaire.title, language)), centred(10))
    yield Spacer(0, 4 * mm)
    fields = (
        (words.BATCH, batch.code),
        (words.UNIT, batch.unit),
        (words.COMMUNE, batch.commune),
        (words.ENUMERATOR, batch.enumerator),
        (words.COUNT, _count(say(words.COUNTED), batch)),
        (words.PRINTED_ON, f"{batch.printed_on:%d/%m/%Y}" if batch.printed_on else ""),
    )
    for label, text in fields:
        yield Paragraph(f"<b>{markup(say(label))}:</b> {markup(text)}", style(10))
    yield Spacer(0, 3 * mm)
    yield _table(language, batch)
    yield PageBreak()


def _count(template: str, batch: Batch) -> str:
    first, last = (write_serial(serial) for serial in (min(batch.serials), max(batch.serials)))
    return template % {"count": len(batch.serials), "first": first, "last": last}


def _table(language: str, batch: Batch) -> Table:
    """A line for each form; every page says whose batch it is."""
    say = words.translator(language)
    known = filter(None, (f"{say(words.BATCH)} {batch.code}", batch.unit, batch.commune, batch.enumerator))
    batch_line = [Paragraph(markup(" · ".join(known)), style(8)), *[""] * (len(WIDTHS) - 1)]
    labels = [
        Paragraph(markup(text), centred(8.5, "Bold")) for text in ("", say(words.NUMBER), *map(say, TICKED))
    ]
    rows = [
        [str(position), write_serial(serial), *[""] * len(TICKED)]
        for position, serial in enumerate(batch.serials, 1)
    ]
    own = [
        ("SPAN", (0, 0), (-1, 0)),
        ("FONT", (0, 2), (0, -1), style(8).fontName, 8),
        ("FONT", (1, 2), (1, -1), style(10, "Bold").fontName, 10),
    ]
    heights = [None, HEADER, *[ROW] * len(rows)]
    return Table(
        [batch_line, labels, *rows], WIDTHS, heights, repeatRows=2, style=TableStyle(own, parent=GRID)
    )
