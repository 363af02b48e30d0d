"""Conditions of ratings as people write them: most are a limit of the index, and nothing else."""

from __future__ import annotations

import re

_LIMIT = re.compile(r"(>=|≥|>|<=|≤|<|)\s*([0-9]+(?:[.,][0-9]+)?)\s*%?")
_SIGNS = {"": ">=", "≥": ">=", "≤": "<="}


def read_condition(written: str) -> str:
    """An expression as it stands; a bare limit such as "90", "≥ 90" or "< 65 %" as one of the index."""
    limit = _LIMIT.fullmatch(written.strip())
    if limit is None:
        return written
    return f"${{index}} {_SIGNS.get(limit[1], limit[1])} {limit[2].replace(',', '.')}"
