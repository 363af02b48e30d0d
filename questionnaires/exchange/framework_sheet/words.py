"""The words of the drop-down lists: how things are assessed, counted and combined."""

from __future__ import annotations

from questionnaires.exchange.framework_sheet.column import says
from questionnaires.exchange.framework_sheet.forms import Choice, one_of

ASSESSED_BY = one_of(
    Choice(
        "evidence",
        says("Tài liệu kiểm chứng", "Evidence"),
        ("tự đánh giá", "tự chấm", "tự chấm điểm", "thẩm định", "hồ sơ", "TLKC"),
    ),
    Choice(
        "survey",
        says("Điều tra xã hội học", "Survey"),
        ("ĐTXHH", "điều tra", "khảo sát", "XHH"),
    ),
    Choice("none", says("Không", "None"), ("-",)),
)
KIND = one_of(
    Choice("points", says("Điểm chuẩn", "Points"), ("điểm",)),
    Choice("bonus", says("Điểm cộng", "Bonus"), ("điểm thưởng", "cộng")),
    Choice("penalty", says("Điểm trừ", "Penalty"), ("trừ", "phạt")),
)
COMBINE = one_of(
    Choice("group_means", says("Trung bình các nhóm", "Mean of group means"), ("trung bình",)),
    Choice("pooled", says("Gộp chung các phiếu", "All forms together"), ("gộp chung", "gộp")),
)
BY_ANSWER = Choice(
    "option_weights",
    says("Tỷ lệ % từng phương án", "Percent of each answer"),
    ("phương án trả lời", "theo phương án trả lời", "trọng số phương án"),
)
TOP_TWO = Choice(
    "top2_share",
    says("Tỷ lệ hài lòng (hai mức cao nhất)", "Share satisfied (two best levels)"),
    ("tỷ lệ hài lòng", "hai mức cao nhất", "top-2", "top 2"),
)
MEAN_LEVEL = Choice(
    "scaled_mean",
    says("Điểm trung bình thang đo", "Mean level of the scale"),
    ("điểm trung bình", "trung bình thang đo", "trung bình", "scaled mean"),
)
RULE = one_of(
    BY_ANSWER,
    TOP_TWO,
    MEAN_LEVEL,
    Choice("linear", says("Tỷ lệ thuận", "In proportion"), ("tuyến tính", "theo tỷ lệ")),
    Choice("thresholds", says("Theo ngưỡng", "By thresholds"), ("ngưỡng",)),
    Choice("bands", says("Theo mức", "By levels"), ("theo khung", "mức", "levels")),
)
READING = one_of(
    BY_ANSWER,
    TOP_TWO,
    MEAN_LEVEL,
    Choice("fact", says("Số liệu của cơ quan", "Figure of the unit"), ("số liệu", "figure")),
)
ORIGIN = one_of(
    Choice("zero", says("Mức thấp nhất được 0%", "Worst level gives 0%"), ("0", "từ 0")),
    Choice("one", says("Mức thấp nhất được 1/k", "Worst level gives 1/k"), ("1", "từ 1", "1/k")),
)
BETWEEN = one_of(
    Choice("ratio", says("Theo tỷ lệ đạt", "In proportion"), ("theo tỷ lệ", "tỷ lệ")),
    Choice("interpolate", says("Tăng đều từ 0", "Rising from none"), ("nội suy", "tăng đều")),
)
