"""A result as the writer of a report wants it: tables by name, codes in words, figures as text."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property
from typing import Any

import pandas as pd

from analysis.notes import split_notes
from analysis.report.blocks import Figure
from analysis.report.words import DASH, Words
from analysis.round.result import RunResult
from analysis.round.small_cells import NOTE
from analysis.round.tables import TABLES


class Page:
    """One result in one language."""

    def __init__(self, result: RunResult, language: str) -> None:
        self.result = result
        self.words = Words(language)
        self.manifest = result.manifest

    def table(self, name: str) -> pd.DataFrame:
        """A table; empty where the result was made before there was such a one."""
        found = self.result.tables.get(name)
        return pd.DataFrame(columns=list(TABLES[name].columns)) if found is None else found

    def rows(self, name: str, **equal: Any) -> Iterator[Any]:
        """The rows of a table whose columns have these values, as tuples with names."""
        table = self.table(name)
        for column, value in equal.items():
            table = table[table[column] == value]
        return table.itertuples(index=False)

    @cached_property
    def has_uninvited(self) -> bool:
        """Whether some answers came by an open link; results of before they were told apart know of none."""
        return bool(self.table("sample").get("by_open_link", pd.Series(dtype=int)).sum())

    @cached_property
    def _labels(self) -> dict[tuple[str, str, str], str]:
        labels = self.table("labels")
        keys = zip(labels["kind"], labels["scope"], labels["code"], strict=True)
        return dict(zip(keys, labels[self.words.language], strict=True))

    def label(self, kind: str, code: Any, scope: str = "") -> str:
        """The words behind a code; a dash for none, the code itself where it has no words."""
        return DASH if pd.isna(code) or code == "" else self._labels.get((kind, scope, code), str(code))

    def unit(self, code: str) -> str:
        return self.label("unit", code)

    def node(self, code: str) -> str:
        return self.label("node", code)

    def group(self, code: str) -> str:
        return self.words.name("groups", code)

    @cached_property
    def groups(self) -> dict[str, str]:
        """Survey → its respondents; where two surveys ask one group, with their codes."""
        surveys = self.manifest["surveys"]
        asked = [survey["group"] for survey in surveys]
        return {
            survey["code"]: self.group(survey["group"])
            + (f" ({survey['code']})" if asked.count(survey["group"]) > 1 else "")
            for survey in surveys
        }

    @cached_property
    def choices(self) -> dict[str, str]:
        """Choice code → its words, wherever it is offered."""
        return {code: text for (kind, _, code), text in self._labels.items() if kind == "choice"}

    # Figures

    def rate(self, row: Any, name: str = "rate") -> str:
        """A rate or share in percent, or that there are too few answers to show it."""
        return self.too_few if row.note == NOTE else self.words.share(getattr(row, name))

    def interval(self, row: Any) -> str:
        """The interval of a rate, in percent."""
        ends = self.words.number(row.lower * 100, 1), self.words.number(row.upper * 100, 1)
        return self.words.range(*ends)

    def answers(self, row: Any) -> str:
        return self.too_few if row.note == NOTE else self.words.count(row.n)

    @property
    def too_few(self) -> str:
        return self.words("general.small_cell", least=self.manifest["recipe"]["minimum_cell"])

    def index(self, value: Any) -> str:
        return self.words.percent(value, self.decimals)

    def index_interval(self, row: Any) -> str:
        ends = (self.words.number(end, self.decimals) for end in (row.index_lower, row.index_upper))
        return self.words.range(*ends)

    @property
    def decimals(self) -> int:
        return int(self.manifest["framework"]["decimals"])

    def note(self, text: str) -> str:
        """The remarks of a row in words."""
        return "; ".join(self._remark(key, about) for key, about in split_notes(text))

    def _remark(self, key: str, about: str) -> str:
        named = about.split(", ") if about else []
        spoken = [self.group(code) if key == "absent_groups" else self.node(code) for code in named]
        return self.words(f"notes.{key}", about=", ".join(spoken))

    def figure(self, svg: bytes, caption: str) -> Figure:
        return Figure(svg, caption, self.words("general.figures_below", caption=caption))
