"""A part of a draft in words, line by line, so that people compare it before and after a change."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import reduce
from typing import Any

from flask_babel import format_decimal, gettext

from questionnaires.codes import LANGUAGE
from questionnaires.coverage import GROUP_NAMES
from questionnaires.editing.rule_fields import BETWEEN, OF, ORIGIN, RULE_NAMES
from questionnaires.faults import N_
from questionnaires.words import KEY_WORDS
from survey.builder.terms import (
    ASSESSED_BY,
    CHANGE_KINDS,
    COMBINE_WORDS,
    QUESTION_KINDS,
    TIE_WORDS,
    UNIT_TYPES,
    share,
)
from survey.language import LANGUAGES, NO_FIGURE

VALUES = {
    "kind": QUESTION_KINDS
    | {"points": N_("points"), "bonus": N_("bonus"), "penalty": N_("penalty")}
    | CHANGE_KINDS,
    "assessed_by": ASSESSED_BY | {"none": N_("its parts")},
    "group": GROUP_NAMES,
    "applies_to": UNIT_TYPES,
    "name": RULE_NAMES,
    "combine": COMBINE_WORDS,
    "rule": TIE_WORDS,
    **{each.name: each.options for each in (OF, ORIGIN, BETWEEN)},
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
    if key in LANGUAGES or (LANGUAGE.fits(key) and key not in KEY_WORDS):
        return f"{label} ({LANGUAGES.get(key, key)})"
    return f"{label} – {label_of(key)}"


def named_field(path: str) -> str:
    """The words for a field of a part: "rows/q1/text/vi" → "Rows – q1 – text (Tiếng Việt)"."""
    key, *further = path.split("/")
    return capital(reduce(inside, further, label_of(key)))


def in_words(path: str, value: Any) -> str:
    """What stands in a field, which may be a whole entry of a list; a dash where nothing does."""
    if value in (None, "", [], {}):
        return NO_FIGURE
    key = path.rpartition("/")[2]
    if isinstance(value, Mapping) or (isinstance(value, list) and any(isinstance(e, Mapping) for e in value)):
        said = lines(value if isinstance(value, Mapping) else {key: value})
        return "; ".join(f"{label}: {words}" for label, words in said)
    return written(key, value)


def label_of(key: str) -> str:
    if key in GROUP_NAMES:
        return gettext(GROUP_NAMES[key])
    return gettext(KEY_WORDS[key]) if key in KEY_WORDS else key


def written(key: str, value: Any) -> str:
    if isinstance(value, list):
        return ", ".join(written(key, each) for each in value)
    if isinstance(value, bool):
        return gettext("yes") if value else gettext("no")
    if isinstance(value, int | float) and key in GROUP_NAMES:
        return share(100 * value)
    if isinstance(value, int | float):
        return format_decimal(value)
    words = VALUES.get(key, {}).get(str(value))
    return gettext(words) if words else str(value)


def capital(label: str) -> str:
    return label[:1].upper() + label[1:]
