"""Small frameworks of several versions, for the tests of comparison."""

from typing import Any

from questionnaires import parse_framework
from questionnaires.framework import Framework

SURVEY = {"assessed_by": "survey", "rule": {"name": "top2_share"}, "groups": {"citizen": 1}}


def field(code: str, title: str) -> dict[str, Any]:
    return {"code": code, "title": {"vi": title}}


def leaf(code: str, title: str, points: float, **more: Any) -> dict[str, Any]:
    """A leaf below the part of its code before the last dot."""
    table = {"code": code, "parent": code.rpartition(".")[0], "title": {"vi": title}, "max_points": points}
    return {**table, "assessed_by": "evidence", **more}


def version(*nodes: dict[str, Any], name: str = "1", date: str | None = None, **more: Any) -> Framework:
    """A framework with these nodes, its scale whatever they add up to."""
    decision = {"number": f"{name}/QĐ-UBND", "issuer": "UBND tỉnh"} | ({"date": date} if date else {})
    table = {
        "code": "so",
        "version": name,
        "title": {"vi": "Bộ chỉ số"},
        "applies_to": ["so", "ban"],
        "decision": decision,
        "nodes": list(nodes),
        "scale": sum(node.get("max_points", 0) for node in nodes),
    }
    return parse_framework(table | more)


def earlier() -> Framework:
    return version(
        field("1", "Chỉ đạo, điều hành"),
        leaf("1.1", "Ban hành kế hoạch cải cách hành chính năm", 3),
        leaf("1.2", "Thực hiện chế độ báo cáo định kỳ", 2),
        leaf("1.3", "Sáng kiến hoặc giải pháp mới", 5, subject="innovation"),
        field("2", "Hiện đại hóa hành chính"),
        leaf("2.1", "Tỷ lệ hồ sơ nộp trực tuyến", 4),
        leaf("2.2", "Tỷ lệ thanh toán trực tuyến", 4),
        leaf("2.3", "Tiếp nhận hồ sơ qua dịch vụ bưu chính công ích", 2),
        leaf("2.4", "Sự hài lòng của người dân", 10, **SURVEY),
        name="2021",
        date="2021-12-01",
    )


def later() -> Framework:
    """A criterion is put before the plan, so that codes shift; the second field gets another name."""
    return version(
        field("1", "Chỉ đạo, điều hành"),
        leaf("1.1", "Đối thoại của lãnh đạo tỉnh với người dân, doanh nghiệp", 1),
        leaf("1.2", "Ban hành kế hoạch cải cách hành chính năm", 3),
        leaf("1.3", "Thực hiện chế độ báo cáo cải cách định kỳ", 2.5),
        leaf("1.4", "Đổi mới, sáng tạo trong triển khai nhiệm vụ CCHC", 4, subject="innovation"),
        leaf(
            "1.5", "Sự hài lòng của người dân", 10, **SURVEY | {"groups": {"citizen": 0.5, "business": 0.5}}
        ),
        field("2", "Xây dựng Chính quyền điện tử, Chính quyền số"),
        leaf("2.1", "Tỷ lệ hồ sơ nộp trực tuyến", 4),
        leaf("2.2", "Tỷ lệ thanh toán trực tuyến", 4, **SURVEY),
        name="2022",
        date="2022-12-20",
    )
