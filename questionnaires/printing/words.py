"""What a paper copy says of its own, beside the questionnaire's words.

The copy speaks the questionnaire's language, whatever language the interface of the moment has.
"""

from __future__ import annotations

from collections.abc import Callable

from questionnaires import conditions
from questionnaires.written import write_number

ANNEX = "Annex"
REFERENCE = "(Attached to Decision No. ........ of ........ by ........)"
NUMBER_AND_UNIT = "Form number: ................   Agency: ................................................"
SECTION = "%(number)s. %(title)s"
QUESTION = "question %(number)s"
ONLY_IF = "Answer only if %(condition)s."
SECTION_ONLY_IF = "Answer this part only if %(condition)s."
MARK_ONE = "○ Mark one answer."
MARK_SEVERAL = "☐ Mark one answer or more."
NEEDED = "* Please do not leave this question out."
IN_ORDER = "Number the answers in your order: 1 for the first, 2 for the next, and so on."
CONTENT = "Item"
EDITION = "Form %(code)s, version %(version)s."
ILLUSTRATIVE = "The wording of this form is an illustration, not an official text."
SOURCE = "Source: %(source)s"

VIETNAMESE = {
    ANNEX: "Phụ lục",
    REFERENCE: "(Kèm theo Quyết định số ........ ngày .... tháng .... năm ........ của ........)",
    NUMBER_AND_UNIT: "Số phiếu: ................   Đơn vị: ................................................",
    QUESTION: "câu %(number)s",
    ONLY_IF: "Chỉ trả lời nếu %(condition)s.",
    SECTION_ONLY_IF: "Chỉ trả lời phần này nếu %(condition)s.",
    MARK_ONE: "○ Đánh dấu một câu trả lời.",
    MARK_SEVERAL: "☐ Đánh dấu một hoặc nhiều câu trả lời.",
    NEEDED: "* Câu hỏi cần được trả lời.",
    IN_ORDER: "Đánh số theo thứ tự lựa chọn: 1 là lựa chọn đầu tiên, 2 là lựa chọn tiếp theo, v.v.",
    CONTENT: "Nội dung",
    EDITION: "Mẫu phiếu %(code)s, phiên bản %(version)s.",
    ILLUSTRATIVE: "Nội dung phiếu có tính minh họa, không phải văn bản chính thức.",
    SOURCE: "Nguồn: %(source)s",
    conditions.COMPARISONS["="]: "%(left)s là %(right)s",
    conditions.COMPARISONS["!="]: "%(left)s không phải là %(right)s",
    conditions.COMPARISONS["<"]: "%(left)s dưới %(right)s",
    conditions.COMPARISONS["<="]: "%(left)s không quá %(right)s",
    conditions.COMPARISONS[">"]: "%(left)s trên %(right)s",
    conditions.COMPARISONS[">="]: "%(left)s từ %(right)s trở lên",
    conditions.COMPARISONS["selected"]: "%(left)s có chọn %(right)s",
    conditions.JOINTS["and"]: "%(left)s và %(right)s",
    conditions.JOINTS["or"]: "%(left)s hoặc %(right)s",
    conditions.NEGATION: "không xảy ra việc %(condition)s",
    conditions.THE_ANSWER: "câu trả lời",
    conditions.TODAY: "hôm nay",
    conditions.BLANK: "để trống",
}


def translator(language: str) -> Callable[[str], str]:
    """English words to those of a language; languages other than Vietnamese keep the English."""
    return (lambda words: VIETNAMESE.get(words, words)) if language == "vi" else str


def number_writer(language: str) -> Callable[[int | float], str]:
    return write_number if language == "vi" else str
