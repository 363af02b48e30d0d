"""The frameworks shipped with the product, one TOML file per version, never edited after use."""

from __future__ import annotations

from functools import cache
from typing import Any

from questionnaires import shelf
from questionnaires.framework import Framework
from questionnaires.parse_framework import parse_framework


def names() -> tuple[str, ...]:
    """The names of the shipped frameworks, in alphabetical order."""
    return shelf.names(__name__)


def source(name: str) -> dict[str, Any]:
    """A framework's definition as it is written; raises LookupError for an unknown name."""
    return shelf.source(__name__, name)


@cache
def load(name: str) -> Framework:
    """A shipped framework; raises LookupError for an unknown name."""
    return parse_framework(source(name))
