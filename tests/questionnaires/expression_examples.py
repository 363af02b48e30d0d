"""The shared vectors, and random expressions with random answers, for the tests of both evaluators."""

import json
from datetime import date
from pathlib import Path
from typing import Any

from hypothesis import strategies as st

from questionnaires.expression.tree import BINDING, FUNCTIONS

VECTORS = json.loads(Path(__file__).with_name("expression_vectors.json").read_text("utf-8"))
TODAY = date.fromisoformat(VECTORS["today"])
CASES = [case for cases in VECTORS["values"].values() for case in cases]

CODES = ["a", "b", "q1.2", "tuổi"]
# Only letters that every Unicode version composes alike: the browser's may be newer than Python's.
LETTERS = "ab đĐếơ'09.-\u0301\u0302𠀋👍"
DAYS = st.dates().map(date.isoformat)
TEXTS_OF_NUMBERS = st.sampled_from(["0", "-0", "1", "4", "4.0", "-1.5", "365"])
NUMBERS = st.integers(0, 2**53 - 1) | st.sampled_from([0, 1, 2, 0.5, 0.1, 1e-7, 4503599627370495.5])
LEAVES = st.one_of(
    NUMBERS,
    st.text("ab đĐếơ'09.-", max_size=4),
    TEXTS_OF_NUMBERS,
    DAYS,
    st.sampled_from(CODES).map(lambda code: ["$", code]),
    st.sampled_from([["."], ["today"], ["true"], ["false"]]),
)
NO_LITERAL_TEXT = {"<", "<=", ">", ">=", "date"}
"""Operations to which the parser refuses to give some texts."""


def _operations(sides: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    """Every operation over `sides`, as the parser would build it."""
    counts = {**dict.fromkeys(BINDING, (2, 2)), "or": (2, 4), "and": (2, 4), "negative": (1, 1)}
    counts |= {name: (len(taken), len(taken)) for name, taken in FUNCTIONS.items() if taken}
    return st.one_of([_operation(name, least, most, sides) for name, (least, most) in counts.items()])


def _operation(name: str, least: int, most: int, sides: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    allowed = sides.map(_without_literal_text) if name in NO_LITERAL_TEXT else sides
    return st.lists(allowed, min_size=least, max_size=most).map(lambda chosen: [name, *chosen])


def _without_literal_text(side: Any) -> Any:
    return ["coalesce", ["."], side] if isinstance(side, str) else side


TREES = st.recursive(LEAVES, _operations, max_leaves=12)
SCALARS = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-(10**18), 10**18),
    st.floats(allow_nan=False, allow_infinity=False),
    st.text(LETTERS, max_size=5),
    st.sampled_from(["2026-02-30", "0000-01-01", "2026-03-15"]),
    TEXTS_OF_NUMBERS,
    DAYS,
)
ANSWER_VALUES = SCALARS | st.lists(SCALARS, max_size=4) | st.sampled_from([{"a": 1}, [["a"], 1]])
ANSWERS = st.dictionaries(st.sampled_from(CODES), ANSWER_VALUES)


def same(one: Any, other: Any) -> bool:
    """Equal and of one kind (to Python, True equals 1); numbers are compared as doubles."""
    if isinstance(one, list) and isinstance(other, list):
        return len(one) == len(other) and all(map(same, one, other))
    if isinstance(one, bool) or isinstance(other, bool):
        return one is other
    both_numbers = isinstance(one, int | float) and isinstance(other, int | float)
    return float(one) == float(other) if both_numbers else one == other
