"""A small draft the tests of framework editing work on, and short ways to look at one."""

from typing import Any


def leaf(code: str, parent: str, points: float, **more: Any) -> dict[str, Any]:
    table = {"code": code, "parent": parent, "title": {"vi": f"Tiêu chí {code}"}, "max_points": points}
    return {**table, "assessed_by": "evidence", **more}


def draft() -> dict[str, Any]:
    """Two fields of 60 + 40 points; 2.1 is rated by survey, and bands, tie and changes name nodes."""
    rated = {
        "assessed_by": "survey",
        "rule": {"name": "top2_share"},
        "groups": {"citizen": 0.6, "official": 0.4},
        "subject": "satisfaction",
    }
    return {
        "code": "so",
        "version": "2024",
        "title": {"vi": "Bộ chỉ số"},
        "applies_to": ["so", "ban"],
        "decision": {"number": "12/QĐ-UBND", "issuer": "UBND tỉnh", "date": "2024-12-20"},
        "nodes": [
            {"code": "1", "title": {"vi": "Chỉ đạo"}},
            {"code": "1.1", "parent": "1", "title": {"vi": "Kế hoạch"}},
            leaf("1.1.1", "1.1", 20),
            leaf("1.1.2", "1.1", 10),
            leaf("1.2", "1", 30),
            {"code": "2", "title": {"vi": "Thủ tục"}, "max_points": 40},
            leaf("2.1", "2", 10, **rated),
            leaf("2.2", "2", 30),
        ],
        "bands": [
            {"code": "a", "title": {"vi": "Tốt"}, "when": "${index} >= 90 and ${ field_1 } >= 80"},
            {"code": "b", "title": {"vi": "Khá"}, "when": "${field_2} > 0 or '${field_1}' = ${late}"},
        ],
        "tie": {"rule": "criterion", "criterion": "2.1"},
        "changes": [
            {"kind": "renamed", "before": {"vi": "Cũ"}, "after": {"vi": "Tiêu chí 1.2"}, "code": "1.2"},
            {"kind": "added", "after": {"vi": "Tiêu chí 2.2"}, "code": "2.2"},
            {"kind": "dropped", "before": {"vi": "Bỏ"}, "code": "2.1"},
        ],
    }


def codes(definition: dict[str, Any]) -> list[str]:
    return [node["code"] for node in definition["nodes"]]


def tree(definition: dict[str, Any]) -> list[tuple[str, str | None]]:
    return [(node["code"], node.get("parent")) for node in definition["nodes"]]


def node(definition: dict[str, Any], code: str) -> dict[str, Any]:
    return next(node for node in definition["nodes"] if node["code"] == code)
