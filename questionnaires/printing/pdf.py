"""The paper copy as PDF, its typefaces embedded, the same bytes for the same questionnaire."""

from __future__ import annotations

import io
from collections.abc import Iterator
from functools import singledispatch
from typing import Any

from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import (
    CondPageBreak,
    Flowable,
    HRFlowable,
    KeepTogether,
    Paragraph,
    SimpleDocTemplate,
    Spacer,
    Table,
)

from questionnaires.printing import pdf_styles as styles
from questionnaires.printing.answers import Answer, Boxes, Grid, Room
from questionnaires.printing.fonts import markup, register
from questionnaires.printing.paper import Paper, PaperQuestion, PaperSection, paper
from questionnaires.schema import Questionnaire

KEPT_WHOLE = 9  # rows; a longer grid may go on over the page, its header repeated


def questionnaire_pdf(questionnaire: Questionnaire, language: str) -> bytes:
    """A questionnaire in one of its languages as an A4 document; texts that lack it stand in their first."""
    register()
    copy = paper(questionnaire, language)
    file = io.BytesIO()
    document = SimpleDocTemplate(
        file,
        **styles.PAGE,
        title=copy.title,
        author="",
        lang=language,
        invariant=1,
        displayDocTitle=True,
    )
    document.build(list(_story(copy)), onLaterPages=_page_number)
    return file.getvalue()


def _page_number(canvas: Canvas, document: SimpleDocTemplate) -> None:
    canvas.setFont(styles.TEXT.fontName, styles.TEXT.fontSize)
    width, height = document.pagesize
    canvas.drawCentredString(width / 2, height - styles.NUMBER_DOWN, str(document.page))


def _story(copy: Paper) -> Iterator[Flowable]:
    yield _words(copy.annex, styles.ANNEX)
    yield _words(copy.title.upper(), styles.TITLE)
    yield _words(copy.reference, styles.REFERENCE)
    yield from _paragraphs(styles.TEXT, copy.intro, copy.legend)
    for section in copy.sections:
        yield from _section(section)
    yield Spacer(0, styles.GAP)
    yield from _paragraphs(styles.COLOPHON, *copy.colophon)


def _words(text: str, style: Any) -> Paragraph:
    return Paragraph(markup(text), style)


def _paragraphs(style: Any, *texts: str) -> Iterator[Paragraph]:
    return (_words(text, style) for text in texts if text)


def _section(section: PaperSection) -> Iterator[Flowable]:
    """The section; its heading stays on the page of what follows it."""
    heading = [_words(section.title, styles.HEADING), *_paragraphs(styles.LEAD, *section.notes)]
    for question in section.questions:
        yield from _question(question, heading)
        heading = []


def _question(question: PaperQuestion, heading: list[Paragraph]) -> Iterator[Flowable]:
    """The question and its answer on one page; of a long grid, at least the first rows."""
    parts = [*heading, *_head(question), *_answer(question.answer)]
    long = isinstance(question.answer, Grid) and len(question.answer.rows) > KEPT_WHOLE
    yield from [CondPageBreak(styles.ROOM_TO_BEGIN), *parts] if long else [KeepTogether(parts)]
    yield Spacer(0, styles.GAP)


def _head(question: PaperQuestion) -> Iterator[Paragraph]:
    if question.text:
        number = f"<b>{question.number}.</b> " if question.number else ""
        yield Paragraph(number + markup(question.text), styles.QUESTION)
    yield from _paragraphs(styles.NOTE, *question.notes)


@singledispatch
def _answer(answer: Answer | None) -> Iterator[Flowable]:
    yield from ()


@_answer.register
def _(answer: Boxes) -> Iterator[Flowable]:
    """The labels row by row, in as many columns as they fit."""
    labels = [_words(f"{answer.sign} {label}", styles.CHOICE) for label in answer.labels]
    rows = [labels[start : start + answer.columns] for start in range(0, len(labels), answer.columns)]
    rows[-1] += [""] * (answer.columns - len(rows[-1]))
    yield Table(rows, [styles.WIDTH / answer.columns] * answer.columns, style=styles.CHOICES)


@_answer.register
def _(answer: Grid) -> Iterator[Flowable]:
    count = len(answer.columns)
    narrow = styles.column_width(count, answer.longest_word)
    style = styles.label_style(answer.longest_word, narrow)
    header = [_words(label, style) for label in (answer.heading, *answer.columns)]
    marks = [_words(answer.sign, styles.MARK)] * count
    rows = [[_words(f"{row.number}. {row.text}", styles.ROW), *marks] for row in answer.rows]
    widths = [styles.WIDTH - narrow * count, *[narrow] * count]
    yield Table([header, *rows], widths, repeatRows=1, style=styles.GRID)


@_answer.register
def _(answer: Room) -> Iterator[Flowable]:
    yield from _paragraphs(styles.CHOICE, answer.pattern)
    yield from (HRFlowable(**styles.DOTTED) for _line in range(answer.lines))
