"""Records back to plain tables, as JSON and TOML write them; what stands at its default is left out."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import MISSING, Field, fields, is_dataclass
from functools import singledispatch
from typing import Any

from questionnaires.expression import to_text
from questionnaires.framework import Rule
from questionnaires.schema import Question

EXPRESSIONS = ("relevant", "constraint", "when")


@singledispatch
def plain(value: Any) -> Any:
    """The value in the types JSON knows; a record becomes a table of its fields."""
    if not is_dataclass(value):
        return value
    contents = ((field, getattr(value, field.name)) for field in fields(value))
    return {
        field.name: to_text(content) if field.name in EXPRESSIONS else plain(content)
        for field, content in contents
        if not _is_default(field, content)
    }


@plain.register
def _(value: Mapping) -> Any:
    return {key: plain(content) for key, content in value.items()}


@plain.register(tuple)
@plain.register(list)
def _(value: Any) -> Any:
    return [plain(content) for content in value]


@plain.register
def _(value: datetime.date) -> Any:
    return value.isoformat()


@plain.register
def _(value: Rule) -> Any:
    return {"name": value.name, **plain(value.parameters)}


@plain.register
def _(value: Question) -> Any:
    table = plain.dispatch(object)(value)
    if value.scale is not None:  # the scale holds the choices
        table.pop("choices", None)
    return table


def _is_default(field: Field[Any], content: Any) -> bool:
    default = field.default if field.default_factory is MISSING else field.default_factory()
    return bool(content == default)
