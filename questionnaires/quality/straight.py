"""Straight-lining: the same answer all the way down.

The measure is the long string of Johnson (2005), "Ascertaining the validity of individual protocols from
Web-based personality inventories", Journal of Research in Personality 39, 103–129: the longest run of
identical answers one after the other. The thresholds are ours, as he takes his from his own data.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from questionnaires.kinds import KINDS, is_rated
from questionnaires.routing import is_blank
from questionnaires.schema import Item, Question, Questionnaire

FEWEST_RATED = 8
FEWEST_IN_BLOCK = 5

Block = tuple[Item, ...]


@dataclass(frozen=True)
class LongString:
    """The longest run of one answer in a block of `answered` items, the first of equal ones."""

    answer: Any
    items: tuple[str, ...]
    answered: int
    is_level: bool

    @property
    def length(self) -> int:
        return len(self.items)

    @property
    def is_straight(self) -> bool:
        """Whether the whole block has one level; “don't know” all the way may well be the truth."""
        return self.is_level and self.length == self.answered


@dataclass(frozen=True)
class StraightLine:
    """The evidence: `rated` items have a level, and each of these blocks has one level throughout."""

    rated: int
    blocks: tuple[LongString, ...]

    @property
    def run_length(self) -> int:
        return max(block.length for block in self.blocks)

    @property
    def items(self) -> tuple[str, ...]:
        return tuple(code for block in self.blocks for code in block.items)


def blocks(questionnaire: Questionnaire) -> tuple[Block, ...]:
    """Rated items that people meet as one list. Questions about the respondent rate nothing.

    A list is the rows of a matrix, or questions with the same choices one after the other on any pages.
    """
    return tuple(
        tuple(item for question in questions for item in question.items())
        for rates, questions in _runs(questionnaire)
        if rates
    )


def long_strings(questionnaire: Questionnaire, answers: Mapping[str, Any]) -> tuple[LongString, ...]:
    """The longest run of each block that has an answer; blanks are passed over."""
    return tuple(_long_strings(blocks(questionnaire), answers))


def straight_lining(questionnaire: Questionnaire, answers: Mapping[str, Any]) -> StraightLine | None:
    """The evidence that one level was ticked all the way; None where it was not, or too little is rated.

    8 or more rated items have a level, and every block with 5 or more answers, of which there is one at
    least, has one level throughout. Two blocks may have different ones.
    """
    return straight_line(blocks(questionnaire), answers)


def straight_line(found: Iterable[Block], answers: Mapping[str, Any]) -> StraightLine | None:
    """As `straight_lining`, of the blocks of a questionnaire."""
    found, long = tuple(found), []
    for one in _long_strings(found, answers):
        if one.answered >= FEWEST_IN_BLOCK:
            if not one.is_straight:
                return None  # nearly everybody, at the first block: a survey may have a million responses
            long.append(one)
    rated = sum(_is_level(item, answers.get(item.code)) for block in found for item in block)
    return StraightLine(rated, tuple(long)) if long and rated >= FEWEST_RATED else None


def _runs(questionnaire: Questionnaire) -> Iterator[tuple[bool, list[Question]]]:
    """Neighbouring questions that make up one list, and whether they rate."""
    answered = (question for question in questionnaire.questions() if KINDS[question.kind].answered)
    for (rates, _list, _choices), questions in groupby(answered, _list_of):
        yield rates, [*questions]


def _list_of(question: Question) -> tuple[bool, str, Any]:
    """What questions of one list share: a matrix is a list by itself."""
    rates = is_rated(question.kind) and not question.profile
    return rates, question.code if question.rows else "", question.choices


def _long_strings(found: Iterable[Block], answers: Mapping[str, Any]) -> Iterator[LongString]:
    for block in found:
        answered = [item for item in block if not is_blank(answers.get(item.code))]
        if answered:
            yield _longest(answered, answers)


def _longest(answered: list[Item], answers: Mapping[str, Any]) -> LongString:
    runs = [[*run] for _answer, run in groupby(answered, lambda item: answers[item.code])]
    longest = max(runs, key=len)
    answer = answers[longest[0].code]
    return LongString(
        answer, tuple(item.code for item in longest), len(answered), _is_level(longest[0], answer)
    )


def _is_level(item: Item, value: Any) -> bool:
    return any(level.code == value for level in item.levels)
