"""A column of a sheet: what it is called, what it holds, and where its value goes in the definition."""

from __future__ import annotations

from dataclasses import dataclass

from questionnaires.exchange.framework_sheet.forms import TEXT, Form
from questionnaires.faults import Words


@dataclass(frozen=True, eq=False)
class Column:
    """`path`: where its value goes in an entry of the definition ("rule.full"). `note`: what to write in it.

    `by_language`: a text that may stand in several languages, each in a column of its own: "Tên", "Tên (en)".
    `needed`: a sheet without the column cannot be read.
    """

    path: str
    heading: Words
    note: Words
    form: Form = TEXT
    width: int = 14
    also: tuple[str, ...] = ()
    by_language: bool = False
    needed: bool = False

    def title(self, language: str, text_language: str = "") -> str:
        """The heading in a language, of the column for texts in a language."""
        plain = self.heading[language]
        return plain if text_language in ("", "vi") else f"{plain} ({text_language})"


def says(vi: str, en: str) -> Words:
    return Words(vi=vi, en=en)
