"""What of an unfinished questionnaire can be shown to people: the rest is left out until it is mended."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from questionnaires.codes import ITEM
from questionnaires.kinds import KINDS
from questionnaires.schema import Question, Questionnaire, Section, levels


@dataclass(frozen=True)
class Presentable:
    """`left_out` are the questions that no page can show as they stand."""

    questionnaire: Questionnaire
    left_out: tuple[Question, ...]


def presentable(questionnaire: Questionnaire) -> Presentable:
    """The sections and questions that every preview can show; of two with one code, the first."""
    taken: set[str] = set()
    sections = []
    for section in _distinct(questionnaire.sections):
        shown = tuple(question for question in section.questions if _is_showable(question, taken))
        if shown:
            sections.append(replace(section, questions=shown))
    kept = {id(question) for section in sections for question in section.questions}
    left_out = tuple(question for question in questionnaire.questions() if id(question) not in kept)
    languages = questionnaire.languages or ("vi",)
    return Presentable(replace(questionnaire, sections=tuple(sections), languages=languages), left_out)


def _distinct(sections: tuple[Section, ...]) -> Iterator[Section]:
    """The sections with codes of their own: a page is found by its section's code."""
    codes: set[str] = set()
    for section in sections:
        if section.code and section.code not in codes:
            yield section
        codes.add(section.code)


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
