"""Somebody lays two versions of a framework side by side, takes that along, follows one criterion."""

from __future__ import annotations

import io
import re
from html import unescape
from typing import Any

import openpyxl
import pytest

from survey.builder.shelves import FRAMEWORKS, add
from survey.db import db
from tests.questionnaires.comparison.framework_versions import SURVEY, field, leaf
from tests.survey.builder.draft_life import a_draft

BEFORE = (
    field("1", "Chỉ đạo, điều hành"),
    leaf("1.1", "Ban hành kế hoạch cải cách hành chính năm", 3),
    leaf("1.2", "Thực hiện chế độ báo cáo định kỳ", 2),
    leaf("1.3", "Sáng kiến hoặc giải pháp mới", 5, subject="innovation"),
    field("2", "Hiện đại hóa hành chính"),
    leaf("2.1", "Tỷ lệ hồ sơ nộp trực tuyến", 4),
    leaf("2.2", "Tiếp nhận hồ sơ qua dịch vụ bưu chính công ích", 6),
)
AFTER = (
    field("1", "Chỉ đạo, điều hành"),
    leaf("1.1", "Ban hành kế hoạch cải cách hành chính năm", 3),
    leaf("1.2", "Thực hiện chế độ báo cáo định kỳ", 1.5),
    leaf("1.3", "Đổi mới, sáng tạo trong triển khai nhiệm vụ CCHC", 5, subject="innovation"),
    leaf("1.4", "=Đối thoại của lãnh đạo tỉnh với người dân", 6.5),
    field("2", "Hiện đại hóa hành chính"),
    leaf("2.1", "Tỷ lệ hồ sơ nộp trực tuyến", 4, **SURVEY),
)


def written(number: str, *nodes: dict[str, Any], **more: Any) -> dict[str, Any]:
    decision = {"number": f"{number}/QĐ-UBND", "issuer": "UBND tỉnh", "date": f"{number}-12-01"}
    return {
        "code": "so",
        "version": number,
        "title": {"vi": f"Bộ chỉ số {number}"},
        "applies_to": ["so"],
        "decision": decision,
        "nodes": list(nodes),
        "scale": sum(node.get("max_points", 0) for node in nodes),
    } | more


@pytest.fixture
def versions(app) -> tuple[int, int]:
    with app.app_context():
        ids = [
            add(FRAMEWORKS, content)[0].id for content in (written("2021", *BEFORE), written("2022", *AFTER))
        ]
        db.session.commit()
    return ids[0], ids[1]


def words_of(page: str) -> str:
    """What a person reads, in one line."""
    return " ".join(unescape(re.sub(r"<[^>]*>", " ", page)).split())


def changes(page: str) -> str:
    """The part of the page that lists what changed, without what was kept."""
    return words_of(page[page.index('id="changes"') :].partition("<details")[0])


def test_what_was_dropped_renamed_added_and_weighed_otherwise_stands_side_by_side(client, sign_in, versions):
    sign_in("viewer")
    page = client.get(f"/frameworks/compare?before={versions[0]}&after={versions[1]}").text
    listed = changes(page)
    assert (
        "tất cả (5) đổi tên (1) thay đổi điểm (1) thay đổi cách đánh giá (1) bỏ (1) tăng thêm (1)" in listed
    )
    for words in (
        "đổi tên phiên bản 2021 1.3 Sáng kiến hoặc giải pháp mới Điểm: 5 "
        "phiên bản 2022 1.3 Đổi mới, sáng tạo trong triển khai nhiệm vụ CCHC Điểm: 5",
        "thay đổi điểm phiên bản 2021 1.2 Thực hiện chế độ báo cáo định kỳ Điểm: 2 "
        "phiên bản 2022 1.2 Thực hiện chế độ báo cáo định kỳ Điểm: 1,5",
        "bỏ phiên bản 2021 2.2 Tiếp nhận hồ sơ qua dịch vụ bưu chính công ích Điểm: 6 "
        "phiên bản 2022 không có",
        "phiên bản 2021 không có phiên bản 2022 1.4 =Đối thoại của lãnh đạo tỉnh với người dân Điểm: 6,5",
    ):
        assert words in listed, words
    assert "Ban hành kế hoạch" not in listed  # kept: folded away below
    assert "Ban hành kế hoạch" in words_of(page)


def test_fields_are_summed_on_both_sides(client, sign_in, versions):
    sign_in("analyst")
    page = words_of(client.get(f"/frameworks/compare?before={versions[0]}&after={versions[1]}").text)
    assert "Chỉ đạo, điều hành 10,00 → 16,00 0,00 3 → 4" in page  # 3 + 2 + 5; 3 + 1.5 + 5 + 6.5
    assert "Hiện đại hóa hành chính 10,00 → 4,00 0,00 → 4,00 2 → 1" in page


def test_one_kind_of_change_is_looked_at_alone(client, sign_in, versions):
    sign_in("planner")
    address = f"/frameworks/compare?before={versions[0]}&after={versions[1]}&kind=dropped"
    listed = changes(client.get(address).text)
    assert "bưu chính công ích" in listed
    assert "Sáng kiến" not in listed


def test_the_comparison_is_taken_along_as_a_workbook_that_computes_nothing(client, sign_in, versions):
    sign_in("viewer")
    answer = client.get(f"/frameworks/compare.xlsx?before={versions[0]}&after={versions[1]}")
    fields, criteria = openpyxl.load_workbook(io.BytesIO(answer.data)).worksheets
    rows = {row[6].value: row for row in criteria.iter_rows() if row[6].data_type == "s"}
    title = rows["=Đối thoại của lãnh đạo tỉnh với người dân"][6]
    assert title.data_type == "s"  # "f" would be a formula
    report = rows["Thực hiện chế độ báo cáo định kỳ"]
    assert (report[0].value, report[3].value, report[7].value) == ("thay đổi điểm", 2, 1.5)
    assert [cell.value for cell in fields[2]][:5] == ["Chỉ đạo, điều hành", 3, 4, 10, 16]


def test_a_draft_is_held_against_the_version_it_follows_without_being_asked(app, client, sign_in, versions):
    nodes = [node for node in AFTER if node["code"] != "1.4"]
    draft_id = a_draft(app, written("2023", *nodes, scale=20), "framework")
    sign_in("planner")
    page = client.get(f"/frameworks/compare?after=draft-{draft_id}").text
    listed = changes(page)
    assert "bỏ phiên bản 2022 1.4 =Đối thoại" in listed
    assert "bản thảo 2023 không có" in listed


def test_a_draft_that_lacks_nearly_everything_is_compared_as_far_as_it_goes(app, client, sign_in, versions):
    draft_id = a_draft(app, {"code": "so", "version": "x", "nodes": [{"code": "1"}, {}]}, "framework")
    sign_in("planner")
    assert client.get(f"/frameworks/compare?after=draft-{draft_id}").status_code == 200
    assert client.get(f"/frameworks/compare.xlsx?after=draft-{draft_id}").status_code == 200


def test_who_reviews_no_drafts_sees_none(app, client, sign_in, versions):
    draft_id = a_draft(app, written("2023", *AFTER), "framework")
    sign_in("unit_officer")
    assert "bản thảo" not in client.get("/frameworks/compare").text
    assert client.get(f"/frameworks/compare?after=draft-{draft_id}").status_code == 404
    assert client.get(f"/frameworks/compare?before={versions[0]}&after={versions[1]}").status_code == 200


@pytest.mark.parametrize("query", ["?before=999&after=1000", "?after=draft-x", "?after=../1"])
def test_what_is_not_there_cannot_be_compared(client, sign_in, versions, query):
    sign_in("planner")
    assert client.get(f"/frameworks/compare{query}").status_code == 404


def test_a_framework_that_replaces_one_of_another_code_is_held_against_it(app, client, sign_in, versions):
    content = written("2024", *AFTER, code="so-moi")
    content["decision"]["replaces"] = "Quyết định số 2022/QĐ-UBND ngày 01/12/2022"
    with app.app_context():
        after = add(FRAMEWORKS, content)[0].id
        db.session.commit()
    sign_in("viewer")
    page = client.get(f"/frameworks/compare?after={after}").text
    assert f'<option value="{versions[1]}" selected>' in page
    assert "Không có thay đổi" in changes(page)


def test_a_criterion_is_followed_over_the_years(client, sign_in, versions):
    sign_in("viewer")
    html = client.get("/frameworks/so/history?criterion=1.3").text  # as somebody types it
    assert '<option value="innovation" selected>' in html
    page = words_of(html)
    first, second = page.index("1.3 Sáng kiến hoặc giải pháp mới"), page.rindex("1.3 Đổi mới, sáng tạo")
    assert first < second < page.rindex("đổi tên")


def test_the_way_a_criterion_is_assessed_is_told_where_it_changed(client, sign_in, versions):
    sign_in("viewer")
    page = words_of(client.get("/frameworks/so/history?criterion=2.1").text)
    assert "thay đổi cách đánh giá" in page
    assert "tỷ lệ câu trả lời ở hai mức cao nhất" in page
    gone = words_of(client.get("/frameworks/so/history?criterion=2.2").text)
    assert "không có So với phiên bản trước bỏ" in gone


def test_no_history_of_what_never_was(client, sign_in, versions):
    sign_in("viewer")
    assert client.get("/frameworks/so/history").status_code == 200
    assert client.get("/frameworks/so/history?criterion=9.9").status_code == 404
    assert client.get("/frameworks/khac/history").status_code == 404
