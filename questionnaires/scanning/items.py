"""What the boxes of one item say together."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from questionnaires.faults import N_, Fault
from questionnaires.paper.layout import SQUARE, Place
from questionnaires.scanning.readings import (
    BLANK,
    DOUBTFUL,
    MARKED,
    SURE,
    UNCERTAIN,
    UNREADABLE,
    UNSEEN,
    VOID,
    BoxReading,
    ItemReading,
)

FAINT_PEAK, FAINT_SHARE = 0.2, 0.4
"""What is left of an erased mark is at most so dark, and at most this share of the mark that replaced it."""

SMALL = 0.65
"""Of a box's width: what reaches less far is no cross, no tick, and fills nothing."""

UNSEEN_BOXES = N_("Some boxes are torn off, covered or out of the picture.")
TWO_MARKS = N_("Several boxes are marked where one answer is asked.")
FAINT = N_("The mark is faint, small or half erased.")
BESIDE = N_("Beside the mark there is another that may have been meant.")
ONLY_VOID = N_("A mark was crossed out and no other answer marked.")
RANKED_TWICE = N_("A rank or a choice is marked more than once.")


def item_reading(item: str, boxes: Sequence[BoxReading]) -> ItemReading:
    """The reading of one item from all its boxes. Round boxes take one answer, square ones any number."""
    boxes = sorted(boxes, key=lambda each: (each.box.place.page, each.box.place.y, each.box.place.x))
    state, reason = _judged(boxes)
    marked = [each for each in boxes if each.state == MARKED]
    seen = marked or [each for each in boxes if each.state == UNCERTAIN]
    return ItemReading(
        item,
        state,
        values=_values(marked) if state == SURE else (),
        likely=_values(seen) if state == DOUBTFUL else (),
        reason=Fault(item, reason) if reason else None,
        boxes=tuple(boxes),
        place=around([each.box.place for each in boxes]),
    )


def _judged(boxes: Sequence[BoxReading]) -> tuple[str, str]:
    """The state, and the template of its reason."""
    states = Counter(each.state for each in boxes)
    if states[UNSEEN]:
        return UNREADABLE, UNSEEN_BOXES
    if _too_many([each for each in boxes if each.state == MARKED]):
        return DOUBTFUL, RANKED_TWICE if boxes[0].box.rank else TWO_MARKS
    if states[UNCERTAIN] and not _only_remains(boxes):
        return DOUBTFUL, BESIDE if states[MARKED] else FAINT
    if _has_small([each for each in boxes if each.state == MARKED]):
        return DOUBTFUL, BESIDE
    if states[VOID] and not states[MARKED]:
        return DOUBTFUL, ONLY_VOID
    return (SURE, "") if states[MARKED] else (BLANK, "")


def _too_many(marked: Sequence[BoxReading]) -> bool:
    boxes = [each.box for each in marked]
    if any(box.rank for box in boxes):
        return len({box.rank for box in boxes}) < len(boxes) or len({box.value for box in boxes}) < len(boxes)
    return len(boxes) > 1 and any(box.shape != SQUARE for box in boxes)


def _has_small(marked: Sequence[BoxReading]) -> bool:
    """Whether one of several answers is hardly more than a dot, as where a pen rested."""
    return len(marked) > 1 and any(each.ink is not None and each.ink.reach < SMALL for each in marked)


def _only_remains(boxes: Sequence[BoxReading]) -> bool:
    """Whether what is uncertain is but the remains of erased marks beside one clear mark."""
    marked = [each.ink for each in boxes if each.state == MARKED]
    if len(marked) != 1 or marked[0] is None or not _one_answer(boxes):
        return False
    most = min(FAINT_PEAK, FAINT_SHARE * marked[0].peak)
    rest = [each.ink for each in boxes if each.state == UNCERTAIN]
    return all(ink is not None and ink.peak <= most and not ink.leaving for ink in rest)


def _one_answer(boxes: Sequence[BoxReading]) -> bool:
    return all(each.box.shape != SQUARE and not each.box.rank for each in boxes)


def _values(boxes: Sequence[BoxReading]) -> tuple[str, ...]:
    ranked = sorted(boxes, key=lambda each: each.box.rank)
    return tuple(dict.fromkeys(each.box.value for each in ranked))


def around(places: Sequence[Place]) -> Place:
    """The least rectangle around all places that lie on the page of the first."""
    same = [place for place in places if place.page == places[0].page]
    x, y = min(place.x for place in same), min(place.y for place in same)
    width = max(place.x + place.width for place in same) - x
    return Place(same[0].page, x, y, width, max(place.y + place.height for place in same) - y)
