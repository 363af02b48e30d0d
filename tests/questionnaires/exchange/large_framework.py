"""A made-up framework of nine fields and sixty leaves as a workbook; its wording is no decision's."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from tests.questionnaires.exchange.framework_books import HEADINGS, framework_book

MARK = "Nội dung giả định"
FIELDS = (
    ("Chỉ đạo điều hành", 10, 15),
    ("Thể chế", 6, 10),
    ("Thủ tục hành chính", 8, 15),
    ("Tổ chức bộ máy", 6, 10),
    ("Chế độ công vụ", 7, 10),
    ("Tài chính công", 6, 10),
    ("Chính quyền số", 7, 10),
    ("Dịch vụ công", 5, 10),
    ("Tác động", 5, 10),
)
"""Name, number of leaves (60 in all), points (100 in all)."""

SURVEYED = 2
"""Leaves of each field that a survey assesses: its last ones."""

CITIZENS = ("Người dân 100",)
GROUPS = ("Người dân 60; Doanh nghiệp 40", "Cán bộ công chức 70; Đại biểu HĐND 30")
RULES: tuple[dict[str, Any], ...] = (
    {"Cách tính điểm": "Tỷ lệ hài lòng (hai mức cao nhất)"},
    {"Cách tính điểm": "Tỷ lệ thuận", "Tỷ lệ lấy từ": "Điểm trung bình thang đo"},
    {
        "Cách tính điểm": "Theo ngưỡng",
        "Tỷ lệ lấy từ": "Tỷ lệ hài lòng (hai mức cao nhất)",
        "Đủ điểm từ (%)": 80,
    },
)


def large_framework(raters: Sequence[str] = GROUPS) -> bytes:
    """The workbook: three levels in the first field, two in the others; 18 leaves by survey.

    `raters`: the groups whose answers count, with their shares, which the surveyed leaves take in turn.
    """
    lines = [[line.get(heading, "") for heading in HEADINGS] for line in _lines(raters)]
    head = {
        "Mã bộ chỉ số": "gia-dinh-2025",
        "Phiên bản": "1",
        "Tên bộ chỉ số": f"Bộ chỉ số thử nghiệm ({MARK.lower()})",
        "Số quyết định": "000/QĐ-UBND (giả định)",
        "Cơ quan ban hành": "UBND tỉnh (giả định)",
        "Loại cơ quan": "so; ban",
    }
    ratings = [("Mã", "Tên", "Điều kiện"), ("tot", "Tốt", 80), ("kha", "Khá", 65), ("yeu", "Yếu", "< 65")]
    return framework_book(lines, head=head, **{"Xếp loại": ratings})


def _lines(raters: Sequence[str]) -> Iterator[dict[str, Any]]:
    for number, (name, leaves, points) in enumerate(FIELDS, start=1):
        yield {"Mã": str(number), "Tên tiêu chí": f"{name} ({MARK.lower()})", "Điểm tối đa": points}
        if number == 1:
            yield {"Mã": "1.11", "Tên tiêu chí": f"{MARK}: tiêu chí có thành phần", "Điểm tối đa": ""}
        for leaf in range(1, leaves + 1):
            yield _leaf(number, leaf, leaves, points, raters)


def _leaf(field: int, leaf: int, leaves: int, points: int, raters: Sequence[str]) -> dict[str, Any]:
    """Each of a field's leaves but the last has 1 point; the last has the rest."""
    code = f"1.11.{leaf}" if field == 1 and leaf <= 2 else f"{field}.{leaf}"
    line = {
        "Mã": code,
        "Tên tiêu chí": f"{MARK} {code}",
        "Điểm tối đa": points - (leaves - 1) if leaf == leaves else 1,
        "Đánh giá qua": "Tài liệu kiểm chứng",
    }
    if leaf <= leaves - SURVEYED:
        return line
    return line | {
        "Đánh giá qua": "Điều tra xã hội học",
        "Nhóm trả lời (%)": raters[leaf % len(raters)],
        **RULES[(field + leaf) % len(RULES)],
    }
