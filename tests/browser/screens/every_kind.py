"""A questionnaire that asks one question of every kind, each on a page of its own."""

from __future__ import annotations

from typing import Any

from tests.survey.factory import YES_NO, choices, words

COMMUNES = ("Buôn Đôn", "Cư M'gar", "Ea H'leo", "Ea Kar", "Ea Súp", "Krông Ana", "Krông Bông", "Krông Búk")
LEVELS = [
    *choices(
        ("low", "Không hài lòng", "Dissatisfied"),
        ("middle", "Bình thường", "Neutral"),
        ("high", "Hài lòng", "Satisfied"),
    ),
    {"code": "unknown", "missing": "dont_know", "text": words("Không biết", "Don't know")},
]
NEEDS = choices(
    ("time", "Rút ngắn thời gian giải quyết", "Shorter times"),
    ("fees", "Công khai phí, lệ phí", "Fees made public"),
    ("online", "Dễ nộp hồ sơ trực tuyến", "Easy online filing"),
)
QUESTIONS: dict[str, dict[str, Any]] = {
    "single": {
        "text": words("Ông/Bà đã nhận được kết quả chưa?", "Have you received the result?"),
        "choices": YES_NO,
        "required": True,
    },
    "scale": {
        "text": words("Nhìn chung, Ông/Bà hài lòng ở mức nào?", "How satisfied are you overall?"),
        "choices": LEVELS,
        "required": True,
    },
    "multiple": {
        "text": words("Cơ quan cần ưu tiên cải thiện điều gì?", "What should improve first?"),
        "hint": words("Chọn tất cả những điều phù hợp.", "Choose all that apply."),
        "choices": NEEDS,
    },
    "matrix": {
        "text": words("Ông/Bà hài lòng ở mức nào về công chức?", "How satisfied are you with the officials?"),
        "choices": LEVELS,
        "required": True,
        "rows": [
            {"code": "polite", "text": words("Thái độ lịch sự", "Polite manner")},
            {"code": "clear", "text": words("Hướng dẫn dễ hiểu, đầy đủ", "Clear and full guidance")},
        ],
    },
    "rank": {
        "text": words("Xin xếp thứ tự ưu tiên", "Please put these in order"),
        "choices": NEEDS,
    },
    "integer": {
        "text": words("Ông/Bà đã đến cơ quan mấy lần?", "How many times did you come?"),
        "constraint": ". >= 0 and . <= 30",
        "constraint_message": words("Số lần từ 0 đến 30.", "The number is between 0 and 30."),
    },
    "decimal": {"text": words("Ông/Bà đã đi bao nhiêu ki-lô-mét?", "How many kilometres did you travel?")},
    "date": {"text": words("Ngày ghi trên giấy hẹn", "Day on the appointment slip")},
    "text": {"text": words("Ông/Bà đã làm thủ tục nào?", "Which procedure did you go through?")},
    "long_text": {"text": words("Ông/Bà có góp ý gì thêm?", "Is there anything else to say?")},
    "place": {
        "text": words("Ông/Bà sống ở xã nào?", "In which commune do you live?"),
        "choices": choices(*((f"p{number}", name, name) for number, name in enumerate(COMMUNES))),
    },
    "unit": {"text": words("Cơ quan nào đã tiếp nhận hồ sơ?", "Which agency took your dossier?")},
}
NOTE = {
    "code": "a_note",
    "kind": "note",
    "text": words(
        "Các câu sau hỏi về lần làm thủ tục gần đây nhất của Ông/Bà.",
        "The next questions are about your most recent procedure.",
    ),
}
EVERY_KIND: dict[str, Any] = {
    "code": "every-kind",
    "version": "1",
    "title": words("Phiếu hỏi về lần làm thủ tục gần đây", "Questions about your last procedure"),
    "group": "citizen",
    "languages": ["vi", "en"],
    "illustrative": True,
    "sections": [
        {
            "code": "everything",
            "title": words("Lần làm thủ tục gần đây nhất", "Your last procedure"),
            "questions": [
                NOTE,
                *({"code": f"a_{kind}", "kind": kind, **question} for kind, question in QUESTIONS.items()),
            ],
        }
    ],
}
