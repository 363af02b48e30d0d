"""A table filled in elsewhere: its changes are made, or all its faults are named."""

from __future__ import annotations

import io

from tests.survey.scoring.place import FRAMEWORK, PLAN, PLAN_DONE, audit_of
from tests.survey.scoring.tables import SHEET, codes_of, faults_in, upload, workbook


def test_an_appraiser_imports_decisions(app, client, sign_in, place):
    unit, *_ = codes_of(app, place)
    with app.app_context():
        place.score(PLAN, self_score=1)
    sign_in("appraiser")
    rows = [[unit, PLAN, None, "0,5", "Chậm", None], [unit, PLAN_DONE, None, 2, None, "có"]]
    assert upload(client, place, workbook(rows)).status_code == 302
    with app.app_context():
        cut = place.stored(PLAN)
        assert (cut.self_score, cut.appraised, cut.appraisal_note, cut.revision) == (1, 0.5, "Chậm", 1)
        assert place.stored(PLAN_DONE).appraised == 2
        (entry,) = audit_of(PLAN)
        assert entry.details["before"] == {"appraised": None, "appraisal_note": ""}
        assert entry.details["file"] == "diem.xlsx"
    assert "diem.xlsx" in client.get(f"{place.unit}/history/{PLAN}").text


def test_a_csv_of_another_office_is_read_too(app, client, sign_in, place):
    unit, *_ = codes_of(app, place)
    sign_in("planner")
    text = f"Unit code;Criterion code;Self-score\n{unit};{PLAN};0,75\n"
    assert upload(client, place, io.BytesIO(text.encode("utf-8-sig")), "x.csv").status_code == 302
    with app.app_context():
        assert place.stored(PLAN).self_score == 0.75


def test_ten_faults_are_named_and_nothing_is_written(app, client, sign_in, place):
    unit, other, _ = codes_of(app, place)
    with app.app_context():
        place.score("c1_4", self_score=1)
    by_survey = FRAMEWORK.survey_leaves[0].code
    rows = [
        [unit, PLAN, None, 1, None, None],  # right
        ["sở-lạ", PLAN, None, 1, None, None],
        [unit, "c1_1_9", None, 1, None, None],
        [unit, by_survey, None, 1, None, None],
        [unit, PLAN_DONE, None, 2.5, None, None],
        [unit, "c1_2", None, "một", None, None],
        [unit, "c1_3_1", None, -1, None, None],
        [unit, "c1_4", None, 0.5, None, None],
        [unit, PLAN, None, 0.5, None, None],
        [unit, "c1_5", None, None, None, "tùy"],
        [other, PLAN, None, None, None, "Không"],
    ]
    sign_in("appraiser")
    reply = upload(client, place, workbook(rows))
    assert reply.status_code == 400
    assert "Tệp có 10 lỗi" in reply.text
    found = faults_in(reply.text)
    assert [(sheet, row, column.split()[0]) for sheet, row, column, _ in found] == [
        (SHEET, "3", "A"),
        (SHEET, "4", "B"),
        (SHEET, "5", "B"),
        (SHEET, "6", "D"),
        (SHEET, "7", "D"),
        (SHEET, "8", "D"),
        (SHEET, "9", "E"),
        (SHEET, "10", "B"),
        (SHEET, "11", "F"),
        (SHEET, "12", "–"),  # the reason is missing with its column
    ]
    reasons = [reason for *_, reason in found]
    assert "không có đơn vị “sở-lạ”" in reasons[0]
    assert "Có phải Ông/Bà muốn viết “c1_1_" in reasons[1]
    assert "từ 0 đến 2" in reasons[3]
    assert "dòng 2" in reasons[7]
    with app.app_context():
        assert place.stored(PLAN) is None
        assert audit_of("%") == []


def test_an_appraiser_imports_no_self_scores(app, client, sign_in, place):
    unit, *_ = codes_of(app, place)
    sign_in("appraiser")
    reply = upload(client, place, workbook([[unit, PLAN, 1, None, None, None]]))
    assert "của đơn vị" in faults_in(reply.text)[0][-1]


def test_a_table_that_others_have_overtaken_is_refused(app, client, sign_in, place):
    unit, *_ = codes_of(app, place)
    with app.app_context():
        place.score(PLAN, appraised=1, revision=2)
        place.score(PLAN_DONE, appraised=1, revision=2)
    header = ["Mã đơn vị", "Mã tiêu chí", "Điểm thẩm định", "Lần sửa"]
    rows = [[unit, PLAN, 0.5, 1], [unit, PLAN_DONE, 1, 1]]
    sign_in("appraiser")
    found = faults_in(upload(client, place, workbook(rows, header)).text)
    assert [(row, column.split()[0]) for _, row, column, _ in found] == [("2", "D")]


def test_a_table_of_another_framework_is_refused_by_its_points(app, client, sign_in, place):
    unit, *_ = codes_of(app, place)
    sign_in("planner")
    header = ["Mã đơn vị", "Mã tiêu chí", "Điểm tối đa"]
    found = faults_in(upload(client, place, workbook([[unit, PLAN, 3]], header)).text)
    assert "tối đa 1 điểm" in found[0][-1]
