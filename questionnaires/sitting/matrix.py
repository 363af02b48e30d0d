"""One item as a matrix over the units."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterable
from dataclasses import replace
from itertools import chain, count

from questionnaires.codes import LONGEST_CODE
from questionnaires.expression import Tree
from questionnaires.schema import Choice, Item, Question, Row
from questionnaires.sitting.rated import Units

DONT_KNOW = "dont_know"
DONT_KNOW_TEXT = {"vi": "Không biết, không đánh giá", "en": "Don't know, no rating"}
MARK_BYTES = 5
STEM = LONGEST_CODE - len("_u") - 2 * MARK_BYTES


def row_code(item: str, unit: str) -> str:
    """The code of a unit's answer to an item: a code like any other, the same whichever units stand beside.

    A digest, as codes of units have more signs and may be longer than those of items.
    """
    mark = hashlib.blake2b(f"{item}\n{unit}".encode(), digest_size=MARK_BYTES).hexdigest()
    return f"{item[:STEM].rstrip('_')}_u{mark}"


def added_choice(question: Question, languages: Iterable[str]) -> Choice | None:
    """The “don't know” that the question gets when units are rated side by side; None if it has its own."""
    if any(choice.missing == DONT_KNOW for choice in question.choices):
        return None
    text = {language: DONT_KNOW_TEXT.get(language, DONT_KNOW_TEXT["en"]) for language in languages}
    return Choice(unused(DONT_KNOW, {choice.code for choice in question.choices}), text, DONT_KNOW)


def matrix(item: Item, units: Units, languages: Iterable[str]) -> Question:
    """The question that rates every unit on an item; a row of a matrix takes the matrix's text for a hint."""
    question, languages = item.question, tuple(languages)
    asked = replace(
        question,
        code=item.code,
        kind="matrix",
        text=item.text,
        hint=question.hint or (question.text if question.rows else {}),
        required=False,
        rows=tuple(_row(item, unit, name, languages) for unit, name in units),
        criterion=item.criterion,
        factor=item.factor,
    )
    added = added_choice(question, languages)
    return _with_choice(asked, added) if added else asked


def _row(item: Item, unit: str, name: str, languages: Iterable[str]) -> Row:
    text = dict.fromkeys(languages, name)
    return Row(row_code(item.code, unit), text, item.criterion, item.factor)


def _with_choice(question: Question, added: Choice) -> Question:
    """The question with one more choice, which its constraint has nothing against."""
    constraint: Tree | None = question.constraint
    if constraint is not None:
        constraint = ["or", ["=", ["."], added.code], constraint]
    return replace(question, scale=None, choices=(*question.choices, added), constraint=constraint)


def unused(code: str, taken: Collection[str]) -> str:
    """The code, or the first of code_2, code_3, … that is not taken."""
    stem = code[: LONGEST_CODE - 8].rstrip("_-")
    return next(one for one in chain([code], (f"{stem}_{number}" for number in count(2))) if one not in taken)
