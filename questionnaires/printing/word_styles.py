"""How the Word copy looks.

Times New Roman in 13 points, black, on A4 with margins of 20 mm above and below, 30 mm left and 15 mm right,
the page number in the middle above all pages but the first: the form that offices give their documents.
Accounts of Decree 30/2020/NĐ-CP agree with its typeface, paper and margins; the decree was not at hand.
"""

from __future__ import annotations

import datetime
from copy import deepcopy
from typing import Any

from docx.document import Document as WordDocument
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.table import WD_ALIGN_VERTICAL, WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH as ALIGN
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Length, Mm, Pt, RGBColor
from docx.styles.style import ParagraphStyle
from docx.table import Table, _Row

from questionnaires.printing.paper import Paper

TYPEFACE = "Times New Roman"
WIDTH = Length(Mm(210 - 30 - 15))
WIDEST_COLUMN = Mm(19)
INDENT = Mm(6)  # of notes and choices below their question
COLUMNS_SHARE, MOST_SHARE = 0.6, 0.72  # of a grid's width; the items take the rest
LARGEST_LABEL, SMALLEST_LABEL, CELL_PADDING = 10, 7, 3  # points
LETTER = 0.48  # of the size, as wide as a letter of Times New Roman mostly is
NO_DATE = datetime.datetime(2000, 1, 1)
BLACK = RGBColor(0, 0, 0)

ANNEX, TITLE, REFERENCE, TEXT = "Annex", "Title", "Annex Reference", "Body Text"
HEADING, LEAD, QUESTION, NOTE = "Heading 1", "Section Lead", "Question", "Question Note"
CHOICE, LINE, ROW, LABEL, MARK = "Choice", "Answer Line", "Grid Row", "Grid Label", "Grid Mark"
AFTER_GRID, COLOPHON, GRID = "After Grid", "Colophon", "Table Grid"

STYLES: dict[str, dict[str, Any]] = {
    "Normal": {"size": 13},
    ANNEX: {"size": 14, "bold": True, "align": ALIGN.CENTER, "keep": True},
    TITLE: {"size": 14, "bold": True, "align": ALIGN.CENTER, "keep": True},
    REFERENCE: {"size": 13, "italic": True, "align": ALIGN.CENTER, "after": 12},
    TEXT: {"size": 13, "align": ALIGN.JUSTIFY, "after": 6},
    HEADING: {"size": 13, "bold": True, "before": 10, "after": 4, "keep": True},
    LEAD: {"size": 13, "italic": True, "after": 4, "keep": True},
    QUESTION: {"size": 13, "before": 6, "after": 2, "keep": True},
    NOTE: {"size": 12, "italic": True, "indent": INDENT, "after": 2, "keep": True},
    CHOICE: {"size": 13, "indent": INDENT},
    LINE: {"size": 13, "before": 4},
    ROW: {"size": 12, "before": 2, "after": 2},
    LABEL: {"size": LARGEST_LABEL, "align": ALIGN.CENTER, "before": 2, "after": 2},
    MARK: {"size": 13, "align": ALIGN.CENTER},
    AFTER_GRID: {"size": 4},
    COLOPHON: {"size": 10, "italic": True, "before": 6},
}
"""Style → its looks: points, indent, points before and after, whether it keeps with the next one."""


def prepare(document: WordDocument, copy: Paper) -> None:
    """Give a new document its page, its styles, its language and properties that name no time."""
    _set_page(document)
    for name, looks in STYLES.items():
        style = _style(document, name)
        _set_style(style, **looks)
        _set_twin(document, style)
    _set_language(document, copy.language)
    properties = document.core_properties
    properties.title, properties.language, properties.author = copy.title, copy.language, ""
    properties.comments = properties.keywords = ""
    properties.created = properties.modified = NO_DATE


def _style(document: WordDocument, name: str) -> ParagraphStyle:
    known = [style.name for style in document.styles]
    return (
        document.styles[name] if name in known else document.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
    )


def _set_style(
    style: ParagraphStyle,
    size: float,
    *,
    bold: bool = False,
    italic: bool = False,
    align: ALIGN = ALIGN.LEFT,
    indent: int = 0,
    before: float = 0,
    after: float = 0,
    keep: bool = False,
) -> None:
    font, form = style.font, style.paragraph_format
    font.name, font.size, font.bold, font.italic, font.color.rgb = TYPEFACE, Pt(size), bold, italic, BLACK
    _set_typeface(style)
    form.alignment, form.left_indent, form.line_spacing = align, Length(indent), 1.0
    form.space_before, form.space_after, form.keep_with_next = Pt(before), Pt(after), keep
    form.widow_control = True


def _set_typeface(style: ParagraphStyle) -> None:
    """In every script: the template's headings name a theme's typeface, which would win over a name."""
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    for attribute in list(fonts.attrib):
        del fonts.attrib[attribute]
    for script in ("ascii", "hAnsi", "cs", "eastAsia"):
        fonts.set(qn(f"w:{script}"), TYPEFACE)
    for border in style.element.findall(f"{qn('w:pPr')}/{qn('w:pBdr')}"):  # the template underlines its title
        border.getparent().remove(border)


def _set_twin(document: WordDocument, style: ParagraphStyle) -> None:
    """The template pairs some styles with one for single words; both must look alike."""
    link = style.element.find(qn("w:link"))
    twins = (twin for twin in document.styles if link is not None and twin.style_id == link.get(qn("w:val")))
    for twin in twins:
        twin.element._remove_rPr()
        twin.element._insert_rPr(deepcopy(style.element.rPr))


def _set_page(document: WordDocument) -> None:
    page = document.sections[0]
    page.page_width, page.page_height = Mm(210), Mm(297)
    page.top_margin = page.bottom_margin = Mm(20)
    page.left_margin, page.right_margin = Mm(30), Mm(15)
    page.header_distance = Mm(10)
    page.different_first_page_header_footer = True
    number = page.header.paragraphs[0]
    number.alignment = ALIGN.CENTER
    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), "PAGE")
    number._p.append(field)


def _set_language(document: WordDocument, language: str) -> None:
    """The language of spelling and of reading aloud."""
    defaults = document.styles.element.find(f"{qn('w:docDefaults')}/{qn('w:rPrDefault')}/{qn('w:rPr')}")
    for spoken in defaults.findall(qn("w:lang")):
        defaults.remove(spoken)
    spoken = OxmlElement("w:lang")
    spoken.set(qn("w:val"), {"vi": "vi-VN", "en": "en-GB"}.get(language, language))
    defaults.append(spoken)


def fit_labels(header: _Row, longest_word: str) -> None:
    """Make the labels small enough for the longest word to fit a column whole."""
    room = Length(column_width(len(header.cells) - 1, longest_word)).pt - 2 * CELL_PADDING
    fitting = int(2 * room / max(len(longest_word) * LETTER, 1)) / 2  # Word knows halves of points
    for cell in header.cells:
        cell.paragraphs[0].runs[0].font.size = Pt(max(SMALLEST_LABEL, min(LARGEST_LABEL, fitting)))


def column_width(count: int, longest_word: str) -> int:
    """The width of each of a grid's columns; more than usual where a word is long."""
    usual = min(int(WIDEST_COLUMN), int(WIDTH * COLUMNS_SHARE / count))
    needed = Pt(len(longest_word) * LETTER * SMALLEST_LABEL + 2 * CELL_PADDING)
    return max(usual, min(int(needed), int(WIDTH * MOST_SHARE / count)))


def lay_out(table: Table, narrow: int) -> None:
    """Equal narrow columns, the items in what is left; the header on every page, no row torn in two."""
    count = len(table.columns) - 1
    widths = [WIDTH - narrow * count, *[narrow] * count]
    table.autofit = False
    _set_padding(table)
    table.alignment = WD_TABLE_ALIGNMENT.CENTER
    for column, width in zip(table.columns, widths, strict=True):
        column.width = Length(width)
    for row in table.rows:
        for cell, width in zip(row.cells, widths, strict=True):
            cell.width = Length(width)
            cell.vertical_alignment = WD_ALIGN_VERTICAL.CENTER
        row._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))
    table.rows[0]._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))


def _set_padding(table: Table) -> None:
    margins = OxmlElement("w:tblCellMar")
    for side in ("left", "right"):
        margin = OxmlElement(f"w:{side}")
        margin.set(qn("w:w"), str(CELL_PADDING * 20))  # twentieths of a point
        margin.set(qn("w:type"), "dxa")
        margins.append(margin)
    table._tbl.tblPr.append(margins)
