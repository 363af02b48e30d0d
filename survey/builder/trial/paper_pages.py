"""Preview on paper: the PDF in the page, the Word copy to take away."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from flask import Response, render_template, request
from flask.typing import ResponseReturnValue

from questionnaires.printing import questionnaire_docx, questionnaire_pdf
from questionnaires.schema import Questionnaire
from survey.builder.pages import safe_name
from survey.builder.trial.nothing import something_to_show
from survey.builder.trial.sorts import page
from survey.builder.trial.subject import Tried
from survey.language import language


class Copy(NamedTuple):
    make: Callable[[Questionnaire, str], bytes]
    mimetype: str
    ending: str
    disposition: str


PDF = Copy(questionnaire_pdf, "application/pdf", "pdf", "inline")
WORD = Copy(
    questionnaire_docx,
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "docx",
    "attachment",
)


@page("/paper")
@something_to_show
def paper(tried: Tried) -> str:
    return render_template("builder/trial/paper.html", tried=tried, chosen=chosen_language(tried))


@page("/paper.pdf", framed=True)
@something_to_show
def paper_pdf(tried: Tried) -> ResponseReturnValue:
    return copy(PDF, tried)


@page("/paper.docx")
@something_to_show
def paper_docx(tried: Tried) -> ResponseReturnValue:
    return copy(WORD, tried)


def copy(of: Copy, tried: Tried) -> Response:
    questionnaire, spoken = tried.presentable.questionnaire, chosen_language(tried)
    name = "-".join(map(safe_name, (questionnaire.code, questionnaire.version, spoken)))
    headers = {"Content-Disposition": f'{of.disposition}; filename="{name}.{of.ending}"'}
    return Response(of.make(questionnaire, spoken), mimetype=of.mimetype, headers=headers)


def chosen_language(tried: Tried) -> str:
    """The language asked for, else that of the page, else the first; one that the questionnaire has."""
    spoken = tried.presentable.questionnaire.languages
    wanted = (request.args.get("language", ""), language())
    return next((each for each in wanted if each in spoken), spoken[0])
