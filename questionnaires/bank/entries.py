"""The question bank: every question of the stored and shipped forms, with its history over the years."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from questionnaires import library
from questionnaires.bank.trends import Comparability, compare_items
from questionnaires.bank.wording import likeness
from questionnaires.schema import Question, Questionnaire, Section

Edition = tuple[str, str]
"""Code and version of a questionnaire."""

ALIKE = 0.5
"""Share of common words from which two questions of one code are one question, reworded."""
VERY_ALIKE = 0.75
"""The same for two questions of different codes that feed the same criterion."""

_YEAR = re.compile(r"(?<![0-9])20[0-9]{2}(?![0-9])")


@dataclass(frozen=True)
class Use:
    """A question as one version of a questionnaire asks it."""

    questionnaire: Questionnaire
    year: int | None
    section: Section
    question: Question

    @property
    def edition(self) -> Edition:
        return self.questionnaire.code, self.questionnaire.version

    @property
    def group(self) -> str:
        return self.questionnaire.group


@dataclass(frozen=True)
class Step:
    """A question from one use to the next in the same group, and whether its figures go on."""

    before: Use
    after: Use
    trend: Comparability


@dataclass(frozen=True)
class Entry:
    """One question with all its uses, the oldest first."""

    uses: tuple[Use, ...]

    @property
    def latest(self) -> Use:
        return self.uses[-1]

    def latest_for(self, group: str | None) -> Use:
        """The latest use in a group; the latest of all where that group was never asked."""
        return next((use for use in reversed(self.uses) if use.group == group), self.latest)

    @property
    def code(self) -> str:
        return self.latest.question.code

    @property
    def groups(self) -> tuple[str, ...]:
        """The groups that were asked, each once."""
        return tuple(dict.fromkeys(use.group for use in self.uses))

    @cached_property
    def steps(self) -> tuple[Step, ...]:
        """Each use against the one before it in its group: figures of two groups make no trend."""
        pairs = ((_before(self.uses[:index], use), use) for index, use in enumerate(self.uses))
        return tuple(_step(before, use) for before, use in pairs if before is not None)


@dataclass(frozen=True)
class Bank:
    entries: tuple[Entry, ...]

    @classmethod
    def over(
        cls, questionnaires: Iterable[Questionnaire], years: Mapping[Edition, int] | None = None
    ) -> Bank:
        """The bank of these versions and of those shipped with the product.

        `years` says when a version was asked; without a word, it is the year in its code or version.
        """
        shipped = (library.load(name) for name in library.names())
        editions = {(form.code, form.version): form for form in (*shipped, *questionnaires)}
        found: list[list[Use]] = []
        for year, form in _in_order(editions.values(), years or {}):
            _enter(found, [Use(form, year, *placed) for placed in _placed(form)])
        return cls(tuple(Entry(tuple(uses)) for uses in found))

    def find(self, edition: Edition, code: str) -> Entry | None:
        """The entry of a question of a questionnaire's version."""
        found = (
            entry
            for entry in self.entries
            if any(use.edition == edition and use.question.code == code for use in entry.uses)
        )
        return next(found, None)


def _in_order(
    forms: Iterable[Questionnaire], years: Mapping[Edition, int]
) -> list[tuple[int | None, Questionnaire]]:
    """The forms by year, then by version; those of no known year first."""
    dated = [(years.get((form.code, form.version)) or _year_named(form), form) for form in forms]
    return sorted(dated, key=lambda one: (one[0] or 0, _natural(one[1].version)))


def _year_named(form: Questionnaire) -> int | None:
    found = _YEAR.search(form.code) or _YEAR.search(form.version)
    return int(found[0]) if found else None


def _natural(version: str) -> list[tuple[int, str]]:
    """A sorting key that puts version 10 behind version 9."""
    return [(int(part), "") if part.isdecimal() else (0, part) for part in re.split("([0-9]+)", version)]


def _placed(form: Questionnaire) -> Iterator[tuple[Section, Question]]:
    for section in form.sections:
        for question in section.questions:
            yield section, question


def _enter(found: list[list[Use]], uses: list[Use]) -> None:
    """Put the questions of one version to those known: by code first, so that no other takes their place."""
    known, left = list(found), []
    for use in uses:
        entry = next((entry for entry in known if _same_code(entry, use)), None)
        if entry is None:
            left.append(use)
        else:
            entry.append(use)
            known.remove(entry)
    for use in left:
        entry = max(known, key=lambda one: _criterion_likeness(one[-1], use), default=None)
        if entry is not None and _criterion_likeness(entry[-1], use) >= VERY_ALIKE:
            entry.append(use)
            known.remove(entry)
        else:
            found.append([use])


def _same_code(entry: list[Use], use: Use) -> bool:
    """Whether a use bears the code: in a version of the same form always, elsewhere in similar words."""
    return any(
        known.question.code == use.question.code
        and (known.questionnaire.code == use.questionnaire.code or _likeness(known, use) >= ALIKE)
        for known in entry
    )


def _criterion_likeness(known: Use, use: Use) -> float:
    shared = _criteria(known.question) & _criteria(use.question)
    return _likeness(known, use) if shared else 0.0


def _likeness(known: Use, use: Use) -> float:
    return likeness(known.question, use.question, use.questionnaire.languages)


def _criteria(question: Question) -> set[str]:
    return {item.criterion for item in question.items() if item.criterion}


def _before(earlier: tuple[Use, ...], use: Use) -> Use | None:
    return next((one for one in reversed(earlier) if one.group == use.group), None)


def _step(before: Use, after: Use) -> Step:
    items = before.question.items(), after.question.items()
    return Step(before, after, compare_items(*items, after.questionnaire.languages))
