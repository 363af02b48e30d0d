"""A questionnaire as it stands on paper, in one language: what is printed, not yet how."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import groupby

from questionnaires.printing import words
from questionnaires.printing.answers import ANSWERS, ROUND, SQUARE, Answer, Grid, GridRow, labels, sign_of
from questionnaires.printing.routes import Routes
from questionnaires.schema import Question, Questionnaire, Section, Text, in_language

STAR = "\N{NO-BREAK SPACE}*"
LEGEND = {ROUND: words.MARK_ONE, SQUARE: words.MARK_SEVERAL}


@dataclass(frozen=True)
class PaperQuestion:
    """A question, or several alike in one grid, which then have their numbers and texts in its rows.

    `notes` say whom it is for and how to answer it.
    """

    number: str
    text: str
    notes: tuple[str, ...]
    answer: Answer | None


@dataclass(frozen=True)
class PaperSection:
    title: str
    notes: tuple[str, ...]
    questions: tuple[PaperQuestion, ...]


@dataclass(frozen=True)
class Paper:
    """`legend` explains the signs in use; `colophon` says which form this is and where its words are from."""

    language: str
    annex: str
    title: str
    reference: str
    intro: str
    legend: str
    sections: tuple[PaperSection, ...]
    colophon: tuple[str, ...]


def paper(questionnaire: Questionnaire, language: str) -> Paper:
    """The questionnaire on paper; texts that lack the language stand in the first they have."""
    return _Printer(questionnaire, language).paper()


class _Printer:
    """What every part needs: the language, its words, and the numbers of the questions."""

    def __init__(self, questionnaire: Questionnaire, language: str) -> None:
        self.questionnaire = questionnaire
        self.language = language
        self.say: Callable[[str], str] = words.translator(language)
        self.routes = Routes(questionnaire, language, self.say)

    def text(self, text: Text) -> str:
        return in_language(text, self.language)

    def paper(self) -> Paper:
        form = self.questionnaire
        return Paper(
            language=self.language,
            annex=self.say(words.ANNEX),
            title=self.text(form.title),
            reference=self.say(words.REFERENCE),
            intro=self.text(form.intro),
            legend=" ".join(map(self.say, self.legend())),
            sections=tuple(self.section(number, section) for number, section in enumerate(form.sections, 1)),
            colophon=tuple(self.colophon()),
        )

    def legend(self) -> Iterator[str]:
        questions = list(self.questionnaire.questions())
        signs = {sign_of(question) for question in questions}
        yield from (phrase for sign, phrase in LEGEND.items() if sign in signs)
        if any(question.required for question in questions):
            yield words.NEEDED

    def colophon(self) -> Iterator[str]:
        form = self.questionnaire
        yield self.say(words.EDITION) % {"code": form.code, "version": form.version}
        if form.illustrative:
            yield self.say(words.ILLUSTRATIVE)
        if form.source:
            yield self.say(words.SOURCE) % {"source": form.source}

    def section(self, number: int, section: Section) -> PaperSection:
        title = words.SECTION % {"number": roman(number), "title": self.text(section.title)}
        condition = self.routes.in_words(section.relevant, words.SECTION_ONLY_IF)
        notes = tuple(filter(None, (condition, self.text(section.intro))))
        return PaperSection(title, notes, tuple(self.questions(section)))

    def questions(self, section: Section) -> Iterator[PaperQuestion]:
        """The questions in order; neighbours on one scale, with no words of their own, in one grid."""
        for scale, alike in groupby(section.questions, _shared_scale):
            run = list(alike)
            if scale and len(run) > 1:
                yield self.grid_of(run)
            else:
                yield from map(self.question, run)

    def grid_of(self, questions: list[Question]) -> PaperQuestion:
        rows = [GridRow(self.routes.numbers[one.code], self.asked(one)) for one in questions]
        return PaperQuestion("", "", (), self.grid(questions[0], rows))

    def question(self, question: Question) -> PaperQuestion:
        rows = [GridRow(self.routes.numbers[row.code], self.text(row.text)) for row in question.rows]
        answer = self.grid(question, rows) if rows else ANSWERS[question.kind](question, self.language)
        number = self.routes.numbers.get(question.code, "")
        return PaperQuestion(number, self.asked(question), tuple(self.notes(question)), answer)

    def grid(self, question: Question, rows: list[GridRow]) -> Grid:
        return Grid(labels(question, self.language), tuple(rows), self.say(words.CONTENT))

    def asked(self, question: Question) -> str:
        return self.text(question.text) + (STAR if question.required else "")

    def notes(self, question: Question) -> Iterator[str]:
        if condition := self.routes.in_words(question.relevant, words.ONLY_IF):
            yield condition
        if question.kind == "rank":
            yield self.say(words.IN_ORDER)
        if advice := self.text(question.hint) or self.text(question.constraint_message):
            yield advice


def _shared_scale(question: Question) -> str | None:
    """The scale of a question that a row of a grid can hold whole."""
    has_notes = question.hint or question.constraint_message or question.relevant is not None
    return question.scale if question.kind == "scale" and not has_notes else None


def roman(number: int) -> str:
    signs = ((40, "XL"), (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"))
    written = ""
    for value, sign in signs:
        written += sign * (number // value)
        number %= value
    return written
