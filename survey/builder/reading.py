"""A draft as it stands: as much of it as can be read, and its faults, told from where people look."""

from __future__ import annotations

import functools
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from questionnaires import Fault
from questionnaires.editing.coded import tables
from questionnaires.editing.questionnaire_head import BODY
from survey.builder.drafts.life import EXAMINERS
from survey.models import DefinitionDraft

Table = dict[str, Any]


@dataclass(frozen=True)
class Reading:
    """`faults` are those of the whole definition, which `content` holds."""

    faults: Sequence[Fault]
    content: Table

    def below(self, place: str) -> list[Fault]:
        """The faults at a place of the definition, their places told from there."""
        prefix = f"{place}." if place else ""
        return [
            Fault(fault.place.removeprefix(prefix), fault.template, fault.values)
            for fault in self.faults
            if fault.place.startswith(prefix)
        ]

    def of_head(self) -> list[Fault]:
        """The faults of all that is not edited apart."""
        return [fault for fault in self.faults if fault.place.split(".")[0] not in BODY]

    def of_list(self, key: str) -> list[Fault]:
        """The faults of a list that is one part, told from the whole."""
        return [fault for fault in self.faults if fault.place.split(".")[0] == key]

    def entry_place(self, key: str, code: str) -> str:
        """Where the entry of a code stands in a list: "sections.2"; "sections.0" where there is none."""
        codes = [entry.get("code") for entry in tables(self.content, key)]
        return f"{key}.{codes.index(code) + 1 if code in codes else 0}"


def examined(draft: DefinitionDraft) -> tuple[Any, Sequence[Fault]]:
    """As much of the draft's definition as can be read, and every fault of it."""
    return _examined(draft.kind, draft.id, draft.revision, _Content(draft.content))


class _Content:
    """Lets the cache look at the draft's id and revision alone."""

    def __init__(self, value: Table) -> None:
        self.value = value

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Content) and self.value == other.value

    def __hash__(self) -> int:
        return 0


@functools.lru_cache(maxsize=32)
def _examined(kind: str, _draft_id: int, _revision: int, content: _Content) -> tuple[Any, Sequence[Fault]]:
    return EXAMINERS[kind](content.value)
