"""A questionnaire from plain tables to records and back."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import Any

from questionnaires.check_questionnaire import check_questionnaire
from questionnaires.definition import examine_definition, read_definition
from questionnaires.dump import plain
from questionnaires.faults import Fault
from questionnaires.kinds import is_rated
from questionnaires.schema import Choice, Question, Questionnaire, Row, Scale, Section
from questionnaires.table import Table

Scales = Mapping[str, tuple[Choice, ...]]


def parse(definition: Mapping[str, Any]) -> Questionnaire:
    """The questionnaire that a definition describes, with scales and default criteria filled in.

    Raises DefinitionError, which names every fault at once.
    """
    return read_definition(definition, _read_questionnaire, check_questionnaire)


def examine(definition: Mapping[str, Any]) -> tuple[Questionnaire, tuple[Fault, ...]]:
    """As much of a questionnaire as an unfinished definition gives, and every fault of it."""
    return examine_definition(definition, _read_questionnaire, check_questionnaire)


def dump(questionnaire: Questionnaire) -> dict[str, Any]:
    """The definition of a questionnaire in the types JSON knows: `parse(dump(q)) == q`."""
    return plain(questionnaire)


def _read_questionnaire(table: Table) -> Questionnaire:
    scales = table.each("scales", _read_scale, ())
    choices = {scale.code: scale.choices for scale in scales}
    factors = table.inner("factors")
    return Questionnaire(
        code=table.text("code"),
        version=table.text("version"),
        title=table.words("title"),
        group=table.text("group"),
        languages=table.texts("languages"),
        sections=table.each("sections", partial(_read_section, choices)),
        scales=scales,
        factors={factor: factors.words(factor) for factor in factors.entries()},
        intro=table.words("intro"),
        illustrative=table.flag("illustrative"),
        source=table.text("source", ""),
    )


def _read_scale(table: Table) -> Scale:
    return Scale(code=table.text("code"), choices=table.each("choices", _read_choice))


def _read_choice(table: Table) -> Choice:
    return Choice(code=table.text("code"), text=table.words("text"), missing=table.text("missing", None))


def _read_section(scales: Scales, table: Table) -> Section:
    criterion, factor = table.text("criterion", None), table.text("factor", None)
    read_question = partial(_read_question, scales, criterion, factor)
    return Section(
        code=table.text("code"),
        title=table.words("title"),
        questions=table.each("questions", read_question),
        intro=table.words("intro"),
        relevant=table.expression("relevant"),
    )


def _read_question(scales: Scales, criterion: str | None, factor: str | None, table: Table) -> Question:
    """A question; `criterion` and `factor` are its section's, for questions that rate and name none."""
    kind, profile = table.text("kind"), table.flag("profile")
    rates = is_rated(kind) and not profile
    own_criterion = table.text("criterion", criterion if rates else None)
    own_factor = table.text("factor", factor if rates else None)
    scale = table.text("scale", None)
    return Question(
        code=table.text("code"),
        kind=kind,
        text=table.words("text"),
        hint=table.words("hint"),
        required=table.flag("required"),
        relevant=table.expression("relevant"),
        constraint=table.expression("constraint"),
        constraint_message=table.words("constraint_message"),
        choices=table.each("choices", _read_choice, ()) or scales.get(scale or "", ()),
        scale=scale,
        rows=table.each("rows", partial(_read_row, own_criterion, own_factor), ()),
        criterion=own_criterion,
        factor=own_factor,
        unit_of_rating=table.text("unit_of_rating", None),
        profile=profile,
        sensitive=table.flag("sensitive"),
    )


def _read_row(criterion: str | None, factor: str | None, table: Table) -> Row:
    return Row(
        code=table.text("code"),
        text=table.words("text"),
        criterion=table.text("criterion", criterion),
        factor=table.text("factor", factor),
    )
