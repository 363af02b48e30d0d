"""How people fill in an item: what they draw in its boxes, and what that means."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from questionnaires.paper.layout import Box
from tests.degraded import marks
from tests.degraded.pens import LIGHT_PENCIL, ORDINARY, PENCIL, RUBBED_PENCIL, Pen, stroke


@dataclass(frozen=True)
class Meant:
    """`values`: what the person meant, () for nothing; None where only the person could say."""

    values: tuple[str, ...] | None

    def is_contradicted_by(self, values: tuple[str, ...]) -> bool:
        """Whether these values, () for a blank, are wrong to accept unseen."""
        return self.values is None or tuple(sorted(values)) != tuple(sorted(self.values))


Hand = Callable[[np.ndarray, list[Box], Pen, np.random.Generator], Meant]
"""(page, boxes of one item on it, the person's pen, random) → drawn on the page."""


def marking(draw: marks.Draw, pen: Pen | None = None) -> Hand:
    """Who marks one answer in their way, with their own pen or a given one."""

    def mark(page: np.ndarray, boxes: list[Box], own: Pen, random: np.random.Generator) -> Meant:
        box = boxes[random.integers(len(boxes))]
        _draw(draw, page, box, pen or own, random)
        return Meant((box.value,))

    return mark


def leaving_blank(page: np.ndarray, boxes: list[Box], pen: Pen, random: np.random.Generator) -> Meant:
    return Meant(())


def correcting(page: np.ndarray, boxes: list[Box], pen: Pen, random: np.random.Generator) -> Meant:
    """Crosses out the first answer, as the form asks, and fills another."""
    wrong, right = _two(boxes, random)
    _draw(marks.crossed_out, page, wrong, pen, random)
    _draw(marks.filled, page, right, pen, random)
    return Meant((right.value,))


def taking_back(page: np.ndarray, boxes: list[Box], pen: Pen, random: np.random.Generator) -> Meant:
    """Crosses out the answer and gives no other."""
    _draw(marks.crossed_out, page, boxes[random.integers(len(boxes))], pen, random)
    return Meant(())


def rubbing_out(page: np.ndarray, boxes: list[Box], pen: Pen, random: np.random.Generator) -> Meant:
    """Rubs out a pencil mark, and marks another answer or none."""
    wrong, right = _two(boxes, random)
    _draw(marks.filled, page, wrong, RUBBED_PENCIL, random)
    if random.random() < 0.3:
        return Meant(())
    _draw(marks.filled, page, right, PENCIL, random)
    return Meant((right.value,))


def scribbling(page: np.ndarray, boxes: list[Box], pen: Pen, random: np.random.Generator) -> Meant:
    """Blackens a mark until nobody sees what it was, and gives no other answer."""
    _draw(marks.scribble, page, boxes[random.integers(len(boxes))], pen, random)
    return Meant(())


def striking_through(page: np.ndarray, boxes: list[Box], pen: Pen, random: np.random.Generator) -> Meant:
    """Draws a line through boxes that stand beside each other."""
    first, last = sorted((box.place.middle for box in _two(boxes, random)), key=lambda middle: middle[0])
    stroke(page, np.array([first, last]) + random.normal(0, 0.3, (2, 2)) + [[-4, 0], [4, 0]], pen, random)
    return Meant(None)


def marking_one_lightly(page: np.ndarray, boxes: list[Box], pen: Pen, random: np.random.Generator) -> Meant:
    """Fills one and ticks another lightly: a slip, or a change of mind, who knows."""
    light, dark = _two(boxes, random)
    _draw(marks.tick, page, light, LIGHT_PENCIL, random)
    _draw(marks.filled, page, dark, pen, random)
    return Meant(tuple(box.value for box in (light, dark)) if light.shape == "square" else None)


def circling(page: np.ndarray, boxes: list[Box], pen: Pen, random: np.random.Generator) -> Meant:
    """Draws a circle around the box instead of marking it: only a person can say."""
    _draw(marks.circle, page, boxes[random.integers(len(boxes))], pen, random)
    return Meant(None)


def marking_two(page: np.ndarray, boxes: list[Box], pen: Pen, random: np.random.Generator) -> Meant:
    """Both are an answer where several may be given; else nobody knows."""
    two = _two(boxes, random)
    for box in two:
        _draw([marks.filled, marks.tick, marks.cross][random.integers(3)], page, box, pen, random)
    return Meant(tuple(box.value for box in two) if two[0].shape == "square" else None)


def _two(boxes: list[Box], random: np.random.Generator) -> list[Box]:
    return [boxes[number] for number in random.choice(len(boxes), 2, replace=False)]


def _draw(draw: marks.Draw, page: np.ndarray, box: Box, pen: Pen, random: np.random.Generator) -> None:
    draw(page, np.array(box.place.middle), box.place.width, pen, random)


CLEAN: dict[str, Hand] = {
    "filled": marking(marks.filled),
    "ticked": marking(marks.tick),
    "crossed": marking(marks.cross),
    "left blank": leaving_blank,
}
HASTY: dict[str, Hand] = {
    "sloppily filled": marking(marks.sloppy),
    "light pencil, filled": marking(marks.filled, LIGHT_PENCIL),
    "light pencil, ticked": marking(marks.tick, LIGHT_PENCIL),
    "crossed out, another filled": correcting,
    "crossed out, none filled": taking_back,
    "rubbed out": rubbing_out,
    "circled": circling,
    "scribbled over": scribbling,
    "struck through": striking_through,
    "large ticks": marking(marks.large_tick),
    "filled, another lightly ticked": marking_one_lightly,
    "two marks": marking_two,
}


def any_pen(random: np.random.Generator) -> Pen:
    return ORDINARY[random.integers(len(ORDINARY))]
