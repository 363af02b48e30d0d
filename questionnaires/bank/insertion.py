"""A question of the bank put into another form, with all that belongs to it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from copy import deepcopy
from dataclasses import dataclass
from typing import Any

from questionnaires.bank.entries import Entry, Use
from questionnaires.bank.wording import words
from questionnaires.dump import plain
from questionnaires.editing.coded import (
    Definition,
    Table,
    code_of,
    codes,
    free_code,
    free_codes,
    inner,
    tables,
    texts,
)
from questionnaires.editing.question_edits import place_question, recoded
from questionnaires.editing.question_places import own_codes, taken_codes
from questionnaires.editing.questionnaire_languages import in_languages
from questionnaires.expression import names, to_text
from questionnaires.faults import N_, Fault
from questionnaires.schema import Question

TREND_BREAKS = N_(
    "“%(code)s” is used here already. As “%(new)s” it is a new item: its figures do not go on from the "
    "earlier ones."
)
ROUTE_LEFT_OUT = N_("The route was left out: it depends on %(names)s, which this form does not ask.")
CONSTRAINT_LEFT_OUT = N_(
    "The constraint was left out: it depends on %(names)s, which this form does not ask."
)
SECTION_ROUTE = N_(
    "Where it comes from, its whole section is asked only if %(route)s; no such route was set."
)

LEFT_OUT = {"relevant": ROUTE_LEFT_OUT, "constraint": CONSTRAINT_LEFT_OUT}


@dataclass(frozen=True)
class Inserted:
    """The form with the question, the question's code in it, and what whoever put it there should know."""

    definition: Table
    code: str
    notes: tuple[Fault, ...]


def insert(definition: Definition, section: str, after: str | None, entry: Entry) -> Inserted:
    """The definition with an entry's question behind `after`, or at the end of a section.

    The wording is the latest that the form's group was asked, else the latest of all. It brings its scale,
    unless the same is there, its criterion and its factor, in the languages of the form. It keeps its codes
    where they are free, so that trends go on. Raises EditRefused for an unknown section or `after`.
    """
    use = entry.latest_for(definition.get("group"))
    languages = texts(definition, "languages")
    question = in_languages(plain(use.question), languages)
    question, breaks = _with_free_codes(definition, use.question, question)
    question, left_out = _with_known_names(definition, use.question, question)
    changed, question = _with_scale(definition, use, question, languages)
    changed = _with_factors(changed, use, languages)
    notes = (*breaks, *left_out, *_route_of_section(use, code_of(question)))
    return Inserted(place_question(changed, section, question, after), code_of(question), notes)


def _with_free_codes(definition: Definition, question: Question, table: Table) -> tuple[Table, list[Fault]]:
    """The question under codes that are free, and a note for each item whose trend that breaks."""
    own = own_codes(table)
    renamed = dict(zip(own, free_codes(own, taken_codes(definition)), strict=True))
    broken = [item.code for item in question.items() if renamed[item.code] != item.code]
    notes = [Fault(renamed[code], TREND_BREAKS, {"code": code, "new": renamed[code]}) for code in broken]
    return recoded(table, {old: new for old, new in renamed.items() if old != new}), notes


def _with_known_names(definition: Definition, question: Question, table: Table) -> tuple[Table, list[Fault]]:
    """The question without routes and constraints over what the form does not ask, and a note for each."""
    known = taken_codes(definition) | {item.code for item in question.items()}
    notes = []
    for key, template in LEFT_OUT.items():
        tree = getattr(question, key)
        unknown = sorted(names(tree) - known) if tree is not None else []
        if unknown:
            notes.append(Fault(code_of(table), template, {"names": ", ".join(unknown)}))
            table = {name: value for name, value in table.items() if not name.startswith(key)}
    return table, notes


def _with_scale(
    definition: Definition, use: Use, question: Table, languages: Sequence[str]
) -> tuple[Table, Table]:
    """The form with the question's scale, and the question on it; a different scale of its code stays."""
    if use.question.scale is None:
        return dict(definition), question
    scales = tables(definition, "scales")
    choices = in_languages(plain(use.question.choices), languages)
    wanted = use.question.scale
    same = [code_of(scale) for scale in scales if _offers(scale, choices)]
    if same:
        return dict(definition), question | {"scale": wanted if wanted in same else same[0]}
    code = free_code(wanted, codes(scales))
    grown = [*scales, {"code": code, "choices": choices}]
    return {**definition, "scales": grown}, question | {"scale": code}


def _offers(scale: Mapping[str, Any], choices: list[Table]) -> bool:
    """Whether a scale has these choices in the same wording, languages that either lacks aside."""
    there = tables(scale, "choices")
    return codes(there) == codes(choices) and all(map(_same_choice, there, choices))


def _same_choice(there: Table, choice: Table) -> bool:
    ours, theirs = inner(choice, "text"), inner(there, "text")
    shared = ours.keys() & theirs.keys()
    same_words = all(words(str(ours[one])) == words(str(theirs[one])) for one in shared)
    return bool(shared) and same_words and (there.get("missing") or None) == choice.get("missing")


def _with_factors(definition: Table, use: Use, languages: Sequence[str]) -> Table:
    """The form with the factors of the question's items; those it has keep their titles."""
    factors = inner(definition, "factors")
    titles = use.questionnaire.factors
    for factor in (item.factor for item in use.question.items() if item.factor):
        if factor in titles and factor not in factors:
            factors[factor] = in_languages(deepcopy(dict(titles[factor])), languages)
    return {**definition, "factors": factors} if factors else definition


def _route_of_section(use: Use, code: str) -> list[Fault]:
    route = use.section.relevant
    return [] if route is None else [Fault(code, SECTION_ROUTE, {"route": to_text(route)})]
