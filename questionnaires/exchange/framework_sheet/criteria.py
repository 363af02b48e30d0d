"""The columns of the sheet of criteria, in their order."""

from __future__ import annotations

from questionnaires.exchange.framework_sheet.column import Column, says
from questionnaires.exchange.framework_sheet.forms import POINTS, UNIT_TYPES, YES_NO
from questionnaires.exchange.framework_sheet.lists import GROUP_WEIGHTS_FORM
from questionnaires.exchange.framework_sheet.rule_columns import RULE_COLUMNS
from questionnaires.exchange.framework_sheet.words import ASSESSED_BY, COMBINE, KIND

CODE = Column(
    "code",
    says("Mã", "Code"),
    says(
        "Mã của tiêu chí, mỗi mã một lần: 1, 1.1, 1.1.2 (hoặc I, 1, a). Mã cho biết tiêu chí thuộc đâu. "
        "Để ô ở dạng văn bản để 1.10 không thành 1.1.",
        "The criterion's code, each used once: 1, 1.1, 1.1.2 (or I, 1, a). It tells what belongs where. "
        "Keep the cells as text, so that 1.10 does not become 1.1.",
    ),
    width=10,
    also=("Mã tiêu chí", "Mã số", "Số thứ tự", "STT", "TT", "No.", "Criterion code"),
)
PARENT = Column(
    "parent",
    says("Thuộc mã", "Under"),
    says(
        "Mã của lĩnh vực hoặc tiêu chí cấp trên; lĩnh vực ghi “-”. Bỏ trống cả cột nếu mã hoặc "
        "thụt lề của tên đã cho biết.",
        "Code of the field or criterion above; “-” for a field. Leave the whole column empty if the codes or "
        "the indents of the titles tell it.",
    ),
    width=10,
    also=("Mã cấp trên", "Tiêu chí cha", "Mã cha", "Parent", "Parent code"),
)
TITLE = Column(
    "title",
    says("Tên tiêu chí", "Title"),
    says(
        "Tên lĩnh vực, tiêu chí, tiêu chí thành phần.",
        "Title of the field, criterion or component criterion.",
    ),
    width=60,
    also=(
        "Tiêu chí",
        "Tên",
        "Nội dung",
        "Lĩnh vực/Tiêu chí/Tiêu chí thành phần",
        "Lĩnh vực, tiêu chí",
        "Criterion",
    ),
    by_language=True,
    needed=True,
)
MAX_POINTS = Column(
    "max_points",
    says("Điểm tối đa", "Max points"),
    says(
        "Số trên 0, ví dụ 1,5. Dòng có tiêu chí con: tổng điểm các con, hoặc bỏ trống để tự cộng.",
        "A number above 0, such as 1,5. With parts: their sum, or empty to have it added up.",
    ),
    POINTS,
    10,
    ("Điểm chuẩn", "Thang điểm", "Điểm", "Points", "Points at most"),
    needed=True,
)
CRITERIA = (
    CODE,
    PARENT,
    TITLE,
    MAX_POINTS,
    Column(
        "assessed_by",
        says("Đánh giá qua", "Assessed by"),
        says(
            "Chỉ ghi ở tiêu chí không còn tiêu chí con: Tài liệu kiểm chứng, hoặc Điều tra xã hội học.",
            "Only where a criterion has no parts: Evidence, or Survey.",
        ),
        ASSESSED_BY,
        20,
        ("Hình thức đánh giá", "Phương pháp đánh giá", "Cách đánh giá"),
    ),
    Column(
        "groups",
        says("Nhóm trả lời (%)", "Groups (%)"),
        says(
            "Các nhóm được hỏi và trọng số, cộng lại bằng 100: Người dân 60; Doanh nghiệp 40. "
            "Có: Người dân, Doanh nghiệp, Cán bộ công chức, Đại biểu HĐND, Lãnh đạo.",
            "Who is asked, with weights that add up to 100: Citizens 60; Businesses 40. "
            "There are: Citizens, Businesses, Officials, Deputies, Leaders.",
        ),
        GROUP_WEIGHTS_FORM,
        28,
        ("Nhóm trả lời", "Đối tượng khảo sát", "Đối tượng điều tra", "Groups"),
    ),
    Column(
        "combine",
        says("Gộp các nhóm", "Combine groups"),
        says(
            "Trung bình các nhóm theo trọng số (khi bỏ trống), hoặc gộp chung các phiếu.",
            "The weighted mean of the groups' means (if left empty), or all forms together.",
        ),
        COMBINE,
        20,
    ),
    *RULE_COLUMNS,
    Column(
        "evidence",
        says("Tài liệu cần có", "Evidence asked"),
        says("Tài liệu mà đơn vị gửi kèm điểm tự chấm.", "What units send with their self-score."),
        width=40,
        also=("Tài liệu kiểm chứng", "Hồ sơ kiểm chứng", "Evidence"),
        by_language=True,
    ),
    Column(
        "in_charge",
        says("Cơ quan phụ trách", "Field in charge"),
        says("Cơ quan thẩm định tiêu chí này.", "The department that appraises the criterion."),
        width=24,
        also=("Cơ quan thẩm định", "Cơ quan chủ trì", "Phụ trách", "In charge"),
    ),
    Column(
        "kind",
        says("Loại điểm", "Kind"),
        says(
            "Điểm chuẩn (khi bỏ trống), điểm cộng hoặc điểm trừ; điểm tối đa là mức trần.",
            "Points (if left empty), bonus or penalty; the max points are their cap.",
        ),
        KIND,
        14,
    ),
    Column(
        "applies_to",
        says("Chỉ áp dụng cho", "Applies to"),
        says(
            "Loại cơ quan, nếu không áp dụng cho tất cả: so; ban.",
            "Types of unit, where the criterion does not apply to all: so; ban.",
        ),
        UNIT_TYPES,
        18,
        ("Áp dụng cho",),
    ),
    Column(
        "subject",
        says("Mã nội dung", "Subject"),
        says(
            "Mã giữ nguyên qua các năm để so sánh, ví dụ hai_long_chung.",
            "A code kept over the years for comparison, such as overall_satisfaction.",
        ),
        width=20,
        also=("Chủ đề",),
    ),
    Column(
        "illustrative",
        says("Minh họa", "Illustrative"),
        says(
            "Có: tên hoặc điểm chưa phải của quyết định.",
            "Yes: wording or points are not the decision's own.",
        ),
        YES_NO,
        10,
    ),
)
