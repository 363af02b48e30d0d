"""What is told of a page and cannot be meant is said at its field, and the page stays as it was."""

from __future__ import annotations

import pytest

from questionnaires.paper import write_serial
from tests.survey.entry.scanning.sheets import CLEAR, DPI, as_file, print_room
from tests.survey.entry.scanning.unread.damage import blotted, hidden_marks
from tests.survey.entry.scanning.unread.telling import number, path_of, tell
from tests.survey.pages import Page

LONG = "citizen-satisfaction-2024"


@pytest.mark.parametrize(
    ("typed", "field", "words"),
    [
        ({"serial": ""}, "serial", "Ông/Bà"),
        ({"serial": "abc"}, "serial", "abc"),
        ({"serial": "0000 572-5"}, "serial", "0000 572-5"),
        ({"serial": "0077 777-"}, "serial", "0077 777-"),
        ({"page": ""}, "page", ""),
        ({"page": "x"}, "page", ""),
        ({"page": "0"}, "page", ""),
        ({"page": "2"}, "page", ""),
    ],
)
def test_what_cannot_be_meant_is_said_at_its_field(desk, typed, field, words):
    refused = tell(desk, **typed)
    assert refused.status_code == 422
    assert f'id="{field}-error"' in refused.text
    assert desk.sheets()[0].state == "unreadable"


def test_a_number_never_printed_is_named_at_its_field(desk):
    refused = tell(desk, serial=write_serial(777_777))
    assert refused.status_code == 422
    assert 'id="serial-error"' in refused.text
    assert f'value="{write_serial(777_777)}"' in refused.text


def test_a_form_of_another_survey_is_named_with_it(desk):
    with desk.app.app_context():
        foreign = print_room(1, LONG)
        serial, code = write_serial(foreign.first_serial), foreign.made.survey.code
    refused = tell(desk, serial=serial)
    assert refused.status_code == 422
    assert code in refused.text.partition('id="serial-error"')[2].partition("</p>")[0]


def test_another_page_than_the_boxes_show_is_refused_at_its_field(print_desk):
    desk = print_desk(1, LONG)
    first, _second = desk.printed.form(1)
    desk.upload({"a.png": as_file([blotted(first, desk.printed)], "PNG")})
    refused = tell(desk, page="2")
    assert refused.status_code == 422
    assert 'id="page-error"' in refused.text
    assert desk.sheets()[0].state == "unreadable"


def test_a_code_that_can_be_read_after_all_is_believed(print_desk):
    """As where the corner marks are torn off, and its code is there."""
    desk = print_desk()
    (page,) = desk.printed.marked(1, CLEAR)
    page[:, : round(17 * DPI / 25.4)] = 255
    desk.upload({"a.png": as_file([hidden_marks(page)], "PNG")})
    refused = tell(desk, serial=number(desk, 2), deed="keep")
    assert refused.status_code == 422
    assert number(desk, 1) in refused.text.partition('id="serial-error"')[2].partition("</p>")[0]
    known = Page(desk.client.get(path_of(desk)).text).named("input")
    assert number(desk, 1) in [each.get("value") for each in known]
