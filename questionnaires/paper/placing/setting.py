"""What every part of a form needs to be set: language, its words, the numbers of questions, the density."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from reportlab.lib.styles import ParagraphStyle

from questionnaires.paper import words
from questionnaires.paper.placing.typography import Density, italic
from questionnaires.printing.fonts import markup
from questionnaires.printing.routes import Routes
from questionnaires.printing.words import ONLY_IF
from questionnaires.schema import Question, Questionnaire, Row, Text, in_language

STAR = "\N{NO-BREAK SPACE}*"


@dataclass(frozen=True)
class Setting:
    """The language and type of one form; `closely`: answers side by side where that saves room."""

    questionnaire: Questionnaire
    language: str
    density: Density
    say: Callable[[str], str]
    routes: Routes
    closely: bool = False

    @property
    def look(self) -> ParagraphStyle:
        """The type of questions and answers."""
        return self.density.look

    def text(self, text: Text) -> str:
        return in_language(text, self.language)

    def question(self, question: Question, *advice: str) -> str:
        """Number, whom it is for, the question, how to answer it: in markup."""
        number = self.routes.numbers.get(question.code, "")
        star = STAR if question.required else ""
        condition = self.routes.in_words(question.relevant, ONLY_IF)
        hint = self.text(question.hint) or self.text(question.constraint_message)
        parts = [
            f"<b>{number}.</b>" if number else "",
            italic(condition),
            markup(self.text(question.text) + star),
            *map(italic, (*advice, hint)),
        ]
        return " ".join(filter(None, parts))

    def row(self, row: Row) -> str:
        return f"<b>{self.routes.numbers[row.code]}.</b> {markup(self.text(row.text))}"


def setting(questionnaire: Questionnaire, language: str, density: Density, closely: bool = False) -> Setting:
    say = words.translator(language)
    return Setting(questionnaire, language, density, say, Routes(questionnaire, language, say), closely)
