"""The cells that quotas are set for: a stratum or all of them, and answers that tell kinds of people apart.

Never an opinion: a quota on what is rated would choose the result. Never sensitive personal data: nobody is
turned away for what the law protects.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from flask_babel import gettext

from questionnaires.schema import Item, Question, Questionnaire
from survey.language import text
from survey.models import Stratum

ONE_ANSWER = ("single", "scale")


def telling_items(questionnaire: Questionnaire) -> list[Item]:
    """What everybody is asked about themselves in one answer, the respondent's profile first."""
    asked_of_all = [
        question
        for section in questionnaire.sections
        if section.relevant is None
        for question in section.questions
        if question.relevant is None and tells_people_apart(question)
    ]
    by_profile = sorted(asked_of_all, key=lambda question: not question.profile)
    return [item for question in by_profile for item in question.items()]


def tells_people_apart(question: Question) -> bool:
    if question.sensitive or question.kind not in ONE_ANSWER:
        return False
    is_rating = question.kind == "scale" or question.scale or question.criterion or question.factor
    return question.profile or not (is_rating or question.unit_of_rating)


def stratum_names(strata: Iterable[Stratum]) -> dict[int, str]:
    """Stratum id → its unit's name; with the stratum's code where that is another than the unit's."""
    return {
        each.id: each.unit.name if each.code == each.unit.code else f"{each.unit.name} ({each.code})"
        for each in strata
    }


def answer_words(items: Sequence[Item], answers: Mapping[str, str]) -> list[str]:
    """The conditions of a quota in words; codes stand for what the questionnaire does not have."""
    known = {item.code: item for item in items}
    return [
        f"{text(known[code].text)}: {choice_words(known[code], choice)}"
        if code in known
        else f"{code}: {choice}"
        for code, choice in answers.items()
    ]


def choice_words(item: Item, code: str) -> str:
    return next((text(choice.text) for choice in item.question.choices if choice.code == code), code)


def cell_words(stratum: str | None, conditions: Sequence[str]) -> str:
    """The whole cell in one line."""
    return "; ".join([stratum or gettext("All strata together"), *conditions])
