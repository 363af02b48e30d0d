"""Looking something up in the bank: what is sought, what can be chosen, what was found."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any

from flask import request
from flask_babel import gettext

from questionnaires.bank import Bank, Entry, Use, search
from questionnaires.bank.search import SERVES
from questionnaires.text import fold
from survey.builder import terms
from survey.builder.bank.holding import Years, held, years_asked
from survey.builder.bank.standing import Standing, standing
from survey.builder.shelves import FRAMEWORKS, versions
from survey.language import text
from survey.models import FrameworkVersion

PER_PAGE = 10

Options = list[tuple[str, str]]
"""Values to choose from, each with its words."""


@dataclass(frozen=True)
class Found:
    """A question of the bank, worded as a group was asked it last, and how its figures go on there."""

    entry: Entry
    use: Use
    standing: Standing

    @property
    def kind(self) -> str:
        return kind_in_words(self.use.question.kind)


def found(entry: Entry, group: str | None, years: Years) -> Found:
    use = entry.latest_for(group)
    return Found(entry, use, standing(entry, use.group, years))


def sought() -> dict[str, str]:
    """What the address asks for: words, and what the question is to serve."""
    return {name: request.args.get(name, "").strip() for name in ("words", *SERVES)}


def look_up(
    group: str | None = None, framework: FrameworkVersion | None = None, taken: Collection[str] = ()
) -> dict[str, Any]:
    """What the pages of the bank share: the search, its options, and a page of what it finds.

    `group` is who the form is for, `framework` the one whose criteria it is to cover; questions whose codes
    it has `taken` come last.
    """
    bank, years, wanted = held(), years_asked(), sought()
    served = {name: value for name, value in wanted.items() if name != "words"}
    entries = search(bank, wanted["words"], **served)
    entries.sort(key=lambda entry: entry.latest_for(group).question.code in taken)
    pages = max(-(-len(entries) // PER_PAGE), 1)
    page = min(max(request.args.get("page", 1, type=int), 1), pages)
    shown = entries[(page - 1) * PER_PAGE : page * PER_PAGE]
    return {
        "sought": wanted,
        "options": options(bank, framework),
        "number": len(entries),
        "page": page,
        "pages": pages,
        "years": years,
        "results": [found(entry, group or wanted["group"] or None, years) for entry in shown],
    }


def options(bank: Bank, framework: FrameworkVersion | None) -> dict[str, Options]:
    """What questions of the bank serve, each with its words in their order."""
    titles = criterion_titles(framework)
    factors = {code: text(title) for use in uses(bank) for code, title in use.questionnaire.factors.items()}
    words = {
        "criterion": lambda value: titles.get(value, value),
        "factor": lambda value: factors.get(value, value),
        "kind": kind_in_words,
        "group": terms.group,
    }
    return {
        name: sorted(((value, say(value)) for value in served(bank, name)), key=lambda one: fold(one[1]))
        for name, say in words.items()
    }


def served(bank: Bank, name: str) -> set[str]:
    return {value for entry in bank.entries for value in SERVES[name](entry) if value}


def uses(bank: Bank) -> Sequence[Use]:
    return [use for entry in bank.entries for use in entry.uses]


def criterion_titles(first: FrameworkVersion | None) -> dict[str, str]:
    """Criterion as questions name it → its title and code in this framework, else in the newest."""
    titles: dict[str, str] = {}
    for version in (*((first,) if first else ()), *versions(FRAMEWORKS)):
        for leaf in version.framework.survey_leaves:
            for name in filter(None, (leaf.subject, leaf.code)):
                titles.setdefault(name, f"{text(leaf.title)} ({leaf.code})")
    return titles


def kind_in_words(kind: str) -> str:
    return gettext(terms.QUESTION_KINDS[kind]) if kind in terms.QUESTION_KINDS else kind
