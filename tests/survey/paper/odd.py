"""Forms on whose paper stands what no record holds, keyed as it stands there."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from survey.collection.paper import claim, finish, save_field
from survey.models import User
from tests.survey.factory import ANSWERS
from tests.survey.paper.room import Room

ODD = {"visits": (44, "impossible"), "late": ("yes", ""), "polite": (None, "unreadable")}
"""ANSWERS say that nothing was received, so nobody asks whether it was late."""


def key_odd(
    room: Room, person: User, kind: str = "first", odd: Mapping[str, tuple[Any, str]] = ODD, **others: Any
) -> str:
    """Key ANSWERS but for these: item → value and note; the form's state."""
    held = claim(room.batch.id, person, kind)
    fields = {item: (value, "") for item, value in {**ANSWERS, **others}.items()} | dict(odd)
    for seq, (item, (value, note)) in enumerate(fields.items(), 1):
        texts = value if isinstance(value, list) else [] if value is None else [str(value)]
        save_field(held.reading_id, held.token, item, texts, note=note, seq=seq)
    return finish(held.reading_id, held.token)
