"""Which forms of a batch a second person keys too: chosen at random, by a secret that nobody is shown.

The same secret and number always give the same choice, so that it can be proved later; without the secret
nobody can tell beforehand which forms will be looked at.
"""

from __future__ import annotations

import hashlib
import hmac
import math
from collections.abc import Iterable

from survey.models import Batch


def fraction(seed: str, number: int) -> float:
    """A number from 0 to below 1, as if drawn at random for this form."""
    digest = hmac.digest(seed.encode(), str(number).encode(), hashlib.sha256)
    return int.from_bytes(digest[:8]) / 2**64


def sample_size(batch: Batch, forms: int | None = None) -> int:
    """How many forms are to be keyed twice: of the whole batch, or of those `forms` of it that came back."""
    forms = batch.forms_expected if forms is None else forms
    if batch.rekey_all or batch.plan == "all":
        return forms
    if batch.plan == "share":
        return math.ceil(forms * batch.verify_share / 100)
    return min(batch.sample_size, forms) if batch.plan == "acceptance" else 0


def lowest(seed: str, numbers: Iterable[int], size: int) -> set[int]:
    """As many of the numbers as `size` says, at random."""
    return set(sorted(numbers, key=lambda number: fraction(seed, number))[:size])


def is_chosen(batch: Batch, number: int) -> bool:
    """Whether the plan wants a second reading of this form."""
    return number in chosen_of(batch, [number])


def chosen_of(batch: Batch, numbers: Iterable[int]) -> set[int]:
    """Those of these forms, by their numbers, that the plan wants a second reading of.

    Numbers beyond those expected, as of a batch not printed from 1, are chosen each by itself, with the same
    chance.
    """
    size, expected = sample_size(batch), batch.forms_expected
    if size in (0, expected):
        return set(numbers) if size else set()
    drawn = lowest(batch.seed, range(1, expected + 1), size)
    return {
        number
        for number in numbers
        if number in drawn or (number > expected and fraction(batch.seed, number) < size / expected)
    }
