"""Numbers in addresses and forms: one that no database can hold leads to no page, instead of to a failure."""

from __future__ import annotations

from typing import Any

from flask import Flask, request
from werkzeug.routing import IntegerConverter, Map

LARGEST = 2**31 - 1
"""PostgreSQL's integers end here."""


class Number(IntegerConverter):
    """`<int:…>` in a rule: from 0 to what an id can be."""

    def __init__(self, map: Map, **options: Any) -> None:
        super().__init__(map, **{"max": LARGEST, **options})


def argument(name: str) -> int | None:
    """A whole number above 0 from the query string; None where it holds none that can be meant."""
    return _meant(request.args.get(name, type=int))


def sent(name: str) -> int | None:
    """The same from a form."""
    return _meant(request.form.get(name, type=int))


def _meant(number: int | None) -> int | None:
    return number if number is not None and 0 < number <= LARGEST else None


def init_app(app: Flask) -> None:
    """Before any rule is added."""
    app.url_map.converters["int"] = Number
