"""Everything wrong with a questionnaire, in plain words, each with its place."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import chain

from questionnaires.check_expressions import check_expressions
from questionnaires.codes import (
    CHOICE,
    CRITERION,
    DEFINITION,
    ITEM,
    LANGUAGE,
    check_codes,
    check_form,
    check_known,
)
from questionnaires.faults import N_, Fault
from questionnaires.kinds import KINDS, Kind
from questionnaires.schema import (
    GROUPS,
    MISSING_KINDS,
    Choice,
    Question,
    Questionnaire,
    Row,
    Scale,
    Section,
    Text,
    levels,
)
from questionnaires.words import kind_in_words

DESIGN_COLUMNS = ("response_id", "unit", "stratum", "psu", "ssu", "mode", "weight")
"""Columns a dataset holds beside the items."""

NO_VERSION = N_("The version is missing.")
NO_LANGUAGE = N_("At least one language is needed.")
NO_TEXT = N_("The text in “%(language)s” is missing.")
STRANGE_TEXT = N_("The questionnaire does not name the language “%(language)s”.")
NO_SECTION = N_("A questionnaire needs at least one section.")
NO_QUESTION = N_("The section has no question.")
RESERVED = N_("“%(code)s” is a column of every dataset; choose another code.")
OTHER_CHOICES = N_(
    "The question names the scale “%(scale)s” and has choices of its own; keep one of the two."
)
FEW_CHOICES = N_("A question of the kind “%(kind)s” needs %(least)s or more choices that carry an answer.")
NO_CHOICES = N_("A question of the kind “%(kind)s” takes no choices.")
NO_ROWS = N_("A question of the kind “%(kind)s” needs rows.")
ROWS = N_("A question of the kind “%(kind)s” takes no rows.")
UNRATED = N_("A question of the kind “%(kind)s” cannot feed a criterion.")
UNANSWERED = N_("A question of the kind “%(kind)s” takes no answer, so nothing can be demanded of one.")

Questions = Iterable[tuple[str, Question]]


def check_questionnaire(questionnaire: Questionnaire) -> list[Fault]:
    """Every fault, with places as in the definition; an empty list for a sound questionnaire."""
    questions = list(_placed_questions(questionnaire))
    return [
        *_check_head(questionnaire),
        *_check_texts(questionnaire, questions),
        *_check_all_codes(questionnaire, questions),
        *_check_names(questionnaire, questions),
        *chain.from_iterable(_check_question(*placed, questionnaire) for placed in questions),
        *check_expressions(questionnaire),
    ]


def _placed_questions(questionnaire: Questionnaire) -> Iterator[tuple[str, Question]]:
    for number, section in enumerate(questionnaire.sections, 1):
        for position, question in enumerate(section.questions, 1):
            yield f"sections.{number}.questions.{position}", question


def _check_head(questionnaire: Questionnaire) -> Iterator[Fault]:
    yield from check_form("code", questionnaire.code, DEFINITION)
    yield from check_known("group", questionnaire.group, GROUPS)
    if not questionnaire.version:
        yield Fault("version", NO_VERSION)
    if not questionnaire.languages:
        yield Fault("languages", NO_LANGUAGE)
    languages = enumerate(questionnaire.languages, 1)
    yield from check_codes(((f"languages.{number}", language) for number, language in languages), LANGUAGE)
    if not questionnaire.sections:
        yield Fault("sections", NO_SECTION)
    for number, section in enumerate(questionnaire.sections, 1):
        if not section.questions:
            yield Fault(f"sections.{number}.questions", NO_QUESTION)


# Texts in every language


def _check_texts(questionnaire: Questionnaire, questions: Questions) -> Iterator[Fault]:
    languages = [language for language in questionnaire.languages if LANGUAGE.fits(language)]
    for place, text, needed in _texts(questionnaire, questions):
        for language in languages:
            if not text.get(language) and (text or needed):
                yield Fault(f"{place}.{language}", NO_TEXT, {"language": language})
        for language in text:
            if language not in languages:
                yield Fault(f"{place}.{language}", STRANGE_TEXT, {"language": language})


def _texts(questionnaire: Questionnaire, questions: Questions) -> Iterator[tuple[str, Text, bool]]:
    """Every text: its place, itself, and whether it must be there."""
    yield "title", questionnaire.title, True
    yield "intro", questionnaire.intro, False
    for code, words in questionnaire.factors.items():
        yield f"factors.{code}", words, True
    for number, section in enumerate(questionnaire.sections, 1):
        yield f"sections.{number}.title", section.title, True
        yield f"sections.{number}.intro", section.intro, False
    for place, question in questions:
        yield f"{place}.text", question.text, True
        yield f"{place}.hint", question.hint, False
        yield f"{place}.constraint_message", question.constraint_message, False
        for number, row in enumerate(question.rows, 1):
            yield f"{place}.rows.{number}.text", row.text, True
    for place, choices in _choice_lists(questionnaire, questions):
        for number, choice in enumerate(choices, 1):
            yield f"{place}.{number}.text", choice.text, True


def _choice_lists(
    questionnaire: Questionnaire, questions: Questions
) -> Iterator[tuple[str, tuple[Choice, ...]]]:
    """Every list of choices where it is written: in a scale or in a question that names none."""
    for number, scale in enumerate(questionnaire.scales, 1):
        yield f"scales.{number}.choices", scale.choices
    for place, question in questions:
        if question.scale is None:
            yield f"{place}.choices", question.choices


# Codes, and names that must be known


def _check_all_codes(questionnaire: Questionnaire, questions: Questions) -> Iterator[Fault]:
    yield from check_codes(_codes("sections", questionnaire.sections), ITEM)
    yield from check_codes(_codes("scales", questionnaire.scales), ITEM)
    yield from check_codes(((f"factors.{code}", code) for code in questionnaire.factors), ITEM)
    for place, choices in _choice_lists(questionnaire, questions):
        yield from check_codes(_codes(place, choices), CHOICE)
    yield from check_codes(_item_codes(questions), ITEM)
    for place, code in _item_codes(questions):
        if code in DESIGN_COLUMNS:
            yield Fault(place, RESERVED, {"code": code})


def _codes(place: str, records: Iterable[Section | Scale | Choice | Row]) -> Iterator[tuple[str, str]]:
    for number, record in enumerate(records, 1):
        yield f"{place}.{number}.code", record.code


def _item_codes(questions: Questions) -> Iterator[tuple[str, str]]:
    """Codes of questions and rows, which share one space of names."""
    for place, question in questions:
        yield f"{place}.code", question.code
        yield from _codes(f"{place}.rows", question.rows)


def _check_names(questionnaire: Questionnaire, questions: Questions) -> Iterator[Fault]:
    for place, choices in _choice_lists(questionnaire, questions):
        for number, choice in enumerate(choices, 1):
            if choice.missing is not None:
                yield from check_known(f"{place}.{number}.missing", choice.missing, MISSING_KINDS)
    for place, question in questions:
        yield from _check_criterion_and_factor(place, question, questionnaire)
        for number, row in enumerate(question.rows, 1):
            yield from _check_criterion_and_factor(f"{place}.rows.{number}", row, questionnaire)


def _check_criterion_and_factor(
    place: str, item: Question | Row, questionnaire: Questionnaire
) -> Iterator[Fault]:
    if item.criterion is not None:
        yield from check_form(f"{place}.criterion", item.criterion, CRITERION)
    if item.factor is not None:
        yield from check_known(f"{place}.factor", item.factor, questionnaire.factors)


# What a question of a kind needs


def _check_question(place: str, question: Question, questionnaire: Questionnaire) -> Iterator[Fault]:
    kind = KINDS.get(question.kind)
    if kind is None:
        yield from check_known(f"{place}.kind", question.kind, KINDS)
        return
    named = {"kind": kind_in_words(question.kind)}
    yield from _check_choices(place, question, kind, questionnaire)
    if bool(question.rows) != kind.rows:
        yield Fault(f"{place}.rows", NO_ROWS if kind.rows else ROWS, named)
    if question.criterion is not None and not kind.rated:
        yield Fault(f"{place}.criterion", UNRATED, named)
    if not kind.answered:
        demands = {"required": question.required, "constraint": question.constraint is not None}
        yield from (Fault(f"{place}.{key}", UNANSWERED, named) for key, given in demands.items() if given)


def _check_choices(
    place: str, question: Question, kind: Kind, questionnaire: Questionnaire
) -> Iterator[Fault]:
    named = {"kind": kind_in_words(question.kind)}
    scales = {scale.code: scale.choices for scale in questionnaire.scales}
    given = "choices" if question.scale is None else "scale"
    if question.scale is not None and question.scale not in scales:
        yield from check_known(f"{place}.scale", question.scale, scales)
    elif question.scale is not None and question.choices != scales[question.scale]:
        yield Fault(f"{place}.choices", OTHER_CHOICES, {"scale": question.scale})
    elif kind.levels is None and question.choices:
        yield Fault(f"{place}.{given}", NO_CHOICES, named)
    elif kind.levels is not None and len(levels(question.choices)) < kind.levels:
        yield Fault(f"{place}.{given}", FEW_CHOICES, {**named, "least": kind.levels})
