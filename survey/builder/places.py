"""The place of a fault, named so that its author finds it: positions, and the codes that stand there."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any


def with_codes(place: str, content: Any) -> str:
    """The place with the codes of the entries on its way: nodes.12.rule.full → nodes.12.rule.full (c3_4)."""
    codes = ", ".join(codes_on_the_way(place, content))
    return f"{place} ({codes})" if codes else place


def codes_on_the_way(place: str, content: Any) -> Iterator[str]:
    for part in place.split("."):
        content = entry(content, part)
        if part.isdecimal() and isinstance(content, Mapping) and isinstance(content.get("code"), str):
            yield content["code"]


def entry(content: Any, part: str) -> Any:
    """What stands under a key, or at a position counted from 1; None where nothing does."""
    if isinstance(content, Mapping):
        return content.get(part)
    if isinstance(content, list) and part.isdecimal() and 0 < int(part) <= len(content):
        return content[int(part) - 1]
    return None
