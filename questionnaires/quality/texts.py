"""The same words in several responses."""

from __future__ import annotations

import hashlib
from collections.abc import Hashable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from questionnaires.schema import Questionnaire
from questionnaires.text import fold

OPEN_KINDS = ("text", "long_text")
SHORTEST = 20
"""Characters of folded text: shorter ones ("không có ý kiến") meet by chance."""
FEWEST_PEOPLE = 3
DIGEST_BYTES = 8

Id = TypeVar("Id", bound=Hashable)


@dataclass(frozen=True)
class SameText(Generic[Id]):
    """Responses with the same words at an open question, case, marks and spaces aside, in the order met."""

    item: str
    responses: tuple[Id, ...]


class TextsSeen(Generic[Id]):
    """The open texts of the responses met so far: of each a digest alone, as there may be millions."""

    def __init__(self, questionnaire: Questionnaire) -> None:
        self.items = [item.code for item in questionnaire.items() if item.question.kind in OPEN_KINDS]
        self.first: dict[int, Id] = {}
        self.shared: dict[int, tuple[str, list[Id]]] = {}

    def add(self, response: Id, answers: Mapping[str, Any]) -> None:
        for item, text in self._long_texts(answers):
            digest = _digest(item, text)
            if digest in self.first:
                self.shared.setdefault(digest, (item, [self.first[digest]]))[1].append(response)
            else:
                self.first[digest] = response

    def groups(self, persons: Mapping[Id, Hashable]) -> tuple[SameText[Id], ...]:
        groups = (SameText(item, tuple(responses)) for item, responses in self.shared.values())
        return tuple(group for group in groups if _people(group.responses, persons) >= FEWEST_PEOPLE)

    def _long_texts(self, answers: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
        for item in self.items:
            written = answers.get(item)
            if isinstance(written, str) and len(text := fold(written)) >= SHORTEST:
                yield item, text


def same_text(
    questionnaire: Questionnaire,
    records: Iterable[tuple[Id, Mapping[str, Any]]],
    persons: Mapping[Id, Hashable] | None = None,
) -> tuple[SameText[Id], ...]:
    """The groups of responses, from three people or more, that say the same at an open question.

    `persons`: response → whoever filled it, for those who filled several, as one sitting over several units
    does; each other response is a person of its own. The records are read once and not kept.
    """
    seen: TextsSeen[Id] = TextsSeen(questionnaire)
    for response, answers in records:
        seen.add(response, answers)
    return seen.groups(persons or {})


def _people(responses: Iterable[Id], persons: Mapping[Id, Hashable]) -> int:
    return len({(one in persons, persons.get(one, one)) for one in responses})


def _digest(item: str, text: str) -> int:
    digest = hashlib.blake2b(f"{item}\n{text}".encode(), digest_size=DIGEST_BYTES)
    return int.from_bytes(digest.digest(), "big")
