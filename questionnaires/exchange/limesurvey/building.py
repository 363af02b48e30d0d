"""What questions of ours are made with, whatever LimeSurvey's type was."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from questionnaires.exchange.limesurvey import words
from questionnaires.exchange.limesurvey.sourced import Sourced
from questionnaires.exchange.limesurvey.survey import HELP, Asked, Part, Survey
from questionnaires.exchange.xlsform.names import Codes
from questionnaires.expression import Tree


@dataclass
class Built:
    """Questions of ours made of one of LimeSurvey's, and what its names in conditions stand for.

    `conditions`: code of a question → when it is asked, beside the condition of the whole.
    """

    questions: list[Sourced] = field(default_factory=list)
    meanings: dict[str, Tree] = field(default_factory=dict)
    conditions: dict[str, Tree | None] = field(default_factory=dict)


@dataclass
class Builder:
    """Makes questions of one survey; `codes` keeps their codes apart."""

    survey: Survey
    codes: Codes

    def question(self, asked: Asked, kind: str, code: str, /, **more: Any) -> Sourced:
        given = {
            "text": self.survey.words(asked),
            "hint": self.survey.words(asked, HELP),
            "required": asked.row["mandatory"] == "Y" and kind != "note",
            **more,
        }
        return Sourced(asked.row, code=code, kind=kind, **given)

    def choices(self, parts: Iterable[Part]) -> list[Sourced]:
        return [Sourced(part.row, code=part.name, text=self.survey.words(part)) for part in parts]

    def fixed(self, asked: Asked, texts: Mapping[str, Mapping[str, str]]) -> list[Sourced]:
        return [Sourced(asked.row, code=code, text=self.say(text)) for code, text in texts.items()]

    def say(self, text: Mapping[str, str], **values: object) -> dict[str, str]:
        return words.spoken(text, self.survey.languages.values(), **values)

    def rows(self, asked: Asked, built: Built, scale: str = "") -> list[Sourced]:
        """The subquestions as rows of a matrix, each answering to its own name."""
        rows = []
        for part in asked.subquestions:
            name = f"{asked.name}_{part.name}{scale}"
            code = self.codes.new(name)
            built.meanings[name] = ["$", code]
            rows.append(Sourced(part.row, code=code, text=self.survey.words(part)))
        return rows
