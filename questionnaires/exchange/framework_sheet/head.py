"""The sheet of what is said once: a line for the code, the decision and each setting of the framework."""

from __future__ import annotations

from questionnaires.exchange.framework_sheet.column import Column, says
from questionnaires.exchange.framework_sheet.forms import (
    DATE,
    NUMBER,
    UNIT_TYPES,
    WHOLE,
    YES_NO,
    Choice,
    one_of,
)

TIE = one_of(
    Choice("shared", says("Đồng hạng", "Shared rank"), ("đồng hạng nhau", "cùng hạng")),
    Choice("criterion", says("Theo tiêu chí", "By a criterion"), ("xét tiêu chí",)),
)
HEAD_NAME = says("Thông tin chung", "Framework")
ITEM = Column(
    "item",
    says("Mục", "Item"),
    says("Không sửa cột này.", "Leave this column as it is."),
    width=34,
    needed=True,
)
VALUE = Column(
    "value",
    says("Nội dung", "Value"),
    says("Ghi vào cột này.", "Write in this column."),
    width=60,
    needed=True,
)
ADVICE = Column(
    "advice",
    says("Cách ghi", "How to write it"),
    says("Chỉ để hướng dẫn, không được đọc.", "For guidance only; it is not read."),
    width=70,
)

HEAD = (
    Column(
        "code",
        says("Mã bộ chỉ số", "Code"),
        says("Chữ không dấu, số, gạch nối: so-nganh-2025.", "Letters without marks, digits: so-2025."),
    ),
    Column("version", says("Phiên bản", "Version"), says("Ví dụ: 1.", "Such as 1.")),
    Column(
        "title",
        says("Tên bộ chỉ số", "Title"),
        says("Ví dụ: Bộ chỉ số cải cách hành chính cấp sở.", "Such as: PAR Index of the departments."),
        by_language=True,
    ),
    Column(
        "decision.number",
        says("Số quyết định", "Decision number"),
        says("Ví dụ: 12/QĐ-UBND.", "Such as 12/QĐ-UBND."),
    ),
    Column(
        "decision.issuer",
        says("Cơ quan ban hành", "Issuer"),
        says("Ví dụ: UBND tỉnh.", "Such as UBND tỉnh."),
    ),
    Column(
        "decision.date",
        says("Ngày ban hành", "Date"),
        says("Ngày/tháng/năm: 20/12/2025. Có thể bỏ trống.", "Day/month/year: 20/12/2025. May stay empty."),
        DATE,
    ),
    Column(
        "decision.replaces",
        says("Thay thế quyết định", "Replaces"),
        says(
            "Số quyết định bị thay thế, nếu có.",
            "Number of the decision replaced, if any.",
        ),
    ),
    Column(
        "decision.source",
        says("Nguồn", "Source"),
        says("Văn bản lấy từ đâu. Có thể bỏ trống.", "Where the text comes from. May stay empty."),
    ),
    Column(
        "applies_to",
        says("Loại cơ quan", "Unit types"),
        says("Các loại cơ quan được đánh giá: so; ban; xa.", "The types of unit assessed: so; ban; xa."),
        UNIT_TYPES,
    ),
    Column(
        "scale",
        says("Thang điểm", "Scale"),
        says("Tổng điểm; 100 khi bỏ trống.", "The total; 100 if empty."),
        NUMBER,
    ),
    Column(
        "survey_optional",
        says("Điều tra xã hội học không bắt buộc", "Survey optional"),
        says("Có hoặc Không (khi bỏ trống).", "Yes, or No (if left empty)."),
        YES_NO,
    ),
    Column(
        "tie.rule",
        says("Khi bằng điểm", "Ties"),
        says("Đồng hạng (khi bỏ trống), Theo tiêu chí.", "Shared rank (if left empty) or By a criterion."),
        TIE,
    ),
    Column(
        "tie.criterion",
        says("Tiêu chí xét khi bằng điểm", "Criterion that decides ties"),
        says("Mã tiêu chí, chỉ khi chọn Theo tiêu chí.", "A criterion's code, only with By a criterion."),
    ),
    Column(
        "decimals",
        says("Số chữ số thập phân", "Decimals"),
        says("Từ 0 đến 6; 2 khi bỏ trống.", "From 0 to 6; 2 if left empty."),
        WHOLE,
    ),
    Column(
        "notes",
        says("Ghi chú", "Notes"),
        says("Có thể bỏ trống.", "May stay empty."),
        by_language=True,
    ),
)
