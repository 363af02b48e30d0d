"""Showing an answer: a good value → words for people."""

from __future__ import annotations

from typing import Any

from questionnaires.schema import Question, in_language

VIETNAMESE_SIGNS = str.maketrans(",.", ".,")


def show_text(question: Question, value: Any, language: str) -> str:
    return str(value)


def show_choice(question: Question, value: Any, language: str) -> str:
    texts = (in_language(choice.text, language) for choice in question.choices if choice.code == value)
    return next(texts, str(value))


def show_choices(question: Question, value: Any, language: str) -> str:
    return "; ".join(show_choice(question, code, language) for code in value)


def show_order(question: Question, value: Any, language: str) -> str:
    texts = (show_choice(question, code, language) for code in value)
    return "; ".join(f"{position}. {text}" for position, text in enumerate(texts, 1))


def show_number(question: Question, value: Any, language: str) -> str:
    """1.234,5 in Vietnamese, 1,234.5 elsewhere."""
    whole = int(value) if value == int(value) else value
    return f"{whole:,}".translate(VIETNAMESE_SIGNS if language == "vi" else {})


def show_day(question: Question, value: Any, language: str) -> str:
    year, month, day = value.split("-")
    return f"{day}/{month}/{year}"
