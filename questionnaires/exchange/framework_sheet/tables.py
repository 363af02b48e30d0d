"""The sheets that list things: criteria, ratings, ranking groups, changes."""

from __future__ import annotations

from dataclasses import dataclass

from questionnaires.exchange.framework_sheet.column import Column, says
from questionnaires.exchange.framework_sheet.criteria import CRITERIA
from questionnaires.exchange.framework_sheet.forms import (
    CONDITION,
    YES_NO,
    Choice,
    one_of,
)
from questionnaires.faults import Words


@dataclass(frozen=True, eq=False)
class SheetKind:
    """A sheet of the workbook; each of its rows is an entry of the list `key` of the definition."""

    key: str
    name: Words
    columns: tuple[Column, ...]
    also: tuple[str, ...] = ()


CHANGE = one_of(
    Choice("dropped", says("Bỏ", "Dropped"), ("bãi bỏ", "lược bỏ")),
    Choice("renamed", says("Đổi tên", "Renamed"), ("sửa tên",)),
    Choice("added", says("Bổ sung", "Added"), ("thêm", "tăng", "mới")),
)

CRITERIA_SHEET = SheetKind("nodes", says("Tiêu chí", "Criteria"), CRITERIA, ("Bộ tiêu chí", "Bộ chỉ số"))

_TITLE = Column(
    "title",
    says("Tên", "Title"),
    says("Tên như sẽ công bố.", "The words to be published."),
    width=48,
    by_language=True,
    needed=True,
)
RATINGS = SheetKind(
    "bands",
    says("Xếp loại", "Ratings"),
    (
        Column(
            "code",
            says("Mã", "Code"),
            says("Chữ thường không dấu: tot, kha.", "Small letters without marks: good, fair."),
            width=18,
            needed=True,
        ),
        _TITLE,
        Column(
            "when",
            says("Điều kiện", "Condition"),
            says(
                "Xét lần lượt từ trên xuống. Ghi 90 (chỉ số từ 90%), hoặc: "
                "${index} >= 90 and ${lowest_field} >= 70.",
                "Tried from the top down. Write 90 (index from 90 %), or: "
                "${index} >= 90 and ${lowest_field} >= 70.",
            ),
            CONDITION,
            60,
            needed=True,
        ),
    ),
    ("Xếp loại kết quả", "Bands"),
)
RANKING = SheetKind(
    "ranking_groups",
    says("Nhóm xếp hạng", "Ranking groups"),
    (
        Column(
            "code",
            says("Mã", "Code"),
            says("Chữ thường không dấu: so-nganh.", "Small letters without marks: so-nganh."),
            width=18,
            needed=True,
        ),
        _TITLE,
        Column(
            "ranked",
            says("Có xếp hạng", "Ranked"),
            says("Có (khi bỏ trống) hoặc Không.", "Yes (if left empty) or No."),
            YES_NO,
            14,
        ),
    ),
)
CHANGES = SheetKind(
    "changes",
    says("Thay đổi", "Changes"),
    (
        Column(
            "kind",
            says("Thay đổi", "Change"),
            says("So với bộ trước: Bỏ, Đổi tên, Bổ sung.", "Dropped, Renamed or Added."),
            CHANGE,
            14,
            needed=True,
        ),
        Column(
            "before",
            says("Tên cũ", "Before"),
            says("Tên trong bộ trước.", "The title in the set before."),
            width=60,
            by_language=True,
        ),
        Column(
            "after",
            says("Tên mới", "After"),
            says("Tên trong bộ này.", "The title in this set."),
            width=60,
            by_language=True,
        ),
        Column(
            "code",
            says("Mã", "Code"),
            says(
                "Mã tiêu chí trong bộ này, nếu có.",
                "The criterion's code in this set, if any.",
            ),
            width=12,
        ),
    ),
)
FURTHER = (RATINGS, RANKING, CHANGES)
