"""The paper copy as a Word document, to be edited further; the same bytes for the same questionnaire."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from functools import singledispatch

from docx import Document
from docx.document import Document as WordDocument
from docx.enum.text import WD_TAB_ALIGNMENT, WD_TAB_LEADER
from docx.shared import Length
from docx.table import Table, _Row
from docx.text.paragraph import Paragraph

from questionnaires.printing import word_styles as styles
from questionnaires.printing.answers import Answer, Boxes, Grid, Room
from questionnaires.printing.for_survey import for_survey
from questionnaires.printing.paper import Paper, PaperQuestion, PaperSection, paper
from questionnaires.schema import Questionnaire

KEPT_WHOLE = 9  # rows; a longer grid may go on over the page, its header repeated
OLDEST = (1980, 1, 1, 0, 0, 0)  # the first date that a zip archive can hold


def questionnaire_docx(questionnaire: Questionnaire, language: str, told: str | None = None) -> bytes:
    """A questionnaire in one of its languages as an A4 document; texts that lack it stand in their first.

    `told`: what people are told before they answer, for a form of a survey; without it, the annex of a
    decision.
    """
    copy = paper(questionnaire, language)
    copy = copy if told is None else for_survey(copy, told)
    document = Document()
    styles.prepare(document, copy)
    _write(document, copy)
    file = io.BytesIO()
    document.save(file)
    return _undated(file)


def _undated(file: io.BytesIO) -> bytes:
    """The archive with no time of writing in it."""
    undated = io.BytesIO()
    with zipfile.ZipFile(file) as source, zipfile.ZipFile(undated, "w", zipfile.ZIP_DEFLATED) as target:
        for name in source.namelist():
            part = zipfile.ZipInfo(name, OLDEST)
            part.compress_type = zipfile.ZIP_DEFLATED
            target.writestr(part, source.read(name))
    return undated.getvalue()


def _write(document: WordDocument, copy: Paper) -> None:
    if copy.annex:
        document.add_paragraph(copy.annex, styles.ANNEX)
    document.add_paragraph(copy.title.upper(), styles.TITLE)
    document.add_paragraph(copy.reference, styles.REFERENCE)
    for text in filter(None, (*copy.intro.split("\n"), copy.legend)):
        document.add_paragraph(text, styles.TEXT)
    for section in copy.sections:
        _write_section(document, section)
    for text in copy.colophon:
        document.add_paragraph(text, styles.COLOPHON)


def _write_section(document: WordDocument, section: PaperSection) -> None:
    document.add_paragraph(section.title, styles.HEADING)
    for note in section.notes:
        document.add_paragraph(note, styles.LEAD)
    for question in section.questions:
        _write_question(document, question)


def _write_question(document: WordDocument, question: PaperQuestion) -> None:
    if question.text:
        asked = document.add_paragraph(style=styles.QUESTION)
        asked.add_run(f"{question.number}. " if question.number else "").bold = True
        asked.add_run(question.text)
    for note in question.notes:
        document.add_paragraph(note, styles.NOTE)
    _write_answer(question.answer, document)


@singledispatch
def _write_answer(answer: Answer | None, document: WordDocument) -> None:
    """Nothing to answer: a note."""


@_write_answer.register
def _(answer: Boxes, document: WordDocument) -> None:
    """The labels line by line, as many on one as fit, parted by tabs."""
    step = (styles.WIDTH - styles.INDENT) // answer.columns
    lines = range(0, len(answer.labels), answer.columns)
    for start in lines:
        labels = answer.labels[start : start + answer.columns]
        line = document.add_paragraph("\t".join(f"{answer.sign} {label}" for label in labels), styles.CHOICE)
        line.paragraph_format.keep_with_next = start != lines[-1]
        for position in range(1, len(labels)):
            line.paragraph_format.tab_stops.add_tab_stop(Length(styles.INDENT + step * position))


@_write_answer.register
def _(answer: Room, document: WordDocument) -> None:
    if answer.pattern:
        document.add_paragraph(answer.pattern, styles.CHOICE)
    for line in range(answer.lines):
        dotted = document.add_paragraph("\t", styles.LINE)
        dotted.paragraph_format.keep_with_next = line < answer.lines - 1
        stops = dotted.paragraph_format.tab_stops
        stops.add_tab_stop(styles.WIDTH, WD_TAB_ALIGNMENT.RIGHT, WD_TAB_LEADER.DOTS)


@_write_answer.register
def _(answer: Grid, document: WordDocument) -> None:
    table = document.add_table(rows=0, cols=1 + len(answer.columns), style=styles.GRID)
    _fill(table.add_row(), (answer.heading, *answer.columns), styles.LABEL)
    styles.fit_labels(table.rows[0], answer.longest_word)
    for row in answer.rows:
        _fill(
            table.add_row(), (f"{row.number}. {row.text}", *[answer.sign] * len(answer.columns)), styles.MARK
        )
        table.rows[-1].cells[0].paragraphs[0].style = styles.ROW
    styles.lay_out(table, styles.column_width(len(answer.columns), answer.longest_word))
    for paragraph in _kept(table):
        paragraph.paragraph_format.keep_with_next = True
    document.add_paragraph(style=styles.AFTER_GRID)


def _fill(row: _Row, texts: tuple[str, ...], style: str) -> None:
    for cell, text in zip(row.cells, texts, strict=True):
        cell.paragraphs[0].style = style
        cell.paragraphs[0].add_run(text)


def _kept(table: Table) -> Iterator[Paragraph]:
    """What must not part from the next row: all of a short grid, the header of a long one."""
    rows = list(table.rows)
    kept = rows[:-1] if len(rows) <= KEPT_WHOLE + 1 else rows[:2]
    return (cell.paragraphs[0] for row in kept for cell in row.cells)
