"""What of an unfinished questionnaire can be shown to people: the rest is left out until it is mended."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from questionnaires.codes import ITEM
from questionnaires.kinds import KINDS
from questionnaires.schema import Question, Questionnaire, Section, Text, levels

UNTITLED = "–"


@dataclass(frozen=True)
class Presentable:
    """`left_out` are the questions that no page can show as they stand."""

    questionnaire: Questionnaire
    left_out: tuple[Question, ...]


def presentable(questionnaire: Questionnaire) -> Presentable:
    """The sections and questions that every preview can show; of two with one code, the first.

    Where the words are still to be written, the code stands for them.
    """
    taken: set[str] = set()
    shown = [
        (section, [each for each in section.questions if _is_showable(each, taken)])
        for section in _distinct(questionnaire.sections)
    ]
    kept = {id(question) for _, questions in shown for question in questions}
    return Presentable(
        replace(
            questionnaire,
            title=_words(questionnaire.title, questionnaire.code or UNTITLED),
            languages=questionnaire.languages or ("vi",),
            sections=tuple(_worded_section(section, questions) for section, questions in shown if questions),
        ),
        tuple(question for question in questionnaire.questions() if id(question) not in kept),
    )


def _worded_section(section: Section, questions: Iterable[Question]) -> Section:
    return replace(
        section,
        title=_words(section.title, section.code),
        questions=tuple(_worded(question) for question in questions),
    )


def _distinct(sections: tuple[Section, ...]) -> Iterator[Section]:
    """The sections with codes of their own: a page is found by its section's code."""
    codes: set[str] = set()
    for section in sections:
        if section.code and section.code not in codes:
            yield section
        codes.add(section.code)


def _worded(question: Question) -> Question:
    rows = tuple(replace(row, text=_words(row.text, row.code)) for row in question.rows)
    return replace(question, text=_words(question.text, question.code), rows=rows)


def _words(words: Text, code: str) -> Text:
    return words if any(text.strip() for text in words.values()) else {"vi": code}


def _is_showable(question: Question, taken: set[str]) -> bool:
    """Whether a question has what its kind needs, and codes that no other took; those are taken then."""
    kind = KINDS.get(question.kind)
    codes = [question.code, *(row.code for row in question.rows)]
    if kind is None or not all(ITEM.fits(code) for code in codes):
        return False
    if taken.intersection(codes) or len(set(codes)) < len(codes):
        return False
    if len(levels(question.choices)) < (kind.levels or 0) or (kind.rows and not question.rows):
        return False
    taken.update(codes)
    return True
