"""What stands on paper: drawn at 150 dpi, each mark and box is where the layout says."""

import cv2
import numpy as np
import pytest
import zxingcpp

from questionnaires import library
from questionnaires.paper import PageCode, form_layout, layout_digest, read_page_code
from tests.questionnaires.paper.printed import BATCH, DOT, drawn, pdf_of


@pytest.fixture(scope="module", params=[("citizen-satisfaction-2024", "vi"), ("officials-2024", "en")])
def printed(request):
    name, language = request.param
    questionnaire = library.load(name)
    layout = form_layout(questionnaire, language)
    return layout, drawn(pdf_of(questionnaire, layout))


def test_every_page_names_its_form_in_a_code(printed):
    layout, pages = printed
    wanted = [
        PageCode(layout_digest(layout)[:10], serial, number, layout.pages)
        for serial in BATCH.serials
        for number in range(1, layout.pages + 1)
    ]
    assert [read_page_code(zxingcpp.read_barcode(page).text) for page in pages] == wanted


def test_corner_marks_are_found_where_the_layout_says(printed):
    layout, pages = printed
    detector = cv2.aruco.ArucoDetector(cv2.aruco.getPredefinedDictionary(cv2.aruco.DICT_4X4_50))
    corners, patterns, _rejected = detector.detectMarkers(np.ascontiguousarray(pages[0]))
    found = {
        int(pattern): square.reshape(4, 2).mean(axis=0) / DOT
        for pattern, square in zip(patterns.ravel(), corners, strict=True)
    }
    marks = {mark.pattern: mark.place.middle for mark in layout.marks if mark.place.page == 1}
    assert set(found) == set(marks) == {0, 1, 2, 3}
    for pattern, middle in marks.items():
        assert found[pattern] == pytest.approx(middle, abs=0.3)
