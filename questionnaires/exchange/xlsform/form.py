"""What every reader of a row needs to know of the form around it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from questionnaires.exchange.xlsform.choices import Lists
from questionnaires.exchange.xlsform.dialect import read_expression, substituted
from questionnaires.exchange.xlsform.findings import Findings
from questionnaires.exchange.xlsform.lines import Line
from questionnaires.exchange.xlsform.names import Codes
from questionnaires.exchange.xlsform.texts import ready_made, words_of
from questionnaires.expression import ExpressionError, Tree


@dataclass(frozen=True)
class Form:
    """`codes` are those of questions by row; `spare` hands out more. `meanings` stand behind `${name}`."""

    languages: tuple[str, ...]
    title: Mapping[str, str]
    lists: Lists
    scales: Mapping[str, str]
    codes: Mapping[int, str]
    spare: Codes
    meanings: Mapping[str, Tree]
    findings: Findings

    def words(self, line: Line, column: str) -> dict[str, str]:
        return words_of(line, column, self.languages, self.findings)

    def ready_made(self, texts: Mapping[str, str], **values: str) -> dict[str, str]:
        return ready_made(texts, self.languages, **values)

    def expression(self, line: Line, column: str) -> Tree | None:
        """The expression in a cell; None where there is none or it was refused."""
        if not line[column]:
            return None
        try:
            return substituted(read_expression(line[column]), self.meanings)
        except ExpressionError as error:
            self.findings.refuse(line, column, error.template, **error.values)
            return None

    def code(self, line: Line) -> str:
        return self.codes.get(line.row.number, "")
