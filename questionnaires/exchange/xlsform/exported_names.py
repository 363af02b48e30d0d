"""Names in an exported form: our codes, set apart where XLSForm wants one space of names for everything.

No code ends in an underscore, so a code with one behind it, or a section's with two, is a name that nothing
else has; reading takes them off again.
"""

from __future__ import annotations

from dataclasses import dataclass

from questionnaires.exchange.xlsform.dialect import substituted
from questionnaires.expression import Tree
from questionnaires.schema import Question, Questionnaire

RESERVED = frozenset({"meta"})
"""pyxform keeps this name for what a device notes of a form."""


@dataclass(frozen=True)
class Names:
    items: frozenset[str]
    scales: frozenset[str]

    def of_item(self, code: str) -> str:
        return f"{code}_" if code in RESERVED else code

    def of_section(self, code: str) -> str:
        return f"{code}__" if code in RESERVED | self.items else code

    def of_list(self, question: Question) -> str:
        """The question's scale, else a list of its own under its code."""
        own = f"{question.code}_" if question.code in self.scales else question.code
        return question.scale or own

    def in_expression(self, tree: Tree) -> Tree:
        return substituted(tree, {code: ["$", self.of_item(code)] for code in RESERVED})


def names_of(questionnaire: Questionnaire) -> Names:
    questions = [question.code for question in questionnaire.questions()]
    items = [item.code for item in questionnaire.items()]
    scales = frozenset(scale.code for scale in questionnaire.scales)
    return Names(frozenset([*questions, *items]), scales)
