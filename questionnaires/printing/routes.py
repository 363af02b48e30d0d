"""The numbers of questions on paper, and the way between them in words."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cached_property

from questionnaires.conditions import Wording
from questionnaires.expression import Tree
from questionnaires.printing import words
from questionnaires.schema import Questionnaire, in_language

_REFERENCE = re.compile(r"\$\{([^}]*)\}")


class Routes:
    """Questions that take an answer are numbered through all sections: 1, 2; rows of a matrix 2.1, 2.2."""

    def __init__(self, questionnaire: Questionnaire, language: str, say: Callable[[str], str]) -> None:
        self._language, self._say = language, say
        self._items = questionnaire.item_of
        self.numbers = _numbers(questionnaire)

    def in_words(self, condition: Tree | None, template: str) -> str:
        """The template with the condition in words; "" where there is none."""
        if condition is None:
            return ""
        written = _REFERENCE.sub(lambda found: self._name(found[1]), self._wording.words(condition))
        return self._say(template) % {"condition": written}

    @cached_property
    def _wording(self) -> Wording:
        return Wording(self._name, self._answer, self._say, words.number_writer(self._language))

    def _name(self, code: str) -> str:
        return self._say(words.QUESTION) % {"number": self.numbers.get(code, code)}

    def _answer(self, code: str, answer: str) -> str:
        """The words of the choice that a condition compares with."""
        item = self._items.get(code)
        texts = {choice.code: choice.text for choice in item.question.choices} if item else {}
        return f"“{in_language(texts.get(answer, {}), self._language) or answer}”"


def _numbers(questionnaire: Questionnaire) -> dict[str, str]:
    numbers: dict[str, str] = {}
    answered = (question for question in questionnaire.questions() if question.items())
    for number, question in enumerate(answered, 1):
        numbers[question.code] = str(number)
        numbers |= {row.code: f"{number}.{position}" for position, row in enumerate(question.rows, 1)}
    return numbers
