"""Random definitions and answers: nonsense of any shape, sound forms with one thing broken, sound forms."""

from __future__ import annotations

import copy
from dataclasses import fields
from typing import Any

from hypothesis import strategies as st

from questionnaires import dump_framework, dump_questionnaire, frameworks
from questionnaires.framework import Band, Decision, Framework, Node, Rule, Tie
from questionnaires.schema import Choice, Question, Questionnaire, Row, Scale, Section
from tests.questionnaires.forms import AGREE, definition, every_kind, question, section, words

RECORDS = (Questionnaire, Section, Question, Row, Scale, Choice, Framework, Node, Rule, Band, Decision, Tie)
KEYS = st.sampled_from([field.name for record in RECORDS for field in fields(record)])
SCALARS = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.floats(),
    st.dates(),
    st.text(max_size=10),
    st.sampled_from(
        ["a", "1.1", "q", "scale", "matrix", "survey", "bands", "fact", "${q} > 1", "10" * 3000, 10**400]
    ),
)
JSON = st.recursive(
    SCALARS,
    lambda inner: (
        st.lists(inner, max_size=4) | st.dictionaries(KEYS | st.text(max_size=5), inner, max_size=6)
    ),
    max_leaves=25,
)


def _places(value: Any, place: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """The path to every value inside a definition."""
    inner = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    return [place, *(path for key, content in inner for path in _places(content, (*place, key)))]


@st.composite
def _broken(draw: st.DrawFn, sound: dict[str, Any]) -> dict[str, Any]:
    """A sound definition with one to three values replaced by nonsense or taken away."""
    broken = copy.deepcopy(sound)
    for _ in range(draw(st.integers(1, 3))):
        *path, last = draw(st.sampled_from([place for place in _places(broken) if place]))
        holder = broken
        for key in path:
            holder = holder[key]
        if draw(st.booleans()):
            del holder[last]
        else:
            holder[last] = draw(JSON)
    return broken


def broken_questionnaires() -> st.SearchStrategy[dict[str, Any]]:
    return _broken(dump_questionnaire(every_kind()))


def broken_frameworks() -> st.SearchStrategy[dict[str, Any]]:
    return _broken(dump_framework(frameworks.load("dak-lak-so-2022")))


KINDS_OF_CHOICE = ("single", "scale", "multiple", "rank")
PLAIN_KINDS = ("integer", "decimal", "text", "long_text", "date", "place", "unit", "note")
CODES = ("no", "rather", "yes", "dk", "z")


@st.composite
def _question(draw: st.DrawFn, code: str, earlier: list[str]) -> dict[str, Any]:
    """A sound question, whose route may depend on earlier items."""
    kind = draw(st.sampled_from([*KINDS_OF_CHOICE, "matrix", *PLAIN_KINDS]))
    made = question(code, kind, required=kind != "note" and draw(st.booleans()))
    if kind in (*KINDS_OF_CHOICE, "matrix"):
        made["scale"] = "agree"
    if kind == "matrix":
        made["rows"] = [{"code": f"{code}_{letter}", "text": words(letter)} for letter in "ab"]
    if earlier and draw(st.booleans()):
        made["relevant"] = draw(_conditions(earlier))
    if kind != "note" and draw(st.booleans()):
        made["constraint"] = draw(
            st.sampled_from([". > 0", ". != 'no'", "count-selected(.) < 3", "today() >= ."])
        )
        made["constraint_message"] = words("Sai")
    return made


def _conditions(codes: list[str]) -> st.SearchStrategy[str]:
    simple = st.builds(
        "{}{} {}".format,
        st.just("$"),
        st.sampled_from(codes).map("{{{}}}".format),
        st.sampled_from(["= 'yes'", "!= 'no'", "= ''", "> 1", "<= today()"]),
    )
    return simple | st.builds("{} or not({})".format, simple, simple)


@st.composite
def sound_questionnaires(draw: st.DrawFn) -> dict[str, Any]:
    earlier: list[str] = []
    sections = []
    for number in range(draw(st.integers(1, 4))):
        more = {"relevant": draw(_conditions(earlier))} if earlier and draw(st.booleans()) else {}
        questions = []
        for position in range(draw(st.integers(1, 4))):
            code = f"q{number}_{position}"
            made = draw(_question(code, earlier))
            questions.append(made)
            rows = [row["code"] for row in made.get("rows", ())]
            earlier += rows or ([] if made["kind"] == "note" else [code])
        sections.append(section(f"s{number}", *questions, **more))
    return definition(*sections, scales=[AGREE])


def values() -> st.SearchStrategy[Any]:
    """Answers good, bad and absurd."""
    codes = st.sampled_from(CODES)
    good = st.one_of(
        codes, st.lists(codes, max_size=4), st.integers(-2, 5), st.dates().map(str), st.just("1.5")
    )
    return good | JSON


def answers(codes: list[str]) -> st.SearchStrategy[dict[str, Any]]:
    return st.dictionaries(st.sampled_from([*codes, "unknown"]) | st.text(max_size=3), values(), max_size=12)


def raw_forms(codes: list[str]) -> st.SearchStrategy[dict[str, list[str]]]:
    written = st.text(st.characters(exclude_categories=()), max_size=12) | st.sampled_from(
        [*CODES, "3,5", "2/9/2022"]
    )
    return st.dictionaries(st.sampled_from(codes), st.lists(written, max_size=3), max_size=8)
