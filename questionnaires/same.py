"""A record as a key to a cache, known by what it is and not by what it holds."""

from __future__ import annotations

from typing import Generic, TypeVar

Record = TypeVar("Record")


class Same(Generic[Record]):
    """The very record: definitions hold tables, so they can't be hashed, and comparing them would take long.

    It keeps the record alive, so that no other takes its place in memory while the cache has the key.
    """

    def __init__(self, record: Record) -> None:
        self.record = record

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Same) and other.record is self.record

    def __hash__(self) -> int:
        return id(self.record)
