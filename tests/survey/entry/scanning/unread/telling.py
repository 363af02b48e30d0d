"""A person at the page of an unread scan: what is typed there, and what is named afterwards."""

from __future__ import annotations

from typing import Any

from questionnaires.paper import write_serial


def number(desk, form: int = 1) -> str:
    return write_serial(desk.printed.first_serial + form - 1)


def path_of(desk, place: int = 0) -> str:
    return f"/entry/scans/pages/{desk.sheets()[place].id}"


def tell(desk, place: int = 0, **typed: Any):
    data = {"serial": number(desk), "page": "1", "deed": "read", **typed}
    return desk.client.submit(path_of(desk, place), data)


def templates(desk) -> list[str]:
    return [fault.template for fault in desk.faults()]
