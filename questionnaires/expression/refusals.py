"""Why an expression is refused, in the words of the person who wrote it."""

from __future__ import annotations

from collections.abc import Mapping

from questionnaires.faults import N_

EMPTY = N_("The expression is empty.")
TOO_LONG = N_("The expression has %(length)s characters; %(most)s is the most.")
TOO_DEEP = N_("The expression nests more than %(most)s levels deep; split it over several questions.")
UNFINISHED = N_("The expression ends too early: a value or a bracket is missing at column %(column)s.")
MISPLACED = N_("Column %(column)s: “%(found)s” does not fit here.")
MEANINGLESS = N_("Column %(column)s: the character “%(found)s” has no meaning here.")
UNCLOSED = N_("Column %(column)s: this quotation mark is never closed.")
CURLY_QUOTE = N_("Column %(column)s: use straight quotation marks, 'like this'.")
BAD_REFERENCE = N_("Column %(column)s: write a reference to a question as ${code}.")
BARE_WORD = N_("Column %(column)s: write ${%(found)s} for an answer, '%(found)s' for a text or code.")
CHAINED = N_("Column %(column)s: compare two values at a time and join comparisons with “and”.")
TOO_LARGE = N_("Column %(column)s: the number is too large.")
UNKNOWN_FUNCTION = N_("Column %(column)s: there is no function %(found)s(); there are %(functions)s.")
WRONG_COUNT = N_("Column %(column)s: %(usage)s does not take %(given)s values.")
NO_ORDER = N_("Column %(column)s: only numbers and dates ('2026-12-31') are more or less, not '%(found)s'.")
NO_DAY = N_("Column %(column)s: '%(found)s' is no day of the calendar; write it as '2026-12-31'.")

BY_CHARACTER = {"$": BAD_REFERENCE, "'": UNCLOSED, '"': UNCLOSED, **dict.fromkeys("“”‘’", CURLY_QUOTE)}
"""What people usually meant where nothing of the language can start with that character."""


class ExpressionError(ValueError):
    """An expression was refused. `position` counts characters from 1 in the text's NFC form.

    `template` is an English sentence with `%(name)s` slots and `values` fill them, as in a Fault.
    """

    def __init__(self, position: int, template: str, values: Mapping[str, object] | None = None) -> None:
        self.position = position
        self.template = template
        self.values: Mapping[str, object] = {"column": position, **(values or {})}
        super().__init__(template % self.values)
