"""A definition as a JSON file."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any


def write_json(definition: Mapping[str, Any]) -> str:
    """A plain definition, as `dump` gives it, as the text of a JSON file: the same text every time."""
    return json.dumps(definition, ensure_ascii=False, indent=2) + "\n"
