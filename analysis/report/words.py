"""The words of reports, from `words.toml`, and how numbers are written in each language."""

from __future__ import annotations

import datetime
import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Any

import pandas as pd

LANGUAGES = ("vi", "en")
NO_BREAK = "\u00a0"
SIGNS = {"vi": str.maketrans(",.", ".,"), "en": {}}
DASH = "–"


@cache
def all_words() -> Mapping[str, Mapping[str, Mapping[str, str]]]:
    return tomllib.loads(files("analysis.report").joinpath("words.toml").read_text(encoding="utf-8"))


class Words:
    """The words of one language. Raises ValueError for a language there is none of."""

    def __init__(self, language: str) -> None:
        if language not in LANGUAGES:
            raise ValueError(f"Reports are written in {', '.join(LANGUAGES)}, not {language!r}")
        self.language = language

    def __call__(self, key: str, **values: object) -> str:
        """The words called `key` ("method.basis"), filled in. Raises KeyError for an unknown key."""
        section, _, name = key.partition(".")
        return all_words()[section][name][self.language].format(**values)

    def name(self, section: str, code: str) -> str:
        """The name of a code where the section has one, else the code itself."""
        known = all_words()[section].get(code)
        return known[self.language] if known else code

    def text(self, words: Mapping[str, str] | str) -> str:
        """Words of a definition in this language, or in the first it has."""
        if isinstance(words, str):
            return words
        return words.get(self.language) or words.get("vi") or next(iter(words.values()), "")

    # Numbers: 83,94 % in Vietnamese, 83.94% in English; a dash for what is not known.

    def number(self, value: Any, digits: int = 2) -> str:
        return DASH if pd.isna(value) else f"{value:,.{digits}f}".translate(SIGNS[self.language])

    def count(self, value: Any) -> str:
        return self.number(value, 0)

    def percent(self, value: Any, digits: int = 2) -> str:
        """A number that is in percent already."""
        space = NO_BREAK if self.language == "vi" else ""
        return DASH if pd.isna(value) else f"{self.number(value, digits)}{space}%"

    def share(self, value: Any, digits: int = 2) -> str:
        """A share in 0..1, written in percent."""
        return DASH if pd.isna(value) else self.percent(value * 100, digits)

    def p_value(self, value: Any) -> str:
        """Three decimals; what would read 0.000 is told to be below 0.001."""
        small = not pd.isna(value) and value < 0.001
        return f"< {self.number(0.001, 3)}" if small else self.number(value, 3)

    def day(self, written: Any) -> str:
        """20/12/2022 for an ISO date."""
        return datetime.date.fromisoformat(str(written)).strftime("%d/%m/%Y") if written else DASH

    def range(self, lower: str, upper: str) -> str:
        if DASH in (lower, upper):
            return DASH
        return lower if lower == upper else f"{lower}{DASH}{upper}"

    def flag(self, value: Any) -> str:
        return self("general.yes") if value else self("general.no")
