"""A planner gives the known population that answers are weighed to."""

from __future__ import annotations

import pytest

from survey.models import Survey
from tests.survey.fieldwork.desk import actions, sheet_rows, stored, upload, upload_raw

AREAS = [
    ["area", "sex", "count"],
    *([area, sex, 1000] for area in ("urban", "rural") for sex in ("male", "female")),
]


def test_known_counts_are_uploaded_shown_and_taken_away(app, planner, citizens):
    path = f"/surveys/{citizens.survey.id}/targets"
    assert upload(planner, path, AREAS).location == path
    page = planner.get(path).text
    assert "4.000 người trong 4 ô" in page
    assert "Thành thị (phường, thị trấn)" in page
    assert "25,0\N{NO-BREAK SPACE}%" in page
    (survey,) = stored(app, Survey)
    assert survey.targets["by"] == ["area", "sex"]
    assert survey.targets["cells"][0] == {"area": "urban", "sex": "male", "count": 1000.0}
    planner.submit(f"{path}/remove")
    assert stored(app, Survey)[0].targets is None
    assert actions(app)[-2:] == ["targets.change", "targets.remove"]


def test_counts_come_as_json_too(app, planner, citizens):
    path = f"/surveys/{citizens.survey.id}/targets"
    raw = b'{"by": ["area"], "cells": [{"area": "urban", "count": 7}, {"area": "rural", "count": 13.5}]}'
    assert upload_raw(planner, path, raw, "targets.json").status_code == 302
    assert stored(app, Survey)[0].targets["cells"][1] == {"area": "rural", "count": 13.5}


MARGINS = [
    ["area", "sex", "count"],
    ["urban", "", 900],
    ["rural", "", 3100],
    ["", "male", 2000],
    ["", "female", 2010],
]


def test_counts_known_by_each_question_on_its_own_are_margins(app, planner, citizens):
    path = f"/surveys/{citizens.survey.id}/targets"
    assert upload(planner, path, MARGINS).status_code == 302
    assert stored(app, Survey)[0].targets["cells"][::2] == [
        {"area": "urban", "count": 900.0},
        {"sex": "male", "count": 2000.0},
    ]
    page = planner.get(path).text
    assert "4.000 người, đếm theo 2 cách" in page
    assert "22,5\N{NO-BREAK SPACE}%" in page  # 900 of 4,000
    assert "49,9\N{NO-BREAK SPACE}%" in page  # 2,000 of the 4,010 counted by sex
    assert "tất cả" in page


def test_a_margin_comes_back_from_json_as_it_went(app, planner, citizens):
    path = f"/surveys/{citizens.survey.id}/targets"
    raw = (
        b'{"by": ["area", "sex"], "cells": [{"area": "urban", "count": 7}, {"area": "rural", "count": 13},'
        b'{"sex": "male", "count": 9}, {"sex": "female", "count": 11}]}'
    )
    assert upload_raw(planner, path, raw, "targets.json").status_code == 302
    assert stored(app, Survey)[0].targets["cells"][2] == {"sex": "male", "count": 9.0}


@pytest.mark.parametrize(
    ("rows", "sentences"),
    [
        ([["area", "count"], ["urban", 5]], ["Thiếu dòng cho ô rural"]),
        ([["area", "count"], ["urban", 5], ["urban", 6], ["rural", 1]], ["Ô này còn nằm ở dòng khác"]),
        ([["area", "count"], ["town", "-2"]], ["“town” không phải câu trả lời", "“-2”"]),
        ([["area", "count"], ["urban", 0], ["rural", 0]], ["Tổng các số đếm bằng không"]),
        ([*MARGINS[:3], ["", "male", 4000]], ["Thiếu dòng cho ô female"]),
        ([*MARGINS[:4], ["", "female", 2100]], ["theo sex là 4100", "theo area là 4000"]),
        ([["area", "count"], ["", 5]], ["không nêu câu trả lời nào"]),
        ([["aera", "count"], ["urban", 5]], ["Có phải là “area”"]),
        ([["comment", "count"], ["urban", 5]], ["không phải câu hỏi chọn một"]),
        ([["area"], ["urban"]], ["Thiếu cột “count”"]),
        ([["count"], [5]], ["Cần ít nhất một câu hỏi"]),
    ],
)
def test_faults_of_counts_are_told_and_the_stored_ones_stay(app, planner, citizens, rows, sentences):
    path = f"/surveys/{citizens.survey.id}/targets"
    upload(planner, path, AREAS)
    page = upload(planner, path, rows)
    assert page.status_code == 422
    for sentence in sentences:
        assert sentence in page.text, sentence
    assert len(stored(app, Survey)[0].targets["cells"]) == 4


@pytest.mark.parametrize(
    "raw", [b"[]", b"{", b'{"by": "area"}', b'{"by": ["area"], "cells": [1]}', b"[" * 99999]
)
def test_json_of_another_form_is_refused(planner, citizens, raw):
    page = upload_raw(planner, f"/surveys/{citizens.survey.id}/targets", raw, "x.json")
    assert page.status_code == 422
    assert "không phải JSON theo mẫu" in page.text


def test_the_pattern_of_counts_holds_every_combination(planner, citizens):
    path = f"/surveys/{citizens.survey.id}/targets/pattern.xlsx?item=area&item=sex"
    head, *rows = sheet_rows(planner.get(path).data)
    assert head == ("sex", "area", "count")
    assert {row[:2] for row in rows} == {
        (sex, area) for sex in ("male", "female") for area in ("urban", "rural")
    }


def test_the_pattern_of_margins_holds_each_question_on_its_own(planner, citizens):
    path = f"/surveys/{citizens.survey.id}/targets/pattern.xlsx?item=area&item=sex&form=margins"
    _, *rows = sheet_rows(planner.get(path).data)
    assert [row[:2] for row in rows] == [("male", None), ("female", None), (None, "urban"), (None, "rural")]
