"""The columns that say how answers become points: the rule's name and each of its parameters."""

from __future__ import annotations

from questionnaires.exchange.framework_sheet.column import Column, says
from questionnaires.exchange.framework_sheet.forms import PERCENT
from questionnaires.exchange.framework_sheet.lists import ANSWER_WEIGHTS, LEVELS
from questionnaires.exchange.framework_sheet.words import BETWEEN, ORIGIN, READING, RULE

RULE_COLUMNS = (
    Column(
        "rule.name",
        says("Cách tính điểm", "Rule"),
        says(
            "Cách đổi câu trả lời thành điểm; bắt buộc nếu đánh giá qua điều tra. Chọn trong danh sách.",
            "How answers become points; needed where a survey assesses. Pick from the list.",
        ),
        RULE,
        26,
        ("Quy tắc", "Quy tắc tính điểm", "Phương pháp tính điểm"),
    ),
    Column(
        "rule.of",
        says("Tỷ lệ lấy từ", "Rate taken from"),
        says(
            "Chỉ với cách tính Tỷ lệ thuận, Theo ngưỡng, Theo mức: lấy tỷ lệ từ đâu. Chọn trong danh sách.",
            "Only for In proportion, By thresholds and By levels: whence the rate. Pick from the list.",
        ),
        READING,
        26,
        ("Căn cứ tính",),
    ),
    Column(
        "rule.weights",
        says("% từng phương án", "Percent of answers"),
        says(
            "Mã mỗi phương án trả lời và số % điểm của nó: tot = 100; kha = 60; kem = 0.",
            "The code of each answer and the percentage it is worth: good = 100; fair = 60; poor = 0.",
        ),
        ANSWER_WEIGHTS,
        28,
    ),
    Column(
        "rule.origin",
        says("Gốc thang đo", "Start of the scale"),
        says(
            "Với điểm trung bình thang đo k mức: mức thấp nhất được 0% (khi bỏ trống) hay 1/k.",
            "For the mean level of a scale of k levels: the worst gives 0% (if left empty) or 1/k.",
        ),
        ORIGIN,
        20,
    ),
    Column(
        "rule.fact",
        says("Mã số liệu", "Code of the figure"),
        says(
            "Khi tỷ lệ lấy từ số liệu của cơ quan: mã số liệu, ví dụ ho_so_dung_han.",
            "Where the rate is a figure of the unit: its code, such as dossiers_in_time.",
        ),
        width=18,
    ),
    Column(
        "rule.full",
        says("Đủ điểm từ (%)", "Full points from (%)"),
        says(
            "Theo ngưỡng: từ tỷ lệ này được đủ điểm. Ghi 80.",
            "By thresholds: full points from here. Write 80.",
        ),
        PERCENT,
        12,
    ),
    Column(
        "rule.zero",
        says("0 điểm dưới (%)", "No points below (%)"),
        says(
            "Theo ngưỡng: dưới tỷ lệ này được 0 điểm; bỏ trống là 0. Ghi 50.",
            "By thresholds: no points below; 0 if left empty. Write 50.",
        ),
        PERCENT,
        12,
        ("Không điểm dưới (%)",),
    ),
    Column(
        "rule.between",
        says("Giữa hai ngưỡng", "Between thresholds"),
        says(
            "Theo tỷ lệ đạt (khi bỏ trống): tỷ lệ chia cho ngưỡng đủ điểm. Tăng đều: từ 0 đến đủ điểm.",
            "In proportion (if left empty): the rate over the upper threshold. Rising: from 0 to full.",
        ),
        BETWEEN,
        18,
    ),
    Column(
        "rule.levels",
        says("Các mức (%: điểm)", "Levels (%: points)"),
        says(
            "Theo mức, từ cao xuống thấp: 85: 2; 75: 1,5; 65: 1 nghĩa là từ 85% được 2 điểm.",
            "By levels, from the best down: 85: 2; 75: 1,5; 65: 1 means 2 points from 85 % on.",
        ),
        LEVELS,
        28,
        ("Các mức",),
    ),
)
