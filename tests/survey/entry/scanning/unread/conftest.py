"""A supervisor in front of a page that the machine could not read."""

from __future__ import annotations

import pytest

from questionnaires.scanning.finding import NO_CODE
from tests.survey.entry.scanning.sheets import CLEAR, as_file
from tests.survey.entry.scanning.unread.damage import blotted, hidden_marks


@pytest.fixture
def desk(print_desk):
    """A form whose page has ink over its code."""
    desk = print_desk()
    (page,) = desk.printed.marked(1, CLEAR)
    desk.upload({"a.png": as_file([blotted(page, desk.printed)], "PNG")})
    assert [fault.template for fault in desk.faults()] == [NO_CODE]
    return desk


@pytest.fixture
def lost(print_desk):
    """A form whose page has neither code nor enough corner marks."""
    desk = print_desk()
    (page,) = desk.printed.marked(1, CLEAR)
    desk.upload({"a.png": as_file([hidden_marks(blotted(page, desk.printed))], "PNG")})
    return desk
