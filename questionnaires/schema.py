"""A questionnaire as frozen records: what is asked, of whom, in which words, and which criterion it feeds."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from questionnaires.expression import Tree

Text = Mapping[str, str]
"""Language code → words in that language."""

GROUPS = ("citizen", "business", "official", "deputy", "leader")
MISSING_KINDS = ("refused", "dont_know", "not_applicable")


def in_language(text: Text, language: str) -> str:
    """The words in a language, else in the first language there is."""
    return text.get(language) or next(iter(text.values()), "")


@dataclass(frozen=True)
class Choice:
    """One answer a person can pick; `missing` marks "don't know" and the like, which carry no level."""

    code: str
    text: Text
    missing: str | None = None


def levels(choices: Iterable[Choice]) -> tuple[Choice, ...]:
    """The choices that carry a level, worst first."""
    return tuple(choice for choice in choices if choice.missing is None)


@dataclass(frozen=True)
class Scale:
    """A named, reused list of choices, worst level first; missing choices stand after the levels."""

    code: str
    choices: tuple[Choice, ...]

    @property
    def levels(self) -> tuple[Choice, ...]:
        return levels(self.choices)


@dataclass(frozen=True)
class Row:
    """One line of a matrix question: an item with its own code, criterion and factor."""

    code: str
    text: Text
    criterion: str | None = None
    factor: str | None = None


@dataclass(frozen=True)
class Question:
    """One question. A matrix holds its items in `rows`; every other kind is one item under its own code.

    `scale` names the scale whose choices stand in `choices`. `criterion` names a framework leaf by code or
    subject. `profile` marks questions that describe the respondent.
    """

    code: str
    kind: str
    text: Text
    hint: Text = field(default_factory=dict)
    required: bool = False
    relevant: Tree | None = None
    constraint: Tree | None = None
    constraint_message: Text = field(default_factory=dict)
    choices: tuple[Choice, ...] = ()
    scale: str | None = None
    rows: tuple[Row, ...] = ()
    criterion: str | None = None
    factor: str | None = None
    unit_of_rating: str | None = None
    profile: bool = False
    sensitive: bool = False

    @cached_property
    def choice_of(self) -> Mapping[str, Choice]:
        """Code → choice."""
        return {choice.code: choice for choice in self.choices}

    def items(self) -> tuple[Item, ...]:
        """What takes an answer: each row of a matrix, else the question itself, and nothing of a note."""
        return self._items

    @cached_property  # routing asks for them at every question of every response
    def _items(self) -> tuple[Item, ...]:
        asked = self.rows if self.kind == "matrix" else () if self.kind == "note" else (self,)
        return tuple(Item(one.code, one.text, self, one.criterion, one.factor) for one in asked)


@dataclass(frozen=True)
class Item:
    """One column of the dataset: a question, or one row of a matrix."""

    code: str
    text: Text
    question: Question
    criterion: str | None
    factor: str | None

    @property
    def levels(self) -> tuple[Choice, ...]:
        return levels(self.question.choices)


@dataclass(frozen=True)
class Section:
    code: str
    title: Text
    questions: tuple[Question, ...]
    intro: Text = field(default_factory=dict)
    relevant: Tree | None = None


@dataclass(frozen=True)
class Questionnaire:
    """A version of a form. `factors` names the factors items belong to, in the order reports print them."""

    code: str
    version: str
    title: Text
    group: str
    languages: tuple[str, ...]
    sections: tuple[Section, ...]
    scales: tuple[Scale, ...] = ()
    factors: Mapping[str, Text] = field(default_factory=dict)
    intro: Text = field(default_factory=dict)
    illustrative: bool = False
    source: str = ""

    def questions(self) -> Iterator[Question]:
        for section in self.sections:
            yield from section.questions

    def items(self) -> tuple[Item, ...]:
        """Every item, in the order asked."""
        return self._items

    @cached_property
    def _items(self) -> tuple[Item, ...]:
        return tuple(item for question in self.questions() for item in question.items())

    @cached_property
    def item_of(self) -> Mapping[str, Item]:
        """Code → item."""
        return {item.code: item for item in self._items}
