"""Whether figures of one form continue those of an earlier one: item by item, with the reason where not."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from questionnaires.bank.wording import same_wording, shared_language
from questionnaires.faults import N_, Fault, Words
from questionnaires.kinds import is_rated
from questionnaires.schema import Item, Questionnaire, Text

State = Literal["same", "reworded", "scale_changed", "new", "dropped"]

REWORDED = N_("The wording changed from “%(before)s” to “%(after)s”.")
STEM_REWORDED = N_("The question above the rows changed from “%(before)s” to “%(after)s”.")
MOVED = N_("It was a question of its own and is now a row of another, or the other way round.")
OTHER_KIND = N_("It is answered in another way than before.")
OTHER_COUNT = N_("Special answers aside, there were %(before)s to choose from; now there are %(after)s.")
ANSWER_REWORDED = N_("Answer %(number)s was “%(before)s” and is “%(after)s” now.")
ANSWER_RECODED = N_("Answer %(number)s had the code “%(before)s” and has “%(after)s” now.")
OTHER_CODE = N_("The same was asked under the code “%(before)s”; under another code the trend breaks.")


@dataclass(frozen=True)
class ItemTrend:
    """What became of one item: its figures continue the earlier ones where `state` is "same".

    `reasons` are sentences, each with the item's code as its place.
    """

    code: str
    text: Text
    state: State
    reasons: tuple[Fault, ...] = ()


@dataclass(frozen=True)
class Comparability:
    """The items of the new form in the order asked, and those of the old one that it no longer asks."""

    items: tuple[ItemTrend, ...]
    dropped: tuple[ItemTrend, ...]

    @property
    def unbroken(self) -> bool:
        """Whether every figure of the old form goes on, and none is new."""
        return not self.dropped and all(item.state == "same" for item in self.items)


def comparable(old: Questionnaire, new: Questionnaire) -> Comparability:
    """What became of each item between two forms, which are joined by their items' codes."""
    return compare_items(list(old.items()), list(new.items()), new.languages)


def compare_items(old: Sequence[Item], new: Sequence[Item], languages: Sequence[str]) -> Comparability:
    """What became of each item, its wording compared in the first of the languages that both have."""
    before, kept = {item.code: item for item in old}, {item.code for item in new}
    gone = [item for item in old if item.code not in kept]
    items = (
        _trend(before[item.code], item, languages) if item.code in before else _new(gone, item, languages)
        for item in new
    )
    return Comparability(tuple(items), tuple(ItemTrend(item.code, item.text, "dropped") for item in gone))


def _trend(old: Item, new: Item, languages: Sequence[str]) -> ItemTrend:
    wording = tuple(_rewordings(old, new, languages))
    answers = tuple(_changed_answers(old, new, languages))
    state: State = "scale_changed" if answers else "reworded" if wording else "same"
    return ItemTrend(new.code, new.text, state, (*wording, *answers))


def _new(gone: Iterable[Item], item: Item, languages: Sequence[str]) -> ItemTrend:
    """An item the old form does not have, with the one it may be under another code."""
    same = (old.code for old in gone if _trend(old, item, languages).state == "same")
    reasons = [Fault(item.code, OTHER_CODE, {"before": code}) for code in same]
    return ItemTrend(item.code, item.text, "new", tuple(reasons[:1]))


def _rewordings(old: Item, new: Item, languages: Sequence[str]) -> Iterator[Fault]:
    if not same_wording(old.text, new.text, languages):
        yield _reworded(new.code, REWORDED, old.text, new.text, languages)
    if bool(old.question.rows) != bool(new.question.rows):
        yield Fault(new.code, MOVED)
    elif new.question.rows and not same_wording(old.question.text, new.question.text, languages):
        yield _reworded(new.code, STEM_REWORDED, old.question.text, new.question.text, languages)


def _changed_answers(old: Item, new: Item, languages: Sequence[str]) -> Iterator[Fault]:
    """What changed in the levels; special answers such as "don't know" carry none."""
    kinds = (old.question.kind, new.question.kind)
    if kinds[0] != kinds[1] and not all(map(is_rated, kinds)):
        yield Fault(new.code, OTHER_KIND)
    if len(old.levels) != len(new.levels):
        yield Fault(new.code, OTHER_COUNT, {"before": len(old.levels), "after": len(new.levels)})
        return
    for number, (before, after) in enumerate(zip(old.levels, new.levels, strict=True), 1):
        if not same_wording(before.text, after.text, languages):
            yield _reworded(new.code, ANSWER_REWORDED, before.text, after.text, languages, number=number)
        elif before.code != after.code:
            values = {"number": number, "before": before.code, "after": after.code}
            yield Fault(new.code, ANSWER_RECODED, values)


def _reworded(
    code: str, template: str, before: Text, after: Text, languages: Sequence[str], **more: object
) -> Fault:
    """The sentence with both wordings in the language in which they were compared."""
    language = shared_language(before, after, languages)
    texts = {"before": _in(before, language), "after": _in(after, language)}
    return Fault(code, template, {**texts, **more})


def _in(text: Text, language: str) -> Words:
    return Words({language: text[language]}) if language in text else Words(text)
