"""Workbooks with a framework as offices fill them in: rows of plain values under headings."""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from typing import Any

import xlsxwriter

from questionnaires.exchange.framework_sheet import is_header, read_framework_sheet
from questionnaires.sheets import SheetFault, SheetsRefused, read_sheets

Rows = Sequence[Sequence[Any]]

HEAD = {
    "Mã bộ chỉ số": "so-2025",
    "Phiên bản": "1",
    "Tên bộ chỉ số": "Bộ chỉ số (ví dụ)",
    "Số quyết định": "12/QĐ-UBND",
    "Cơ quan ban hành": "UBND tỉnh",
    "Loại cơ quan": "so; ban",
}
HEADINGS = (
    "Mã",
    "Tên tiêu chí",
    "Điểm tối đa",
    "Đánh giá qua",
    "Nhóm trả lời (%)",
    "Cách tính điểm",
    "Đủ điểm từ (%)",
    "Tỷ lệ lấy từ",
)
SURVEY = ("Điều tra xã hội học", "Người dân 60; Doanh nghiệp 40")
CRITERIA = (
    ("1", "Lĩnh vực một", 60),
    ("1.1", "Kế hoạch", 40, "Tài liệu kiểm chứng"),
    ("1.2", "Hài lòng", 20, *SURVEY, "Tỷ lệ hài lòng (hai mức cao nhất)"),
    ("2", "Lĩnh vực hai", 40),
    ("2.1", "Thời hạn", 40, *SURVEY, "Theo ngưỡng", 80, "Điểm trung bình thang đo"),
)


def head_rows(lines: Mapping[str, Any] = HEAD) -> Rows:
    return [("Mục", "Nội dung"), *lines.items()]


def book(sheets: Mapping[str, Rows], indents: Mapping[tuple[int, int], int] | None = None) -> bytes:
    """`indents`: (row, column), counted from 1, of the first sheet → steps of its cell's own indent."""
    file = io.BytesIO()
    with xlsxwriter.Workbook(file, {"strings_to_formulas": False}) as made:
        for name, rows in sheets.items():
            sheet = made.add_worksheet(name)
            for place, row in enumerate(rows):
                sheet.write_row(place, 0, row)
        for (row, column), steps in (indents or {}).items():
            first = made.worksheets()[0]
            text = next(iter(sheets.values()))[row - 1][column - 1]
            first.write(row - 1, column - 1, text, made.add_format({"indent": steps}))
    return file.getvalue()


def framework_book(
    criteria: Rows = CRITERIA,
    headings: Sequence[str] = HEADINGS,
    head: Mapping[str, Any] = HEAD,
    indents: Mapping[tuple[int, int], int] | None = None,
    **further: Rows,
) -> bytes:
    """A workbook with the sheets of criteria and of the head, and further ones by their names."""
    sheets = {"Tiêu chí": [headings, *criteria], "Thông tin chung": head_rows(head), **further}
    return book(sheets, indents)


def with_cell(row: int, heading: str, value: Any) -> Rows:
    """The criteria with one cell changed; rows as the spreadsheet numbers them."""
    changed = [[*line, *[""] * (len(HEADINGS) - len(line))] for line in CRITERIA]
    changed[row - 2][HEADINGS.index(heading)] = value
    return changed


def definition_of(content: bytes) -> dict[str, Any]:
    return read_framework_sheet(read_sheets(io.BytesIO(content), indents=True, is_header=is_header))


def faults_of(content: bytes) -> list[SheetFault]:
    """What the reader is told; nothing where the workbook is accepted."""
    try:
        definition_of(content)
    except SheetsRefused as refused:
        return list(refused.faults)
    return []


def told(content: bytes) -> list[str]:
    """Each fault as "sheet cell: sentence"; a fault of a whole row or column shows just that."""
    return [
        f"{fault.sheet} {fault.letter}{fault.row or ''}: {fault.sentence()}" for fault in faults_of(content)
    ]


def tree(content: bytes) -> dict[str, str | None]:
    """Code → code of the parent."""
    return {node["code"]: node.get("parent") for node in definition_of(content)["nodes"]}
