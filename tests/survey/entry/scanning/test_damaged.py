"""Bad scans end as right answers, or with a person: never as a wrong answer."""

from __future__ import annotations

import cv2
import numpy as np
import pytest

from tests.degraded.kinds import KINDS
from tests.degraded.pens import DPI as DRAWN
from tests.survey.entry.scanning.sheets import CLEAR, DPI, STORED, as_file

DAMAGES = ("turned to 8°", "upside down", "JPEG 12 to 45", "shadows", "coffee", "photograph")


@pytest.fixture
def damaged(print_desk):
    """A form of each kind of damage, uploaded as photographs are: one file a page."""
    desk, random, files = print_desk(len(DAMAGES)), np.random.default_rng(20), {}
    for number, kind in enumerate(DAMAGES, start=1):
        (page,) = desk.printed.marked(number, CLEAR)
        large = cv2.resize(page, None, fx=DRAWN / DPI, fy=DRAWN / DPI, interpolation=cv2.INTER_CUBIC)
        files[f"{number}.jpg"] = as_file([KINDS[kind].scan(large, random)], "JPEG")
    desk.upload(files)
    return desk


def test_bad_scans_become_right_answers_or_questions(damaged):
    states = {number: damaged.state(number) for number in range(1, len(DAMAGES) + 1)}
    taken = [number for number, state in states.items() if state == "accepted"]
    assert len(taken) >= len(DAMAGES) / 2, states
    assert [damaged.answers(number) for number in taken] == [STORED] * len(taken)
    left = {sheet.state for sheet in damaged.sheets()} - {"settled"}
    assert left <= {"doubtful", "unreadable"}
