"""What a report is made of: parts of headings, paragraphs, tables and figures; the templates draw them."""

from __future__ import annotations

import base64
from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Heading:
    text: str
    kind: str = "heading"


@dataclass(frozen=True)
class Paragraph:
    text: str
    kind: str = "paragraph"


@dataclass(frozen=True)
class Facts:
    """Names and what they are."""

    rows: Sequence[tuple[str, str]]
    kind: str = "facts"


@dataclass(frozen=True)
class Table:
    """Cells as they are to be read. `numbers`: the columns of figures, from 0; `naming`: what names rows."""

    caption: str
    head: Sequence[str]
    rows: Sequence[Sequence[str]]
    numbers: Sequence[int] = ()
    naming: int = 0
    kind: str = "table"


@dataclass(frozen=True)
class Figure:
    """A picture whose figures stand in a table below it; `alternative` says what it shows."""

    svg: bytes
    caption: str
    alternative: str
    kind: str = "figure"

    @property
    def address(self) -> str:
        return "data:image/svg+xml;base64," + base64.b64encode(self.svg).decode()


Block = Heading | Paragraph | Facts | Table | Figure


@dataclass(frozen=True)
class Part:
    """A numbered part of the report; `anchor` is its place in the page."""

    anchor: str
    title: str
    blocks: Sequence[Block]
