"""Places of a draft in words, and as the review page names them."""

from __future__ import annotations

import re
from typing import Any

from flask_babel import gettext

from questionnaires.faults import N_
from survey.builder.places import entry

WORDS = {
    "": N_("The whole"),
    "head": N_("Title and general settings"),
    "section": N_("Section %(code)s"),
    "question": N_("Question %(code)s"),
    "scale": N_("Scale %(code)s"),
    "factors": N_("Factors"),
    "node": N_("Criterion %(code)s"),
    "bands": N_("Ratings"),
    "ranking_groups": N_("Ranking groups"),
    "changes": N_("Changes"),
}
LISTED = {"sections": "section", "questions": "question", "scales": "scale", "nodes": "node"}
"""The list that entries stand in → the sort of part that each is."""
WHOLE = ("factors", "bands", "ranking_groups", "changes")


def place_in_words(place: str) -> str:
    sort, _, code = place.partition(":")
    return gettext(WORDS[sort]) % {"code": code} if sort in WORDS else place


def place_of_fault(path: str, content: Any) -> str:
    """The part that a fault's path leads into: "sections.1.questions.3.relevant" → "question:q3"."""
    keys = path.split(".")
    place = keys[0] if keys[0] in WHOLE else "head"
    for key, following in zip(keys, [*keys[1:], ""], strict=True):
        content = entry(content, key)
        code = entry(entry(content, following), "code") if key in LISTED else None
        if isinstance(code, str) and code:
            place = f"{LISTED[key]}:{code}"
    return place if path else ""


def anchor(place: str) -> str:
    """A place as the id of an element: "question:q1" → "question-q1"."""
    return re.sub(r"\s", "_", place.replace(":", "-", 1))
