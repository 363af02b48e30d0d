"""Why a question or section was never asked: the answers it needs do not exist, or were not found."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass

from questionnaires.expression import Tree, names
from questionnaires.schema import Question, Section
from questionnaires.trial.finding import (
    NEVER,
    NEVER_AFTER,
    NEVER_TOGETHER,
    NEVER_TRUE,
    NO_QUESTION,
    NO_SUCH_CHOICE,
    NOT_REACHED,
    TOO_EARLY,
    Finding,
    finding,
)
from questionnaires.trial.places import BLANK, Place, leaves
from questionnaires.trial.search import Nothing, Search


@dataclass(frozen=True)
class Unreached:
    """A section or question that nobody was asked: its `own` condition, and the `whole` to be met."""

    about: Section | Question
    own: Tree | None
    whole: Tree | None


def why_unreached(
    unreached: Unreached,
    search: Search,
    places: dict[str, Place],
    never: Collection[str],
    walks: int,
) -> Finding:
    """The finding for it; `never` are the items known never to be asked."""
    about, own, whole = unreached.about, unreached.own, unreached.whole
    if own is None and isinstance(about, Section):
        return finding(about, NO_QUESTION, certain=True)
    written = whole if own is None else own
    if search.answers(whole) is not Nothing.NEVER:
        return finding(about, NOT_REACHED, condition=written, walks=walks)
    if others := sorted(names(own or BLANK) - names(whole or BLANK)):
        return finding(about, TOO_EARLY, condition=written, certain=True, other=others[0])
    if missing := next(_missing_choices(whole, places), None):
        item, choice = missing
        return finding(about, NO_SUCH_CHOICE, certain=True, item=item, choice=choice)
    if search.answers(whole, on_the_way=False) is Nothing.NEVER:
        template = NEVER if names(written or BLANK) else NEVER_TRUE
        return finding(about, template, condition=written, certain=True)
    if other := next(iter(sorted(names(written or BLANK) & set(never))), None):
        return finding(about, NEVER_AFTER, other=other, certain=True)
    return finding(about, NEVER_TOGETHER, condition=written, certain=True)


def _missing_choices(tree: Tree | None, places: dict[str, Place]) -> Iterator[tuple[str, str]]:
    """Answers that a condition names and that are no choice of the question."""
    for leaf in leaves(tree):
        match leaf:
            case ["=" | "selected", ["$", str(item)], str(choice)] if choice and item in places:
                choices = [one.code for one in places[item].question.choices]
                if choices and choice not in choices:
                    yield item, choice
