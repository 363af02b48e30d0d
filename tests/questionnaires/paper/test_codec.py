"""A layout is stored as plain JSON and read back years later, or refused with every fault named."""

import json
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from questionnaires import library
from questionnaires.paper import PaperError, dump_layout, form_layout, layout_digest, parse_layout
from questionnaires.paper.layout import Box, CornerMark, Layout, Place, Written
from tests.questionnaires.random_definitions import JSON

MARKS = tuple(CornerMark(number, Place(1, 8 + 30 * number, 8, 8, 8)) for number in range(4))
BOX = Box("sex", "male", Place(1, 20, 40, 4.2, 4.2))
SMALL = Layout(
    "form",
    "1",
    "vi",
    1,
    MARKS,
    (Place(1, 170, 8, 16, 16),),
    (BOX,),
    (Written("age", "integer", Place(1, 20, 60, 30, 7)),),
)


def faults(stored):
    with pytest.raises(PaperError) as refused:
        parse_layout(stored)
    return {fault.place: str(fault) for fault in refused.value.faults}


@pytest.mark.parametrize("name", library.names())
def test_a_layout_comes_back_from_json_as_it_was(name):
    layout = form_layout(library.load(name), "vi")
    stored = json.loads(json.dumps(dump_layout(layout)))
    assert parse_layout(stored) == layout
    assert layout_digest(parse_layout(stored)) == layout_digest(layout)


def test_the_digest_names_the_places_and_does_not_depend_on_how_a_number_is_written():
    whole = replace(BOX, place=Place(1, 20.0, 40.0, 4.2, 4.2))
    moved = replace(BOX, place=Place(1, 20.01, 40.0, 4.2, 4.2))
    assert layout_digest(replace(SMALL, boxes=(whole,))) == layout_digest(SMALL)
    assert layout_digest(replace(SMALL, boxes=(moved,))) != layout_digest(SMALL)
    assert len(layout_digest(SMALL)) == 64


def test_every_fault_of_a_stored_layout_is_named_at_its_place():
    stored = dump_layout(SMALL)
    stored |= {"format": 2, "colour": "red"}
    stored["marks"].pop()
    stored["boxes"] += [
        {**stored["boxes"][0]},
        {
            "item": "sex",
            "value": "female",
            "place": {"page": 2, "x": 1, "y": 1, "width": 4, "height": 4},
            "shape": "star",
        },
    ]
    stored["written"][0]["place"] = {"page": 1, "x": 20, "y": 60, "width": 40, "height": "7"}
    named = faults(stored)
    assert set(named) == {
        "format",
        "colour",
        "marks",
        "boxes.2",
        "boxes.3.place",
        "boxes.3.shape",
        "written.1.place.height",
    }
    assert "four corner marks; it has 3" in named["marks"]
    assert "two boxes for the answer “male”" in named["boxes.2"]


@pytest.mark.parametrize("stored", [None, [], "layout", {}])
def test_what_is_no_layout_is_refused(stored):
    assert faults(stored)


@settings(max_examples=100, deadline=None)
@given(st.data())
def test_a_damaged_layout_never_crashes_the_reader(data):
    stored = dump_layout(SMALL)
    key = data.draw(st.sampled_from(sorted(stored)))
    stored[key] = data.draw(JSON)
    if parsed := _parsed_or_refused(stored):
        assert parsed == parse_layout(dump_layout(parsed))


def _parsed_or_refused(stored):
    """The layout, or nothing where it is refused with its faults; any other error is a failure."""
    try:
        return parse_layout(stored)
    except PaperError:
        return None
