"""A small framework to write on, whose every sum is worked by hand in the tests."""

from __future__ import annotations

from typing import Any

from tests.survey.builder.draft_life import a_draft


def small_framework(**changes: Any) -> dict[str, Any]:
    """Two fields, 60 and 40 points; the first with a criterion by evidence, one by survey, one split."""
    return {
        "code": "bo-chi-so",
        "version": "2026",
        "title": {"vi": "Bộ chỉ số thử", "en": "Trial index"},
        "decision": {"number": "12/QĐ-UBND", "issuer": "UBND tỉnh", "date": "2026-01-15"},
        "applies_to": ["so", "xa"],
        "nodes": [
            {"code": "1", "title": {"vi": "Chỉ đạo"}, "max_points": 60},
            node("1.1", "1", "Kế hoạch", 10, assessed_by="evidence"),
            node(
                "1.2",
                "1",
                "Hài lòng",
                5,
                assessed_by="survey",
                subject="satisfaction",
                groups={"citizen": 0.6, "business": 0.4},
                rule={"name": "top2_share"},
            ),
            node("1.3", "1", "Hồ sơ", 45),
            node("1.3.1", "1.3", "Đúng hạn", 20, assessed_by="evidence"),
            node("1.3.2", "1.3", "Trực tuyến", 25, assessed_by="evidence"),
            {"code": "2", "title": {"vi": "Thể chế"}, "max_points": 40},
            node("2.1", "2", "Văn bản", 40, assessed_by="evidence"),
        ],
        "bands": [{"code": "tot", "title": {"vi": "Tốt"}, "when": "${index} >= 80 and ${field_1} >= 70"}],
        "ranking_groups": [
            {"code": "so", "title": {"vi": "Các sở"}},
            {"code": "khac", "title": {"vi": "Đơn vị khác"}, "ranked": False},
        ],
        **changes,
    }


def node(code: str, parent: str, title: str, points: float, **further: Any) -> dict[str, Any]:
    return {"code": code, "parent": parent, "title": {"vi": title}, "max_points": points, **further}


def a_framework_draft(app, **changes: Any) -> int:
    return a_draft(app, small_framework(**changes), "framework")


def nodes_of(content: dict[str, Any]) -> dict[str, dict[str, Any]]:
    return {each["code"]: each for each in content["nodes"]}
