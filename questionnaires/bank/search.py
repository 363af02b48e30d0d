"""Questions of the bank found by their words, with or without marks, and by what they serve."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from questionnaires.bank.entries import Bank, Entry
from questionnaires.bank.wording import texts_of, words


def search(
    bank: Bank,
    text: str = "",
    *,
    criterion: str | None = None,
    factor: str | None = None,
    kind: str | None = None,
    group: str | None = None,
) -> list[Entry]:
    """The entries that hold every word of `text`, in any order, and serve what is named.

    A word may be the beginning of one. Entries in which all are whole words come first, then those asked
    most often.
    """
    wanted = {"criterion": criterion, "factor": factor, "kind": kind, "group": group}
    tests = [(SERVES[name], value) for name, value in wanted.items() if value]
    sought = set(words(text))
    found = [(entry, held) for entry in bank.entries if _holds(held := set(_words(entry)), sought)]
    served = [one for one in found if all(value in test(one[0]) for test, value in tests)]
    served.sort(key=lambda one: (not sought <= one[1], -len(one[0].uses)))
    return [entry for entry, _ in served]


def _holds(held: set[str], sought: set[str]) -> bool:
    return all(any(word.startswith(beginning) for word in held) for beginning in sought)


def _words(entry: Entry) -> Iterator[str]:
    """Every word an entry was ever asked in, in all languages, with its codes and its factors' titles."""
    for use in entry.uses:
        factors = use.questionnaire.factors
        titles = (factors.get(item.factor or "", {}) for item in use.question.items())
        for text in (*texts_of(use.question), *titles):
            for written in text.values():
                yield from words(written)
        for item in use.question.items():
            yield from words(f"{item.code} {item.criterion or ''}")
        yield from words(use.question.code)


SERVES: dict[str, Callable[[Entry], set[str | None]]] = {
    "criterion": lambda entry: {item.criterion for use in entry.uses for item in use.question.items()},
    "factor": lambda entry: {item.factor for use in entry.uses for item in use.question.items()},
    "kind": lambda entry: {entry.latest.question.kind},
    "group": lambda entry: set(entry.groups),
}
"""What an entry can be asked for → the values it has."""
