"""Pages put together: what is missing, doubled, turned or foreign is named."""

from dataclasses import replace

import pytest

from questionnaires.faults import Fault
from questionnaires.paper.layout import Box, Layout, Place
from questionnaires.scanning import (
    BLANK,
    DOUBTFUL,
    EMPTY,
    MARKED,
    SURE,
    UNREADABLE,
    BoxReading,
    PageReading,
    forms_of,
)
from questionnaires.scanning.pages import items_of


def box(item: str, value: str, page: int) -> Box:
    return Box(item, value, Place(page, 20.0 * int(value), 50, 4.2, 4.2))


BOXES = tuple(box(item, value, page) for item, page in (("Q1", 1), ("Q2", 2)) for value in "123")
SPLIT = (box("Q3", "1", 1), box("Q3", "2", 2))
LAYOUT = Layout("T", "1", "vi", 2, (), (), (*BOXES, *SPLIT), ())
LAYOUTS = {"aa": LAYOUT, "bb": LAYOUT}


def page(number: int, marked: str = "", serial: int = 7, digest: str = "aa", **more: object) -> PageReading:
    boxes = [each for each in LAYOUT.boxes if each.place.page == number]
    readings = [BoxReading(each, MARKED if each.value == marked else EMPTY, None) for each in boxes]
    items = tuple(items_of(readings))
    return PageReading(f"{serial}.pdf", number, None, digest, serial, number, items=items, **more)


def faults(*readings: PageReading, **options: object) -> list[str]:
    stack = forms_of(readings, LAYOUTS, **options)
    return [
        fault.sentence()
        for fault in (*stack.faults, *(fault for form in stack.forms for fault in form.faults))
    ]


def test_pages_in_any_order_make_forms_in_the_order_of_their_numbers():
    stack = forms_of([page(2, "3"), page(1, "1", serial=9), page(1, "2"), page(2, serial=9)], LAYOUTS)
    assert [form.serial for form in stack.forms] == [7, 9]
    first = stack.forms[0]
    assert {item: (each.state, each.values) for item, each in first.items.items()} == {
        "Q1": (SURE, ("2",)),
        "Q2": (SURE, ("3",)),
        "Q3": (BLANK, ()),
    }
    assert (stack.unplaced, stack.faults, first.faults) == ((), (), ())


def test_an_item_whose_boxes_stand_on_two_pages_is_judged_as_one():
    (form,) = forms_of([page(1, "1"), page(2, "2")], LAYOUTS).forms
    assert (form.items["Q3"].state, form.items["Q3"].likely) == (DOUBTFUL, ("1", "2"))


def test_a_missing_page_is_named_and_its_items_are_unreadable():
    (form,) = forms_of([page(1, "2")], LAYOUTS).forms
    assert form.items["Q1"].values == ("2",)
    assert [form.items[item].state for item in ("Q2", "Q3")] == [UNREADABLE, UNREADABLE]
    assert faults(page(1, "2")) == ["Page 2 of form 0000 007-6 is missing."]


def test_a_page_scanned_twice_alike_is_used_once():
    readings = page(1, "2"), page(1, "2"), page(2)
    (form,) = forms_of(readings, LAYOUTS).forms
    assert form.items["Q1"].values == ("2",)
    assert faults(*readings) == ["Page 1 of form 0000 007-6 was scanned 2 times; all scans read the same."]


def test_a_page_scanned_twice_and_read_differently_is_left_to_a_person():
    readings = page(1, "2"), page(1, "3"), page(2)
    (form,) = forms_of(readings, LAYOUTS).forms
    assert (form.items["Q1"].state, form.items["Q1"].values, form.items["Q1"].likely) == (
        DOUBTFUL,
        (),
        ("2", "3"),
    )
    assert form.items["Q3"].state == BLANK
    assert faults(*readings) == [
        "Page 1 of form 0000 007-6 was scanned 2 times, and the scans read differently."
    ]


def test_a_difference_between_scans_outlives_the_joining_of_pages():
    (form,) = forms_of([page(1, "1"), page(1, ""), page(2)], LAYOUTS).forms
    assert (form.items["Q3"].state, form.items["Q3"].values) == (DOUBTFUL, ())


def test_pages_of_another_batch_or_version_are_set_aside_and_named():
    readings = [page(1, serial=8), page(1, digest="bb"), page(1), page(2)]
    stack = forms_of(readings, LAYOUTS, expected={7: "aa"})
    assert stack.unplaced == (readings[0], readings[1])
    assert [fault.place for fault in stack.faults] == ["8.pdf:1", "7.pdf:1"]
    assert faults(*readings, expected={7: "aa"}) == [
        "Page 1 of “8.pdf” is of form 0000 008-4, which does not belong to this batch.",
        "Page 1 of “7.pdf”, of form 0000 007-6, is of another version of the form.",
    ]


def test_one_form_of_two_versions_keeps_the_first():
    stack = forms_of([page(1), page(2, digest="bb")], LAYOUTS)
    assert [reading.digest for reading in stack.unplaced] == ["bb"]


def test_pages_that_could_not_be_read_keep_their_reason():
    fault = Fault("x.pdf:3", "dark")
    unread = PageReading("x.pdf", 3, fault)
    stack = forms_of([unread], LAYOUTS, expected={})
    assert (stack.unplaced, stack.faults, stack.forms) == ((unread,), (fault,), ())


@pytest.mark.parametrize("degrees", [90, 180])
def test_a_turned_page_is_read_and_named(degrees: int):
    turned = replace(page(1, "2"), turned=degrees)
    assert faults(turned, page(2)) == [
        f"Page 1 of form 0000 007-6 was scanned turned by {degrees} degrees; it was read all the same."
    ]
