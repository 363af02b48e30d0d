"""Forms printed, marked, scanned and uploaded in a browser."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from flask import Flask
from playwright.sync_api import Page

from tests.survey.entry.scanning.sheets import CLEAR, Printed, as_file, print_room
from tests.survey.factory import SMALL_QUESTIONNAIRE

HARDLY = {item: values for item, values in CLEAR.items() if item not in ("polite", "clear")}


@pytest.fixture
def printed(app: Flask) -> Printed:
    with app.app_context():
        return print_room(3, SMALL_QUESTIONNAIRE)


@pytest.fixture
def upload(
    site: str, page: Page, printed: Printed, sign_in: Callable[..., int], tmp_path: Path
) -> Callable[..., str]:
    """A function that uploads forms as a supervisor does; the address of the survey's scans."""
    file = tmp_path / "quet.pdf"

    def bring(numbers: tuple[int, ...] = (1, 2), draw: Callable[..., list] = hardly) -> str:
        file.write_bytes(as_file([page for each in numbers for page in draw(printed, each)]))
        sign_in("supervisor")
        address = f"{site}/entry/surveys/{printed.survey_id}/scans"
        page.goto(address)
        page.set_input_files("#files", file)
        with page.expect_navigation(url=address):
            page.click("main form[enctype] button")
        return address

    return bring


def hardly(printed: Printed, number: int) -> list[np.ndarray]:
    """The pages of a form with two faint marks, and handwriting in all rooms."""
    return printed.scribbled(printed.marked(number, HARDLY, polite="high", clear="low"))
