"""What the page of an unread scan shows: the scan, why it was not read, and where it leads."""

from __future__ import annotations

import cv2
import numpy as np

from questionnaires.scanning.pages import LONGEST_PICTURE
from tests.survey.entry.scanning.unread.telling import path_of, tell
from tests.survey.pages import Page


def test_the_page_shows_why_and_the_scan_as_it_is(desk):
    page = desk.client.get(path_of(desk)).text
    assert "a.png" in page
    picture = next(each["src"] for each in Page(page).named("img"))
    sent = desk.client.get(picture)
    assert sent.mimetype == "image/jpeg"
    assert sent.headers["Cache-Control"] == "no-store"
    shown = cv2.imdecode(np.frombuffer(sent.data, np.uint8), cv2.IMREAD_GRAYSCALE)
    assert max(shown.shape) == LONGEST_PICTURE
    assert f'href="{path_of(desk)}"' in desk.page()


def test_where_all_forms_have_one_page_it_is_filled_in(desk):
    (page,) = [
        each for each in Page(desk.client.get(path_of(desk)).text).named("input") if each["name"] == "page"
    ]
    assert page["value"] == "1"


def test_a_page_that_is_read_leads_to_its_form(desk):
    tell(desk)
    with desk.app.app_context():
        form_id = desk.form(1).id
    assert desk.client.get(path_of(desk)).location.endswith(f"/entry/forms/{form_id}/scans")
