"""A part of a draft in words, line by line, so that people compare it before and after a change."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from flask_babel import format_decimal, gettext

from questionnaires.codes import LANGUAGE
from questionnaires.coverage import GROUP_NAMES
from questionnaires.faults import N_
from survey.builder.terms import ASSESSED_BY, QUESTION_KINDS, UNIT_TYPES
from survey.language import LANGUAGES, NO_FIGURE

LABELS = {
    "after": N_("now"),
    "applies_to": N_("types of unit"),
    "assessed_by": N_("assessed by"),
    "at_least": N_("from (percent)"),
    "bands": N_("rating"),
    "before": N_("before"),
    "between": N_("between the thresholds"),
    "changes": N_("changes against the earlier set"),
    "choices": N_("answer"),
    "code": N_("code"),
    "combine": N_("how groups are put together"),
    "constraint": N_("accepted only if"),
    "constraint_message": N_("message"),
    "criterion": N_("criterion"),
    "date": N_("date"),
    "decimals": N_("decimals"),
    "decision": N_("decision"),
    "evidence": N_("evidence asked"),
    "fact": N_("the unit's figure"),
    "factor": N_("factor"),
    "factors": N_("factor"),
    "full": N_("full points from (percent)"),
    "group": N_("asked of"),
    "groups": N_("weight"),
    "hint": N_("hint"),
    "illustrative": N_("illustrative wording"),
    "in_charge": N_("appraised by"),
    "intro": N_("introduction"),
    "issuer": N_("issued by"),
    "kind": N_("kind"),
    "languages": N_("languages"),
    "levels": N_("level"),
    "max_points": N_("points"),
    "missing": N_("counts as no answer"),
    "name": N_("name"),
    "notes": N_("notes"),
    "number": N_("number"),
    "of": N_("what is read"),
    "origin": N_("lowest level"),
    "parent": N_("belongs to"),
    "points": N_("points"),
    "profile": N_("describes the respondent"),
    "ranked": N_("ranked"),
    "ranking_groups": N_("ranking group"),
    "relevant": N_("asked only if"),
    "replaces": N_("replaces"),
    "required": N_("required"),
    "rows": N_("row"),
    "rule": N_("rule"),
    "scale": N_("scale"),
    "sensitive": N_("sensitive"),
    "source": N_("source"),
    "subject": N_("subject"),
    "survey_optional": N_("the survey may be left out"),
    "text": N_("text"),
    "tie": N_("equal indexes"),
    "title": N_("title"),
    "unit_of_rating": N_("agency rated"),
    "version": N_("version"),
    "weights": N_("worth (percent)"),
    "when": N_("if"),
    "zero": N_("no points below (percent)"),
}
VALUES = {
    "kind": QUESTION_KINDS | {"points": N_("points"), "bonus": N_("bonus"), "penalty": N_("penalty")},
    "assessed_by": ASSESSED_BY | {"none": N_("its parts")},
    "group": GROUP_NAMES,
    "applies_to": UNIT_TYPES,
}
"""Values that are codes, by the key they stand under → their words."""

ORDER = N_("order")
Line = tuple[str, str]


@dataclass(frozen=True)
class Comparison:
    """One line of a part: blank on the side where it is not there."""

    label: str
    before: str
    after: str


def compared(before: Any, after: Any) -> list[Comparison]:
    """The lines in which two states of a part differ, in the order of the part."""
    old, new = dict(lines(before)), dict(lines(after))
    labels = dict.fromkeys([*new, *old])
    pairs = ((label, old.get(label, NO_FIGURE), new.get(label, NO_FIGURE)) for label in labels)
    return [Comparison(*pair) for pair in pairs if pair[1] != pair[2]]


def lines(part: Any) -> Iterator[Line]:
    """What a part says, each line named by the way to it: "row access_signs – text (Tiếng Việt)"."""
    if isinstance(part, Mapping):
        for key, value in part.items():
            yield from named_lines(label_of(str(key)), str(key), value)


def named_lines(label: str, key: str, value: Any) -> Iterator[Line]:
    if isinstance(value, Mapping):
        for inner, content in value.items():
            yield from named_lines(inside(label, str(inner)), str(inner), content)
    elif isinstance(value, list) and any(isinstance(each, Mapping) for each in value):
        yield from listed_lines(label, value)
    elif value not in (None, "", []):
        yield capital(label), written(key, value)


def listed_lines(label: str, entries: list[Any]) -> Iterator[Line]:
    """Entries one by one, and the order of those that have codes."""
    names = [str(each.get("code") or number) for number, each in enumerate(map(table, entries), 1)]
    if len(names) > 1 and any("code" in table(each) for each in entries):
        yield capital(f"{label} – {gettext(ORDER)}"), ", ".join(names)
    for name, each in zip(names, map(table, entries), strict=True):
        for key, value in each.items():
            if key != "code":
                yield from named_lines(f"{label} {name} – {label_of(key)}", key, value)


def table(entry: Any) -> Mapping[str, Any]:
    return entry if isinstance(entry, Mapping) else {"text": entry}


def inside(label: str, key: str) -> str:
    """A line within a table: of a text in a language, of a setting of a rule, of a code that people chose."""
    if key in LANGUAGES or LANGUAGE.fits(key):
        return f"{label} ({LANGUAGES.get(key, key)})"
    return f"{label} – {label_of(key)}"


def label_of(key: str) -> str:
    if key in GROUP_NAMES:
        return gettext(GROUP_NAMES[key])
    return gettext(LABELS[key]) if key in LABELS else key


def written(key: str, value: Any) -> str:
    if isinstance(value, list):
        return ", ".join(written(key, each) for each in value)
    if isinstance(value, bool):
        return gettext("yes") if value else gettext("no")
    if isinstance(value, int | float):
        return format_decimal(value)
    words = VALUES.get(key, {}).get(str(value))
    return gettext(words) if words else str(value)


def capital(label: str) -> str:
    return label[:1].upper() + label[1:]
