"""A questionnaire as the rows of the sheets of an XLSForm: heading → text of the cell."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from questionnaires.exchange.xlsform.columns import (
    CRITERION,
    FACTOR,
    GROUP,
    ILLUSTRATIVE,
    INTRO,
    KIND,
    LANGUAGES,
    MISSING,
    PROFILE,
    SCALES,
    SENSITIVE,
    SOURCE,
    TITLE,
    UNIT_OF_RATING,
)
from questionnaires.exchange.xlsform.exported_names import Names
from questionnaires.exchange.xlsform.languages import written_language
from questionnaires.expression import Tree, to_text
from questionnaires.schema import Choice, Question, Questionnaire, Row, Section, Text

Cells = dict[str, str]

WITHOUT_LIST = {
    "integer": "integer",
    "decimal": "decimal",
    "text": "text",
    "long_text": "text",
    "date": "date",
    "note": "note",
    "place": "text",
    "unit": "text",
}
SELECT = {"multiple": "select_multiple", "rank": "rank"}
"""Kinds with choices that are not a `select_one`."""

APPEARANCES = {"long_text": "multiline", "scale": "likert", "matrix": "table-list"}
OWN_KINDS = frozenset({"place", "unit"})


def survey_rows(questionnaire: Questionnaire, names: Names) -> Iterator[Cells]:
    """Sections as groups, their questions in them; introductions as notes that say what they are."""
    if questionnaire.intro:
        yield _intro(INTRO, questionnaire.intro)
    for section in questionnaire.sections:
        yield _filled(
            {
                "type": "begin_group",
                "name": names.of_section(section.code),
                "relevant": _written(section.relevant, names),
            },
            label=section.title,
        )
        if section.intro:
            yield _intro(f"{section.code}__{INTRO}", section.intro)
        yield from _section_rows(section, names)
        yield {"type": "end_group"}


def _intro(name: str, text: Text) -> Cells:
    # codes have no two underscores and take no leading one, so the name is nobody else's
    return _filled({"type": "note", "name": f"_{name}", KIND: INTRO}, label=text)


def _section_rows(section: Section, names: Names) -> Iterator[Cells]:
    for question in section.questions:
        if question.kind == "matrix":
            yield from _matrix_rows(question, names)
        else:
            yield _asked(question, names) | _demands(question, names)


def _asked(question: Question, names: Names) -> Cells:
    cells = {
        "type": _type(question, names),
        "name": names.of_item(question.code),
        "relevant": _written(question.relevant, names),
        "appearance": APPEARANCES.get(question.kind, ""),
        KIND: question.kind if question.kind in OWN_KINDS else "",
        CRITERION: question.criterion or "",
        FACTOR: question.factor or "",
        UNIT_OF_RATING: question.unit_of_rating or "",
        PROFILE: _yes(question.profile),
        SENSITIVE: _yes(question.sensitive),
    }
    return _filled(cells, label=question.text, hint=question.hint)


def _type(question: Question, names: Names) -> str:
    if question.kind == "matrix":
        return "begin_group"
    if question.kind in WITHOUT_LIST and not question.choices:
        return WITHOUT_LIST[question.kind]
    return f"{SELECT.get(question.kind, 'select_one')} {names.of_list(question)}"


def _demands(question: Question, names: Names) -> Cells:
    cells = {"required": _yes(question.required), "constraint": _written(question.constraint, names)}
    return _filled(cells, constraint_message=question.constraint_message)


def _matrix_rows(question: Question, names: Names) -> Iterator[Cells]:
    """A group shown as a table; what is demanded of the answers stands at each row."""
    yield _asked(question, names)
    for row in question.rows:
        yield _row(row, names.of_list(question), names) | _demands(question, names)
    yield {"type": "end_group"}


def _row(row: Row, list_name: str, names: Names) -> Cells:
    cells = {
        "type": f"select_one {list_name}",
        "name": names.of_item(row.code),
        CRITERION: row.criterion or "",
        FACTOR: row.factor or "",
    }
    return _filled(cells, label=row.text)


def choice_rows(questionnaire: Questionnaire, names: Names) -> Iterator[Cells]:
    """The scales first, in their order, then the lists of single questions."""
    lists = {scale.code: scale.choices for scale in questionnaire.scales}
    for question in questionnaire.questions():
        if question.choices:
            lists.setdefault(names.of_list(question), question.choices)
    for name, choices in lists.items():
        yield from (_choice(name, choice) for choice in choices)


def _choice(list_name: str, choice: Choice) -> Cells:
    cells = {"list_name": list_name, "name": choice.code, MISSING: choice.missing or ""}
    return _filled(cells, label=choice.text)


def settings_row(questionnaire: Questionnaire) -> Cells:
    first = questionnaire.languages[0]
    cells = {
        "form_title": questionnaire.title.get(first, ""),
        "form_id": questionnaire.code,
        "version": questionnaire.version,
        "default_language": written_language(first),
        GROUP: questionnaire.group,
        LANGUAGES: " ".join(questionnaire.languages),
        SCALES: " ".join(scale.code for scale in questionnaire.scales),
        ILLUSTRATIVE: _yes(questionnaire.illustrative),
        SOURCE: questionnaire.source,
    }
    return _filled(cells, **{TITLE: questionnaire.title})


def factor_rows(questionnaire: Questionnaire) -> list[Cells]:
    return [_filled({"name": code}, label=words) for code, words in questionnaire.factors.items()]


def _filled(cells: Mapping[str, str], **texts: Text) -> Cells:
    """The cells that hold something, and a column for each language of each text."""
    worded = {
        f"{column}::{written_language(language)}": text
        for column, words in texts.items()
        for language, text in words.items()
    }
    return {heading: text for heading, text in {**cells, **worded}.items() if text}


def _written(tree: Tree | None, names: Names) -> str:
    return "" if tree is None else to_text(names.in_expression(tree))


def _yes(flag: bool) -> str:
    return "yes" if flag else ""
