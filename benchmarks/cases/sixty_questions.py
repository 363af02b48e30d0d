"""Sixty questions of five choices with hints, half of them answered: our page of them, and WTForms' page."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from benchmarks.cases.page_by_wtforms import page_by_wtforms

QUESTIONS, CHOICES = 60, 5


def sixty_questions() -> dict[str, Any]:
    """Synthetic wording, as long as wording is."""
    return {
        "code": "sixty",
        "version": "1",
        "title": {"vi": "Phiếu thử 60 câu (dữ liệu mẫu)"},
        "group": "citizen",
        "languages": ["vi"],
        "scales": [{"code": "level", "choices": [choice(level) for level in range(1, CHOICES + 1)]}],
        "sections": [
            {
                "code": "all",
                "title": {"vi": "Các câu hỏi thử"},
                "questions": [*map(question, range(QUESTIONS))],
            }
        ],
    }


def choice(level: int) -> dict[str, Any]:
    return {"code": str(level), "text": {"vi": f"Mức độ hài lòng số {level}"}}


def question(number: int) -> dict[str, Any]:
    return {
        "code": f"q{number}",
        "kind": "scale",
        "scale": "level",
        "text": {"vi": f"Ông/Bà đánh giá thế nào về nội dung thử số {number} của cơ quan?"},
        "hint": {"vi": "Xin chọn một mức phù hợp nhất với lần giao dịch gần đây."},
    }


@contextmanager
def pages_in(folder: Path) -> Iterator[tuple[Callable[[], str], Callable[[], str]]]:
    """Two functions, each of which writes its page anew: ours, and that of WTForms."""
    from questionnaires import parse_questionnaire
    from survey import create_app
    from survey.builder.trial.stand_ins import VISIT, PreviewRound, PreviewSurvey, PreviewVersion
    from survey.respond.answering.booklet import laid_out
    from survey.respond.answering.section import filled_section, raw_texts
    from survey.respond.blueprint import page

    settings = {"SQLALCHEMY_DATABASE_URI": f"sqlite:///{folder}/page.db", "JOBS_FILE": f"{folder}/jobs.db"}
    app = create_app({**settings, "SECRET_KEY": "only to measure, only to measure", "TESTING": True})
    questionnaire = parse_questionnaire(sixty_questions())
    answers = {f"q{number}": str(number % CHOICES + 1) for number in range(0, QUESTIONS, 2)}
    survey = PreviewSurvey(1, PreviewVersion(questionnaire), PreviewRound("Kỳ thử"))

    def ours() -> str:
        values = filled_section(laid_out(questionnaire, "section"), 1, answers, raw_texts(answers))
        return page("section.html", survey, visit=VISIT, **values)

    with app.test_request_context("/k/1/1"):
        yield ours, page_by_wtforms(app, questionnaire, answers)
