"""What is drawn on a page, each part at its place, and blocks of parts that stand one below the other."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from reportlab.lib.styles import ParagraphStyle

from questionnaires.paper.layout import Box, Place, Written

COMB_GAP = 2.5


@dataclass(frozen=True)
class Words:
    """Text in reportlab's markup; its lines fill the place from above."""

    place: Place
    markup: str
    style: ParagraphStyle


@dataclass(frozen=True)
class Shade:
    """A light ground behind words."""

    place: Place


@dataclass(frozen=True)
class Rule:
    """A thin line from the place's upper left to its lower right corner."""

    place: Place


@dataclass(frozen=True)
class Comb:
    """A row of cells, one sign in each; `groups` says how many cells stand together, `COMB_GAP` apart."""

    place: Place
    groups: tuple[int, ...]


@dataclass(frozen=True)
class Lines:
    """Dotted lines to write on."""

    place: Place
    count: int


@dataclass(frozen=True)
class Example:
    """A box that shows how to mark: open, filled, or crossed out again."""

    place: Place
    filled: bool
    crossed: bool = False


Part = Box | Written | Words | Shade | Rule | Comb | Lines | Example


@dataclass(frozen=True)
class Block:
    """Parts that stay together, their places counted from the block's upper left corner on page 0.

    `keep`: on one page with the block below. `again`: what is repeated above it at the top of a page.
    """

    height: float
    parts: tuple[Part, ...]
    keep: bool = False
    again: Block | None = None


def at(x: float, y: float, width: float, height: float) -> Place:
    """A place within a block, in millimetres."""
    return Place(0, x, y, width, height)


def moved(part: Part, page: int, x: float, y: float) -> Part:
    """The part on its page; places are kept to a hundredth of a millimetre."""
    old = part.place
    lengths = (old.x + x, old.y + y, old.width, old.height)
    return replace(part, place=Place(page, *(round(length, 2) for length in lengths)))


def kept_whole(blocks: Iterable[Block]) -> list[Block]:
    """The blocks, none of which parts from the next."""
    made = list(blocks)
    return [replace(block, keep=True) for block in made[:-1]] + made[-1:]
