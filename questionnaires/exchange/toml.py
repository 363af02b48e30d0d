"""A definition as a TOML file laid out as people write one by hand.

Texts stand by language under dotted keys (`title.vi = "…"`), long ones over several lines; scales, sections,
questions and nodes are blocks of their own (`[[sections.questions]]`), shorter lists have one line an entry.
"""

from __future__ import annotations

import datetime
import json
import re
from collections.abc import Iterator, Mapping
from typing import Any

WIDTH = 110
INDENT = "  "
BLOCKS = ("scales", "sections", "questions", "bands", "ranking_groups", "nodes", "changes")
"""Lists whose entries are long enough to stand alone, in the order they are written."""

_BARE_KEY = re.compile(r"[A-Za-z0-9_-]+")
_SINGLE_SPACE = re.compile(r"(?<=\S) (?=\S)")


def write_toml(definition: Mapping[str, Any]) -> str:
    """A plain definition, as `dump` gives it, as the text of a TOML file: the same text every time.

    `tomllib.loads` gives the definition back; only None is left out, as TOML has no word for it.
    """
    return "\n".join(_block(definition, ())).lstrip("\n") + "\n"


def _block(table: Mapping[str, Any], path: tuple[str, ...]) -> Iterator[str]:
    """The lines of a table: its own values first, as whatever follows a `[[header]]` belongs to that."""
    blocks = {key: value for key, value in table.items() if _is_blocks(key, value)}
    for key, value in table.items():
        if key not in blocks:
            yield from _lines(_key(key), value)
    for key in sorted(blocks, key=BLOCKS.index):
        inner = (*path, key)
        for entry in blocks[key]:
            yield f"\n[[{'.'.join(inner)}]]"
            yield from _block(entry, inner)


def _is_blocks(key: str, value: Any) -> bool:
    return key in BLOCKS and _is_tables(value)


def _is_tables(value: Any) -> bool:
    return isinstance(value, list | tuple) and bool(value) and all(isinstance(one, Mapping) for one in value)


def _lines(key: str, value: Any) -> Iterator[str]:
    """`key = value`, over as many lines as it takes."""
    if value is None:
        return
    if isinstance(value, Mapping) and value:
        for name, content in value.items():
            yield from _lines(f"{key}.{_key(name)}", content)
    elif _is_tables(value):
        yield f"{key} = ["
        yield from (f"{INDENT}{_literal(entry)}," for entry in value)
        yield "]"
    elif isinstance(value, str) and ("\n" in value or len(key) + len(value) > WIDTH):
        yield f"{key} = {_long_text(value)}"
    else:
        yield f"{key} = {_literal(value)}"


def _key(key: str) -> str:
    return key if _BARE_KEY.fullmatch(key) else _text(key)


def _literal(value: Any) -> str:
    """A value on one line."""
    if isinstance(value, Mapping):
        given = ((key, content) for key, content in value.items() if content is not None)
        return f"{{{', '.join(f'{_key(key)} = {_literal(content)}' for key, content in given)}}}"
    if isinstance(value, list | tuple):
        return f"[{', '.join(_literal(entry) for entry in value if entry is not None)}]"
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, datetime.date):
        return value.isoformat()
    return _text(value) if isinstance(value, str) else repr(value)


def _text(text: str) -> str:
    """The text in quotation marks: TOML reads JSON's escapes, and wants one more."""
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007F")


def _long_text(text: str) -> str:
    """The text between triple quotation marks, its long lines broken by backslashes, which a reader joins."""
    lines = (_broken(_text(line)[1:-1]) for line in text.split("\n"))
    return '"""\n' + "\n".join(lines) + '"""'


def _broken(line: str) -> str:
    rows: list[str] = []
    for word in _SINGLE_SPACE.split(line):
        if rows and len(rows[-1]) + len(word) + 3 <= WIDTH:
            rows[-1] += f" {word}"
        else:
            rows.append(word)
    return " \\\n".join(rows)
