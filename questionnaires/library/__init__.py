"""The questionnaires shipped with the product, one TOML file each."""

from __future__ import annotations

from functools import cache
from typing import Any

from questionnaires import shelf
from questionnaires.parse import parse
from questionnaires.schema import Questionnaire


def names() -> tuple[str, ...]:
    """The names of the shipped questionnaires, in alphabetical order."""
    return shelf.names(__name__)


def source(name: str) -> dict[str, Any]:
    """A questionnaire's definition as it is written; raises LookupError for an unknown name."""
    return shelf.source(__name__, name)


@cache
def load(name: str) -> Questionnaire:
    """A shipped questionnaire; raises LookupError for an unknown name."""
    return parse(source(name))
