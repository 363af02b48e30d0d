"""Where everything to be read stands on a printed form. Kept with the form for as long as the form is.

Lengths are millimetres from the upper left corner of an A4 page; pages count from 1.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

PAGE_WIDTH, PAGE_HEIGHT = 210.0, 297.0
ROUND, SQUARE = "round", "square"
BOX_SHAPES = (ROUND, SQUARE)


@dataclass(frozen=True)
class Place:
    """A rectangle on a page."""

    page: int
    x: float
    y: float
    width: float
    height: float

    @property
    def middle(self) -> tuple[float, float]:
        return self.x + self.width / 2, self.y + self.height / 2


@dataclass(frozen=True)
class Box:
    """A box to mark: marking it gives `item` the answer `value`, a choice's code. For a ranking, `rank` says
    which rank the box gives to that choice; 0 elsewhere.
    """

    item: str
    value: str
    place: Place
    shape: str = ROUND
    rank: int = 0


@dataclass(frozen=True)
class Written:
    """Room for handwriting: a number, a date, words. `kind` is the question's; a person types what it
    says.
    """

    item: str
    kind: str
    place: Place


@dataclass(frozen=True)
class CornerMark:
    """A square pattern by which a page is straightened; `pattern` is its number in the dictionary."""

    pattern: int
    place: Place


@dataclass(frozen=True)
class Layout:
    """A form of one questionnaire version in one language, as one program version places it."""

    questionnaire: str
    version: str
    language: str
    pages: int
    marks: tuple[CornerMark, ...]
    codes: tuple[Place, ...]
    boxes: tuple[Box, ...]
    written: tuple[Written, ...]

    def boxes_of(self, item: str) -> Iterator[Box]:
        return (box for box in self.boxes if box.item == item)

    def items(self) -> list[str]:
        """All items in the order of the form."""
        answered: tuple[Box | Written, ...] = (*self.boxes, *self.written)
        places = [(each.place.page, each.place.y, each.place.x, each.item) for each in answered]
        return list(dict.fromkeys(item for *_, item in sorted(places)))
