"""A route or check while it is written: what it says in plain words, or what is wrong with it and where."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any

from flask import jsonify, render_template, request
from flask.typing import ResponseReturnValue

from questionnaires import Fault
from questionnaires.check_expressions import check_names
from questionnaires.expression import ExpressionError, Tree, parse_expression
from questionnaires.expression.tree import FUNCTIONS
from questionnaires.schema import Item, Question, Questionnaire
from survey.access import roles
from survey.builder.blueprint import blueprint
from survey.builder.conditions import Wording
from survey.builder.drafts.life import WRITERS
from survey.builder.drafts.storing import found
from survey.builder.form_view import answer_name, item_name
from survey.builder.questionnaire_editor.reading import read_draft
from survey.language import text

Items = Mapping[str, Item]


@blueprint.post("/questionnaires/drafts/<int:draft_id>/expression")
@roles(*WRITERS)
def check_expression(draft_id: int) -> ResponseReturnValue:
    """A fragment to put below the field: `field` is the rule it writes, `at` the question or section."""
    questionnaire = read_draft(found(draft_id, "questionnaire")).questionnaire
    items = questionnaire.item_of
    tree, faults = read_written(request.form.get("expression", "").strip())
    if tree is not None:
        answered = items if request.form.get("field") == "constraint" else asked_before(questionnaire)
        faults = list(check_names("", tree, list(items), list(answered)))
    return render_template(
        "builder/questionnaire_editor/expression.html",
        faults=faults,
        words="" if faults or tree is None else in_words(items, tree),
        field=request.form.get("field"),
    )


def read_written(written: str) -> tuple[Tree | None, Sequence[Fault]]:
    if not written:
        return None, []
    try:
        return parse_expression(written), []
    except ExpressionError as error:
        return None, [Fault("", error.template, error.values)]


def asked_before(questionnaire: Questionnaire) -> list[str]:
    """The items answered before the question or section that the form is about (`at`, `noun`)."""
    noun, code = request.form.get("noun"), request.form.get("at", "")
    before: list[str] = []
    for section in questionnaire.sections:
        if noun == "section" and section.code == code:
            return before
        for question in section.questions:
            if noun == "question" and question.code == code:
                return before
            before += [item.code for item in question.items()]
    return before


def in_words(items: Items, tree: Tree) -> str:
    return Wording(partial(item_name, items), partial(answer_name, items)).words(tree)


@blueprint.get("/questionnaires/drafts/<int:draft_id>/names")
@roles(*WRITERS)
def names_to_suggest(draft_id: int) -> ResponseReturnValue:
    """What completion offers: every item with its answers, and the functions with what they take."""
    questionnaire = read_draft(found(draft_id, "questionnaire")).questionnaire
    items = [suggestion(item.code, item.text, item.question) for item in questionnaire.items()]
    functions = [{"name": name, "takes": list(takes)} for name, takes in FUNCTIONS.items()]
    return jsonify(items=items, functions=functions)


def suggestion(code: str, words: Any, question: Question) -> dict[str, Any]:
    answers = [{"code": choice.code, "words": text(choice.text)} for choice in question.choices]
    return {"code": code, "words": text(words), "answers": answers}
