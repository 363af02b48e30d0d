"""Small questionnaires for tests."""

from questionnaires.schema import Choice, Question, Questionnaire, Row, Section

LEVELS = ("1", "2", "3", "4", "5")
FIVE = tuple(Choice(code, {"vi": f"Mức {code}", "en": f"Level {code}"}) for code in LEVELS)
DONT_KNOW = Choice("dk", {"vi": "Không biết", "en": "Don't know"}, missing="dont_know")
REFUSED = Choice("no_answer", {"vi": "Không muốn trả lời", "en": "Prefer not to say"}, missing="refused")


def question(code: str, kind: str, **details) -> Question:
    return Question(code, kind, {"vi": f"Câu {code}", "en": f"Question {code}"}, **details)


def matrix(code: str, *rows: tuple[str, str | None, str | None], **details) -> Question:
    """Rows of (code, criterion, factor), rated on five levels or "don't know"."""
    items = tuple(Row(row, {"vi": f"Câu {row}", "en": f"Item {row}"}, *feeds) for row, *feeds in rows)
    return question(code, "matrix", choices=(*FIVE, DONT_KNOW), scale="five", rows=items, **details)


def form(*questions: Question, code: str = "phieu", group: str = "citizen", **details) -> Questionnaire:
    sections = (Section("main", {"vi": "Nội dung"}, questions),)
    title = {"vi": "Phiếu khảo sát", "en": "Survey form"}
    return Questionnaire(code, "1", title, group, ("vi", "en"), sections, **details)
