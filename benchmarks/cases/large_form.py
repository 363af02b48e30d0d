"""A questionnaire of 300 questions in 20 sections, as large as a form may reasonably be."""

from __future__ import annotations

from typing import Any

SECTIONS, QUESTIONS = 20, 15


def large_questionnaire() -> dict[str, Any]:
    """Synthetic wording; every third question has a route, every fifth a check."""
    scale = {
        "code": "level5",
        "choices": [
            {"code": str(level), "text": {"vi": f"Mức {level}", "en": f"Level {level}"}}
            for level in range(1, 6)
        ],
    }
    return {
        "code": "large",
        "version": "1",
        "title": {"vi": "Phiếu thử 300 câu (dữ liệu mẫu)", "en": "Trial form of 300 questions (synthetic)"},
        "group": "citizen",
        "languages": ["vi", "en"],
        "scales": [scale],
        "sections": [section(number) for number in range(SECTIONS)],
    }


def section(number: int) -> dict[str, Any]:
    first = number * QUESTIONS
    return {
        "code": f"s{number + 1}",
        "title": {"vi": f"Phần thử {number + 1}", "en": f"Trial section {number + 1}"},
        "questions": [question(first + place) for place in range(QUESTIONS)],
    }


def question(number: int) -> dict[str, Any]:
    table: dict[str, Any] = {
        "code": f"q{number}",
        "kind": "scale" if number % 5 else "integer",
        "text": {"vi": f"Câu hỏi thử số {number}?", "en": f"Trial question {number}?"},
    }
    if number % 5:
        table["scale"] = "level5"
    else:
        table["constraint"] = ". >= 0 and . <= 30"
        table["constraint_message"] = {"vi": "Từ 0 đến 30.", "en": "From 0 to 30."}
    if number % 3 == 2:
        table["relevant"] = f"${{q{number - 1}}} != ''"
    return table
