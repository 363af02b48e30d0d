"""Mean levels of rated items, plain and unweighted: a check, not a result."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from questionnaires.kinds import is_rated
from questionnaires.schema import Item, Questionnaire


@dataclass(frozen=True)
class LevelSum:
    """Of an item with `levels` levels, 1 the worst: how many answers have one, and their sum."""

    code: str
    levels: int
    answers: int = 0
    total: int = 0

    @property
    def mean(self) -> float | None:
        return self.total / self.answers if self.answers else None

    def without(self, other: LevelSum) -> LevelSum:
        return LevelSum(self.code, self.levels, self.answers - other.answers, self.total - other.total)


class LevelSums:
    """Adds up response by response, and keeps none of them."""

    def __init__(self, questionnaire: Questionnaire) -> None:
        self.levels = {
            item.code: {level.code: place for place, level in enumerate(item.levels, 1)}
            for item in questionnaire.items()
            if has_ordered_levels(item)
        }
        self.answers = dict.fromkeys(self.levels, 0)
        self.totals = dict.fromkeys(self.levels, 0)

    def add(self, answers: Mapping[str, Any]) -> None:
        for code, levels in self.levels.items():
            answer = answers.get(code)
            if answer is not None and (level := levels.get(answer)):
                self.answers[code] += 1
                self.totals[code] += level

    def sums(self) -> tuple[LevelSum, ...]:
        return tuple(
            LevelSum(code, len(levels), self.answers[code], self.totals[code])
            for code, levels in self.levels.items()
        )


def has_ordered_levels(item: Item) -> bool:
    """Whether it rates on a scale, whose levels stand worst first; choices of other questions need not."""
    question = item.question
    rates = is_rated(question.kind) and not question.profile
    return rates and bool(question.scale or question.kind in {"scale", "matrix"})
