"""Blocks one below the other, page after page."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from questionnaires.faults import N_
from questionnaires.paper.placing.page import BOTTOM, LEFT, TOP
from questionnaires.paper.placing.parts import Block, Part, moved
from questionnaires.paper.refused import refusal

TOO_TALL = N_(
    "A text of this questionnaire is longer than a printed page. Shorten it, or print the plain copy."
)


class Pages:
    """The parts placed so far, and how far down the last page is filled."""

    def __init__(self, top: float) -> None:
        """`top`: where the first page begins, in millimetres; the others begin below their frame."""
        self.parts: list[Part] = []
        self.page, self.y = 1, top

    def add(self, blocks: Iterable[Block]) -> None:
        for group in _groups(blocks):
            height = sum(block.height for block in group)
            if self.y + height > BOTTOM and height <= BOTTOM - TOP:
                self._turn()
            for block in group:
                self._put(block)

    def _put(self, block: Block) -> None:
        if self.y + block.height > BOTTOM:
            self._turn()
        if block.again and self.y == TOP:
            self._draw(block.again)
        if self.y + block.height > BOTTOM:
            raise refusal(TOO_TALL)
        self._draw(block)

    def _draw(self, block: Block) -> None:
        self.parts += [moved(part, self.page, LEFT, self.y) for part in block.parts]
        self.y += block.height

    def _turn(self) -> None:
        self.page, self.y = self.page + 1, TOP


def _groups(blocks: Iterable[Block]) -> Iterator[list[Block]]:
    """Blocks that stay on one page if a page can hold them."""
    group: list[Block] = []
    for block in blocks:
        group.append(block)
        if not block.keep:
            yield group
            group = []
    if group:
        yield group
