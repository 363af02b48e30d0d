"""The table of scores downloaded, and uploaded again as it is."""

from __future__ import annotations

import io

import openpyxl
import pytest

from survey.scoring.criteria import evidence_leaves
from tests.survey.scoring.place import FRAMEWORK, PLAN, PLAN_DONE
from tests.survey.scoring.tables import codes_of, upload


def test_the_table_holds_a_row_for_each_unit_and_criterion(app, client, sign_in, place):
    with app.app_context():
        place.score(PLAN, self_score=0.75, evidence="=1+1", revision=3)
    sign_in("planner")
    reply = client.get(f"{place.units}/template")
    page = openpyxl.load_workbook(io.BytesIO(reply.data)).active
    header, *rows = page.iter_rows(values_only=True)
    assert len(rows) == 3 * len(evidence_leaves(FRAMEWORK, "so"))
    first = next(
        dict(zip(header, row, strict=True)) for row in rows if PLAN in row and codes_of(app, place)[0] in row
    )
    assert first["Điểm tự chấm"] == 0.75
    assert first["Tài liệu kiểm chứng"] == "=1+1"
    assert (first["Điểm tối đa"], first["Áp dụng"], first["Lần sửa"]) == (1, "Có", 3)


@pytest.mark.parametrize("language", ["vi", "en"])
def test_the_table_uploaded_again_changes_nothing(app, client, sign_in, place, language):
    with app.app_context():
        place.score(PLAN, self_score=0.1 + 0.2, evidence="Hai\ndòng", appraised=0.1, appraisal_note="x")
        place.score(PLAN_DONE, applicable=False, inapplicable_reason="Không phát sinh")
    sign_in("appraiser")
    client.submit(f"/language/{language}")
    table = client.get(f"{place.units}/template").data
    assert upload(client, place, io.BytesIO(table)).status_code == 302
    with app.app_context():
        assert place.stored(PLAN).revision == place.stored(PLAN_DONE).revision == 0


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "trống"),
        (b"\x89PNG\r\n\x1a\n\xff", "UTF-8"),
        (b"Unit code,Points\nx,1\n", "Criterion code"),
        ("Mã đơn vị,Mã tiêu chí\n".encode(), "không có dòng nào"),
    ],
)
def test_a_file_that_is_no_such_table_is_refused_with_its_reason(client, sign_in, place, content, reason):
    sign_in("planner")
    reply = upload(client, place, io.BytesIO(content), "diem.csv")
    assert reply.status_code == 400
    assert reason in reply.text


def test_a_published_round_takes_no_table(app, client, sign_in, place):
    with app.app_context():
        place.change(state="published")
    sign_in("planner")
    assert client.get(f"{place.units}/import").status_code == 409
