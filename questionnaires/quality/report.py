"""All signals over the responses of a survey, in one reading."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Hashable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Generic

from questionnaires.quality.straight import StraightLine, blocks, straight_line
from questionnaires.quality.texts import Id, SameText, TextsSeen
from questionnaires.schema import Questionnaire

STRAIGHT_LINING = "straight_lining"
SAME_TEXT = "same_text"


@dataclass(frozen=True)
class SignalReport(Generic[Id]):
    """Which responses an analyst may want to look at, and why.

    `counts`: kind → responses with it, of the `responses` read. `kinds`: response → its kinds; responses that
    have none are not there. `straight_lines` and `same_texts` are the evidence.
    """

    responses: int
    counts: Mapping[str, int]
    kinds: Mapping[Id, frozenset[str]]
    straight_lines: Mapping[Id, StraightLine]
    same_texts: tuple[SameText[Id], ...]


def signals_of(
    questionnaire: Questionnaire,
    records: Iterable[tuple[Id, Mapping[str, Any]]],
    stored: Mapping[Id, Collection[str]],
    persons: Mapping[Id, Hashable] | None = None,
) -> SignalReport[Id]:
    """The signals of all records, which are read once and not kept.

    `stored`: response → kinds noted when it came in; those of responses that are not read are left out.
    `persons` as `same_text` takes it.
    """
    lists, texts, read = blocks(questionnaire), TextsSeen[Id](questionnaire), 0
    kinds: defaultdict[Id, set[str]] = defaultdict(set)
    lines: dict[Id, StraightLine] = {}
    for response, answers in records:
        read += 1
        texts.add(response, answers)
        if noted := stored.get(response):
            kinds[response].update(noted)
        if line := straight_line(lists, answers):
            lines[response] = line
            kinds[response].add(STRAIGHT_LINING)
    groups = texts.groups(persons or {})
    for group in groups:
        for response in group.responses:
            kinds[response].add(SAME_TEXT)
    return _report(read, kinds, lines, groups)


def _report(
    read: int,
    kinds: Mapping[Id, set[str]],
    lines: Mapping[Id, StraightLine],
    groups: tuple[SameText[Id], ...],
) -> SignalReport[Id]:
    counts = Counter({STRAIGHT_LINING: 0, SAME_TEXT: 0})
    counts.update(kind for found in kinds.values() for kind in found)
    return SignalReport(
        read, dict(counts), {one: frozenset(found) for one, found in kinds.items()}, lines, groups
    )
