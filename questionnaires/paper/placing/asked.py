"""A question with choices, before its answers have their places."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from questionnaires.paper.placing.answers import Answer
from questionnaires.paper.placing.page import WIDTH
from questionnaires.paper.placing.parts import Words, at
from questionnaires.paper.placing.setting import Setting
from questionnaires.paper.placing.typography import height_of

INDENT = 5.0
STEP, LEAST_TEXT = WIDTH / 16, 25.0
ALWAYS_WHOLE = 6
"""Lines of answers that stay on one page however closely the form is set."""


@dataclass(frozen=True)
class Asked:
    """A question's text in markup and its answers."""

    setting: Setting
    text: str
    answers: list[Answer]

    @cached_property
    def widest(self) -> float:
        return max(answer.width for answer in self.answers)

    def words(self, width: float) -> Words:
        height = height_of(self.text, self.setting.look, width)
        return Words(at(0, 0, width, height), self.text, self.setting.look)
