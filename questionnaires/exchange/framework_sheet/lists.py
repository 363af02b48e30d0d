"""Cells that hold a short list: the groups with their weights, the worth of each answer, the levels."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from questionnaires.exchange.framework_sheet.forms import (
    Cell,
    CellRefused,
    Choice,
    Form,
    by_hundred,
    find_choice,
    number_of,
    percent_of,
    share_of,
    write_percent,
)
from questionnaires.faults import N_, Words
from questionnaires.written import write_number

BAD_GROUP = N_(
    "“%(raw)s” is no group with its weight. Write, for example: Người dân 60; Doanh nghiệp 40 "
    "(or: citizen 60; business 40)."
)
GROUP_TWICE = N_("The group “%(group)s” stands here twice. Write it once, with its whole weight.")
GROUP_WEIGHTS = N_(
    "The weights of the groups add up to %(sum)s, not to 100. Change them so that they do, for example: "
    "Người dân 60; Doanh nghiệp 40 (or: citizen 60; business 40)."
)
BAD_WEIGHT = N_("“%(raw)s” is no answer with its percentage. Write, for example: tot = 100; kha = 60.")
ANSWER_TWICE = N_("The answer “%(answer)s” stands here twice. Write it once, with one percentage.")
BAD_LEVEL = N_("“%(raw)s” is no level with its points. Write, for example: 85: 2; 75: 1,5; 65: 1.")

WHOLE, TOLERANCE = 100, 1e-7

ReadNumber = Callable[[str], int | float]

_PARTS = re.compile(r"[;\n]|,\s+|,(?=[^\W\d])")
_NUMBER = r"-?[0-9][0-9.,]*"
_NAMED = re.compile(rf"(?P<name>.+?)(?:\s*[:=]\s*|\s+|\s*\(\s*)(?P<number>{_NUMBER}\s*%?)\s*\)?")
_LEVEL = re.compile(
    rf"(?:>=|≥|từ|from)?\s*(?P<start>{_NUMBER}\s*%?)\s*[:=]\s*(?P<points>{_NUMBER})\s*(?:điểm|points?)?",
    re.IGNORECASE,
)

GROUP_CHOICES = (
    Choice("citizen", Words(vi="Người dân", en="Citizens"), ("công dân", "dân")),
    Choice("business", Words(vi="Doanh nghiệp", en="Businesses"), ("tổ chức", "doanh nghiệp, tổ chức")),
    Choice("official", Words(vi="Cán bộ công chức", en="Officials"), ("công chức", "CBCC", "CBCCVC")),
    Choice("deputy", Words(vi="Đại biểu HĐND", en="Deputies"), ("đại biểu", "đại biểu hội đồng nhân dân")),
    Choice("leader", Words(vi="Lãnh đạo", en="Leaders"), ("lãnh đạo cơ quan", "lãnh đạo quản lý")),
)


def _parts(raw: str) -> Iterator[str]:
    return (part.strip() for part in _PARTS.split(raw) if part.strip())


def _named_numbers(raw: str, template: str, read: ReadNumber) -> list[tuple[str, int | float]]:
    found = []
    for part in _parts(raw):
        match = _NAMED.fullmatch(part)
        if match is None:
            raise CellRefused(template, raw=part[:80])
        found.append((match["name"], read(match["number"])))
    return found


def _weight_of(raw: str) -> int | float:
    return number_of(raw.removesuffix("%"))


def _read_groups(raw: str) -> dict[str, float]:
    """Shares of 1; the sheet gives percentages, or shares that add up to 1 already. One group needs none."""
    if not any(sign.isdigit() for sign in raw) and len(list(_parts(raw))) == 1:
        return {find_choice(raw, GROUP_CHOICES).value: 1.0}
    weights: dict[str, float] = {}
    for name, weight in _named_numbers(raw, BAD_GROUP, _weight_of):
        choice = find_choice(name, GROUP_CHOICES)
        if choice.value in weights:
            raise CellRefused(GROUP_TWICE, group=choice.words)
        weights[choice.value] = weight
    total = math.fsum(weights.values())
    if abs(total - 1) <= TOLERANCE / WHOLE:
        return weights
    if abs(total - WHOLE) > TOLERANCE:
        raise CellRefused(GROUP_WEIGHTS, sum=total)
    return {group: share_of(weight) for group, weight in weights.items()}


def _write_groups(weights: Mapping[str, float], language: str) -> Cell:
    words = {choice.value: choice.words[language] for choice in GROUP_CHOICES}
    return "; ".join(f"{words.get(group, group)} {by_hundred(weight)}" for group, weight in weights.items())


def _read_answers(raw: str) -> dict[str, int | float]:
    answers: dict[str, int | float] = {}
    for name, worth in _named_numbers(raw, BAD_WEIGHT, percent_of):
        if name in answers:
            raise CellRefused(ANSWER_TWICE, answer=name)
        answers[name] = worth
    return answers


def _write_answers(weights: Mapping[str, float], language: str) -> Cell:
    return "; ".join(f"{answer} = {write_percent(worth)}" for answer, worth in weights.items())


def _read_levels(raw: str) -> list[dict[str, int | float]]:
    levels = []
    for part in _parts(raw):
        match = _LEVEL.fullmatch(part)
        if match is None:
            raise CellRefused(BAD_LEVEL, raw=part[:80])
        levels.append({"at_least": percent_of(match["start"]), "points": number_of(match["points"])})
    return levels


def _write_levels(levels: Sequence[Mapping[str, Any]], language: str) -> Cell:
    return "; ".join(
        f"{write_percent(level['at_least'])}: {write_number(level['points'])}" for level in levels
    )


GROUP_WEIGHTS_FORM = Form(_read_groups, _write_groups)
ANSWER_WEIGHTS = Form(_read_answers, _write_answers)
LEVELS = Form(_read_levels, _write_levels)
