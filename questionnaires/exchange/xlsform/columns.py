"""The columns of an XLSForm, under all the names that people give them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

OURS = "hailong_"
"""Begins the columns that carry what XLSForm has no place for; other programs pass over them.

There is no “::” in it: pyxform makes XML elements of the columns of `choices`.
"""

KIND, CRITERION, FACTOR, UNIT_OF_RATING = (
    f"{OURS}{name}" for name in ("kind", "criterion", "factor", "unit_of_rating")
)
PROFILE, SENSITIVE, MISSING = (f"{OURS}{name}" for name in ("profile", "sensitive", "missing"))
GROUP, LANGUAGES, SCALES, TITLE = (f"{OURS}{name}" for name in ("group", "languages", "scales", "title"))
ILLUSTRATIVE, SOURCE, FACTORS = (f"{OURS}{name}" for name in ("illustrative", "source", "factors"))

INTRO = "intro"
"""The “kind” of a note that introduces a section, or outside of groups the whole form."""

ALIASES = {
    "calculate": "calculation",
    "caption": "label",
    "command": "type",
    "constraining_message": "constraint_message",
    "constraintmsg": "constraint_message",
    "form_id": "id_string",
    "readonly": "read_only",
    "relevance": "relevant",
    "set_form_id": "id_string",
    "set_form_title": "form_title",
    "tag": "name",
    "text": "label",
    "title": "form_title",
    "value": "name",
}
GROUPINGS = ("bind", "body", "control", "media")
"""Words in front of a column that only say where in the XForm it lands: “bind::relevant”."""

WORDED = frozenset({"label", "hint", "constraint_message", TITLE})
"""Columns with a text for people, one a language."""

SURVEY = frozenset(
    {
        *("type", "name", "label", "hint", "relevant", "constraint", "constraint_message", "required"),
        *("calculation", "appearance", "choice_filter", "default", "read_only", "parameters", "trigger"),
        *("repeat_count", "disabled"),
        *(KIND, CRITERION, FACTOR, UNIT_OF_RATING, PROFILE, SENSITIVE),
    }
)
CHOICES = frozenset({"list_name", "name", "label", MISSING})
SETTINGS = frozenset(
    {
        *("form_title", "id_string", "version", "default_language", "name", "allow_choice_duplicates"),
        *(GROUP, LANGUAGES, SCALES, TITLE, ILLUSTRATIVE, SOURCE),
    }
)
FACTOR_LIST = frozenset({"name", "label"})


@dataclass(frozen=True)
class Column:
    """What a heading means: a column and, where it names one, the language of its texts."""

    name: str
    language: str = ""


def columns_of(headings: Iterable[str]) -> dict[str, Column]:
    """Heading → what it means. A single colon parts words only where no heading of the sheet has two."""
    named = [heading for heading in headings if heading]
    colon = "::" if any("::" in heading for heading in named) else ":"
    return {heading: _column_of(heading, colon) for heading in named}


def _column_of(heading: str, colon: str) -> Column:
    parts = [part.strip() for part in heading.replace("jr:", "").split(colon)]
    if len(parts) > 1 and parts[0].lower() in GROUPINGS:
        parts = parts[1:]
    name = "_".join(parts[0].lower().split())
    return Column(ALIASES.get(name, name), parts[1] if len(parts) > 1 else "")
