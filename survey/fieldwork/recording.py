"""What the audit trail says of a change: from what to what."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

PLAIN = (str, int, float, bool, list, dict, type(None))


def particulars(row: object, names: Iterable[str]) -> dict[str, Any]:
    return {name: getattr(row, name) for name in names}


def changes(before: Mapping[str, Any], after: Mapping[str, Any]) -> dict[str, Any]:
    """[from, to] of each value that differs, as JSON."""
    return {
        name: [plain(before.get(name)), plain(value)]
        for name, value in after.items()
        if value != before.get(name)
    }


def plain(value: Any) -> Any:
    return value if isinstance(value, PLAIN) else str(value)
