"""The columns of the table that scores travel in, under their Vietnamese or their English headings."""

from __future__ import annotations

from dataclasses import dataclass

from questionnaires.sheets import Sheet


@dataclass(frozen=True)
class TableColumn:
    """`width` in characters; `needed` where a table without it cannot be read."""

    name: str
    vi: str
    en: str
    width: int
    needed: bool = False

    def heading(self, language: str) -> str:
        return self.en if language == "en" else self.vi


TABLE = (
    TableColumn("unit", "Mã đơn vị", "Unit code", 14, needed=True),
    TableColumn("unit_name", "Đơn vị", "Unit", 28),
    TableColumn("criterion", "Mã tiêu chí", "Criterion code", 12, needed=True),
    TableColumn("title", "Tiêu chí", "Criterion", 50),
    TableColumn("max_points", "Điểm tối đa", "Points at most", 10),
    TableColumn("self_score", "Điểm tự chấm", "Self-score", 10),
    TableColumn("evidence", "Tài liệu kiểm chứng", "Evidence", 40),
    TableColumn("appraised", "Điểm thẩm định", "Appraised points", 10),
    TableColumn("appraisal_note", "Ý kiến thẩm định", "Note of the appraisal", 40),
    TableColumn("explanation", "Giải trình", "Explanation", 40),
    TableColumn("applicable", "Áp dụng", "Applies", 10),
    TableColumn("inapplicable_reason", "Lý do không áp dụng", "Why it does not apply", 40),
    TableColumn("revision", "Lần sửa", "Revision", 8),
)
YES, NO = {"vi": "Có", "en": "Yes"}, {"vi": "Không", "en": "No"}


def headings(language: str) -> dict[str, str]:
    """Column → its heading."""
    return {column.name: column.heading(language) for column in TABLE}


def language_of(sheet: Sheet) -> str:
    """The language in which more of the sheet's headings are ours; Vietnamese where it is a draw."""
    return max(("vi", "en"), key=lambda language: len(set(sheet.header) & set(headings(language).values())))
