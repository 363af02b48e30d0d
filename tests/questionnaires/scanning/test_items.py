"""From ink to answers: thresholds on both sides, and doubt between them."""

from dataclasses import replace

import pytest

from questionnaires.paper.layout import ROUND, SQUARE, Box, Place
from questionnaires.scanning import (
    BLANK,
    DOUBTFUL,
    EMPTY,
    MARKED,
    SURE,
    UNCERTAIN,
    UNREADABLE,
    UNSEEN,
    VOID,
    BoxReading,
    Ink,
)
from questionnaires.scanning.boxes import box_reading
from questionnaires.scanning.items import item_reading

PAPER = Ink(mean=0.0, peak=0.02, cover=0.0, reach=0.0, spurs=0, leaving=0, below=False, circled=0.1, fit=0.9)
FILLED = Ink(
    mean=0.8, peak=0.85, cover=0.95, reach=1.0, spurs=0, leaving=0, below=False, circled=0.1, fit=0.0
)
TICK = Ink(mean=0.25, peak=0.7, cover=0.4, reach=0.95, spurs=1, leaving=1, below=False, circled=0.1, fit=0.2)
CROSS = Ink(mean=0.35, peak=0.8, cover=0.52, reach=0.9, spurs=3, leaving=0, below=False, circled=0.1, fit=0.1)
CROSSED_OUT = Ink(
    mean=0.8, peak=0.85, cover=1.0, reach=1.0, spurs=4, leaving=4, below=False, circled=0.1, fit=0.0
)


def box(value: str, shape: str = ROUND, rank: int = 0) -> Box:
    return Box("Q1", value, Place(1, 20.0 + 10 * ord(value[-1]), 50, 4.2, 4.2), shape, rank)


def state_of(ink: Ink | None, off: float = 0.0) -> str:
    return box_reading(box("1"), ink, off).state


def answered(*states: str | tuple[str, Ink], shape: str = ROUND):
    boxes = [
        BoxReading(box(str(value), shape), *(state if isinstance(state, tuple) else (state, PAPER)))
        for value, state in enumerate(states, 1)
    ]
    return item_reading("Q1", boxes)


@pytest.mark.parametrize("ink", [FILLED, TICK, CROSS, replace(CROSS, leaving=1, below=True)])
def test_filled_ticked_and_crossed_boxes_are_marked(ink: Ink):
    assert state_of(ink) == MARKED


def test_a_cross_well_beyond_a_filled_box_takes_it_back():
    assert state_of(CROSSED_OUT) == VOID


def test_paper_is_empty_only_where_the_printed_border_is_seen_in_its_place():
    assert state_of(PAPER) == EMPTY
    assert state_of(replace(PAPER, fit=0.2)) == UNSEEN
    assert state_of(PAPER, off=1.0) == UNSEEN
    assert state_of(None) == UNSEEN


@pytest.mark.parametrize(
    "ink",
    [
        replace(TICK, peak=0.3),  # a light pencil
        replace(PAPER, mean=0.06, peak=0.1),  # rubbed out
        replace(TICK, reach=0.3),  # a dot
        replace(CROSS, leaving=4),  # a cross so large that it may take something back
        replace(TICK, leaving=2),  # a line through the box
        replace(FILLED, circled=0.9),  # scribbled over
        replace(FILLED, spurs=3),  # filled, with strokes out of it that are short
        replace(TICK, below=True),  # the tail of a tick in the box below
        replace(CROSSED_OUT, leaving=3, spurs=2),  # strokes of its neighbours that look like a cross
        replace(PAPER, spurs=2, leaving=2),  # a line that passes by
        replace(PAPER, circled=0.8),  # a circle around the box
        replace(PAPER, mean=-0.3),  # a shadow or a stain all around
        replace(PAPER, spurs=4),  # a circle over the corners of a square
    ],
)
def test_whatever_lies_between_is_uncertain(ink: Ink):
    assert state_of(ink) == UNCERTAIN


def test_one_mark_is_sure_and_none_is_blank():
    reading = answered(EMPTY, (MARKED, TICK), EMPTY)
    assert (reading.state, reading.values, reading.reason) == (SURE, ("2",), None)
    assert answered(EMPTY, EMPTY).state == BLANK


def test_two_marks_are_doubtful_where_one_answer_is_asked_and_sure_in_squares():
    two = [(MARKED, FILLED), EMPTY, (MARKED, TICK)]
    reading = answered(*two)
    assert (reading.state, reading.values, reading.likely) == (DOUBTFUL, (), ("1", "3"))
    assert reading.reason.sentence() == "Several boxes are marked where one answer is asked."
    assert answered(*two, shape=SQUARE).values == ("1", "3")


def test_a_dot_beside_other_answers_is_doubtful_in_squares_too():
    dot = replace(TICK, cover=0.18, reach=0.5)
    assert state_of(dot) == MARKED
    reading = answered((MARKED, FILLED), (MARKED, TICK), (MARKED, dot), shape=SQUARE)
    assert (reading.state, reading.likely) == (DOUBTFUL, ("1", "2", "3"))
    assert "another that may have been meant" in reading.reason.sentence()


def test_a_mark_taken_back_counts_only_beside_another():
    assert answered((VOID, CROSSED_OUT), (MARKED, FILLED)).values == ("2",)
    alone = answered((VOID, CROSSED_OUT), EMPTY)
    assert (alone.state, alone.likely) == (DOUBTFUL, ())
    assert "crossed out" in alone.reason.sentence()


def test_remains_of_a_rubbed_out_mark_count_only_where_they_are_far_weaker_than_the_other():
    remains = (UNCERTAIN, replace(PAPER, mean=0.08, peak=0.15))
    assert answered(remains, (MARKED, FILLED)).values == ("2",)
    stronger = (UNCERTAIN, replace(PAPER, mean=0.2, peak=0.35))
    assert answered(stronger, (MARKED, FILLED)).state == DOUBTFUL
    assert answered(remains, (MARKED, replace(TICK, peak=0.3))).state == DOUBTFUL
    assert answered(remains, (MARKED, FILLED), shape=SQUARE).state == DOUBTFUL
    assert answered(remains, EMPTY).likely == ("1",)


def test_an_item_with_a_box_that_is_not_seen_is_unreadable():
    reading = answered((UNSEEN, None), (MARKED, FILLED))
    assert (reading.state, reading.values) == (UNREADABLE, ())
    assert "torn off" in reading.reason.sentence()


def ranked(*marked: tuple[str, int]):
    boxes = [
        BoxReading(box(value, SQUARE, rank), *((MARKED, TICK) if (value, rank) in marked else (EMPTY, PAPER)))
        for value in ("a", "b", "c")
        for rank in (1, 2, 3)
    ]
    return item_reading("Q1", boxes)


def test_a_ranking_gives_choices_by_rank_and_doubts_a_rank_or_choice_given_twice():
    assert ranked(("c", 1), ("a", 2)).values == ("c", "a")
    assert ranked(("c", 1), ("a", 1)).state == DOUBTFUL
    assert ranked(("c", 1), ("c", 2)).state == DOUBTFUL


def test_the_place_of_an_item_holds_all_its_boxes():
    place = answered(EMPTY, EMPTY, EMPTY).place
    assert (place.width, place.height) == (pytest.approx(24.2), pytest.approx(4.2))
