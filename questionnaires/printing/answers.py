"""Where a person writes the answer: boxes to mark, a grid of them, or room for words and figures."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from questionnaires.schema import Question, in_language

ROUND, SQUARE, NUMBERED = "○", "☐", "....."

WIDEST_LABELS = {4: 12, 3: 22, 2: 34}
"""Labels stand in so many columns where none is longer than so many characters."""


@dataclass(frozen=True)
class Boxes:
    """Labels to choose from, each behind its sign: a circle for one, a square for several."""

    sign: str
    labels: tuple[str, ...]

    @property
    def columns(self) -> int:
        longest = max(map(len, self.labels), default=0)
        fitting = (columns for columns, most in WIDEST_LABELS.items() if longest <= most)
        return next((columns for columns in fitting if columns <= len(self.labels)), 1)


@dataclass(frozen=True)
class GridRow:
    number: str
    text: str


@dataclass(frozen=True)
class Grid:
    """Rows to rate, one mark each under one of the columns; `heading` stands over the rows' texts."""

    columns: tuple[str, ...]
    rows: tuple[GridRow, ...] = ()
    heading: str = ""
    sign: str = ROUND

    @property
    def longest_word(self) -> str:
        """Of the columns' labels, with a capital if one has it: it should fit its column whole."""
        words = {word for label in self.columns for word in label.split()}
        return max(words, key=lambda word: (len(word), word != word.lower(), word), default="")


@dataclass(frozen=True)
class Room:
    """Dotted lines to write on, or one short pattern to fill in."""

    lines: int = 0
    pattern: str = ""


Answer = Boxes | Grid | Room
Layout = Callable[[Question, str], Answer | None]


def choice_keys(count: int) -> tuple[str, ...]:
    """The digits that choose each of so many answers, printed beside them: 1 to 9, then 0; two digits each
    where there are more than ten.
    """
    if count <= 10:
        return tuple("1234567890"[:count])
    return tuple(f"{number:0{len(str(count))}d}" for number in range(1, count + 1))


def labels(question: Question, language: str) -> tuple[str, ...]:
    return tuple(in_language(choice.text, language) for choice in question.choices)


def _boxes(sign: str) -> Layout:
    return lambda question, language: Boxes(sign, labels(question, language))


def _room(lines: int = 0, pattern: str = "") -> Layout:
    return lambda question, language: Room(lines, pattern)


def _grid(question: Question, language: str) -> Grid:
    return Grid(labels(question, language))


def _pick(question: Question, language: str) -> Answer:
    """A place or unit: boxes for a list of its own, else a line for its name."""
    return Boxes(ROUND, labels(question, language)) if question.choices else Room(lines=1)


def _nothing(question: Question, language: str) -> None:
    return None


ANSWERS: dict[str, Layout] = {
    "single": _boxes(ROUND),
    "multiple": _boxes(SQUARE),
    "scale": _boxes(ROUND),
    "matrix": _grid,
    "integer": _room(pattern="." * 24),
    "decimal": _room(pattern="." * 24),
    "text": _room(lines=1),
    "long_text": _room(lines=4),
    "date": _room(pattern="...... / ...... / ............"),
    "rank": _boxes(NUMBERED),
    "note": _nothing,
    "place": _pick,
    "unit": _pick,
}


def sign_of(question: Question) -> str:
    """The sign that people mark; "" where they write."""
    answer = ANSWERS[question.kind](question, "")
    return answer.sign if isinstance(answer, Boxes | Grid) else ""
