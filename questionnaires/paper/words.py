"""What a printed form says of its own, beside the questionnaire's words, in the questionnaire's language."""

from __future__ import annotations

from collections.abc import Callable

from questionnaires.printing.words import VIETNAMESE as COPY_VIETNAMESE

NUMBER = "Form No."
PAGE = "Page %(page)s/%(pages)s"
EDITION = "Form %(code)s, version %(version)s, layout %(layout)s"
ILLUSTRATIVE = "Illustrative wording, not an official text"

UNIT = "Unit"
COMMUNE = "Commune"
ENUMERATOR = "Enumerator"
BATCH = "Batch"

SYNTHETIC = "Example with synthetic data: it says nothing about any real agency or person."
ASKER = "Asked by: %(asker)s."
PURPOSE = "Purpose: %(purpose)s."
LEGAL_BASIS = "Legal basis: %(basis)s."
VOLUNTARY = "Answering is voluntary: you may leave out any question, or stop at any time."
MAY_STOP = "You may leave out any question, or stop at any time."
VOLUNTARILY = {"vi": "tự nguyện", "en": "voluntary"}
"""By which it is seen that a text says it, by language."""
KEEP_UNTIL = "Completed forms are kept until %(day)s and then destroyed."
CONTACT = "Questions: %(contact)s."

HOW_TO_FILL = "How to fill in:"
FILL = "Fill the circle or square of your answer completely with a dark pen:"
TAKE_BACK = "To take a mark back, draw a cross over it that goes well beyond its edge, then fill another:"
NEEDED = "* Please do not leave this question out."
MARK_SEVERAL = "Squares (☐): mark one answer or more."
ONE_A_RANK = "Fill one square in each column: 1 for your first choice, 2 for the next, and so on."
ONE_A_CELL = "one digit in each box"
ONE_SIGN_A_CELL = "one digit or comma in each box"
DAY = "day / month / year"

COVER = "Cover list of printed forms"
COUNT = "Forms"
COUNTED = "%(count)s, No. %(first)s to %(last)s"
ISSUED, RETURNED, REFUSED, SPOILED, LOST = "Issued", "Returned", "Refused", "Spoiled", "Lost"
PRINTED_ON = "Printed on"
SIGNATURE, NOTES = "Signature", "Notes"

VIETNAMESE = COPY_VIETNAMESE | {
    NUMBER: "Số phiếu",
    PAGE: "Trang %(page)s/%(pages)s",
    EDITION: "Mẫu phiếu %(code)s, phiên bản %(version)s, bản in %(layout)s",
    ILLUSTRATIVE: "Nội dung có tính minh họa, không phải văn bản chính thức",
    UNIT: "Đơn vị",
    COMMUNE: "Xã, phường",
    ENUMERATOR: "Điều tra viên",
    BATCH: "Lô phiếu",
    SYNTHETIC: "Ví dụ với dữ liệu giả lập, không nói về cơ quan hay cá nhân nào có thật.",
    ASKER: "Đơn vị khảo sát: %(asker)s.",
    PURPOSE: "Mục đích: %(purpose)s.",
    LEGAL_BASIS: "Căn cứ: %(basis)s.",
    VOLUNTARY: "Việc trả lời là tự nguyện: có thể bỏ qua bất kỳ câu nào hoặc dừng bất cứ lúc nào.",
    MAY_STOP: "Có thể bỏ qua bất kỳ câu nào hoặc dừng bất cứ lúc nào.",
    KEEP_UNTIL: "Phiếu đã trả lời được lưu giữ đến ngày %(day)s, sau đó được hủy.",
    CONTACT: "Liên hệ: %(contact)s.",
    HOW_TO_FILL: "Cách trả lời:",
    FILL: "Dùng bút sẫm màu tô kín ô của câu trả lời được chọn:",
    TAKE_BACK: "Để bỏ ô đã tô, gạch chéo (X) lên ô, nét gạch vượt hẳn ra ngoài ô, rồi tô ô khác:",
    NEEDED: "* Câu hỏi cần được trả lời.",
    MARK_SEVERAL: "Ô vuông (☐): chọn một hoặc nhiều câu trả lời.",
    ONE_A_RANK: "Tô một ô ở mỗi cột: cột 1 cho lựa chọn đầu tiên, cột 2 cho lựa chọn tiếp theo, v.v.",
    ONE_A_CELL: "mỗi ô một chữ số",
    ONE_SIGN_A_CELL: "mỗi ô một chữ số hoặc dấu phẩy",
    DAY: "ngày / tháng / năm",
    COVER: "Danh sách phiếu in",
    COUNT: "Số lượng phiếu",
    COUNTED: "%(count)s, từ số %(first)s đến số %(last)s",
    ISSUED: "Đã phát",
    RETURNED: "Đã thu",
    REFUSED: "Từ chối",
    SPOILED: "Hỏng",
    LOST: "Thất lạc",
    PRINTED_ON: "Ngày in",
    SIGNATURE: "Ký nhận",
    NOTES: "Ghi chú",
}


def translator(language: str) -> Callable[[str], str]:
    """English words to those of a language; languages other than Vietnamese keep the English."""
    return (lambda words: VIETNAMESE.get(words, words)) if language == "vi" else str
