"""Definitions as files: for each kind, which formats there are and what writes them."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, replace
from typing import Any, NamedTuple

from questionnaires.exchange.framework_sheet import write_framework_sheet
from questionnaires.exchange.json import write_json
from questionnaires.exchange.toml import write_toml
from questionnaires.exchange.xlsform import write_xlsform
from questionnaires.printing import questionnaire_docx, questionnaire_pdf
from questionnaires.schema import Questionnaire
from survey.faulty_sheets import XLSX
from survey.language import LANGUAGES, language

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
DRAFT_WORDS = {"vi": "Bản thảo", "en": "Draft"}
"""What stands before the title of a draft on paper, in the questionnaire's language."""

Plain = dict[str, Any]


class Source(NamedTuple):
    """What is written: a definition as plain tables and as a record, in one of its languages."""

    content: Plain
    definition: Any
    language: str


@dataclass(frozen=True)
class Format:
    """`needs_sound`: whether a draft must be without faults; `speaks`: whether it is in one language."""

    name: str
    mimetype: str
    write: Callable[[Source], bytes]
    needs_sound: bool = True
    speaks: bool = False


class Copy(NamedTuple):
    """A file on offer; `spoken` is the name of its language, where there are several to choose from."""

    ending: str
    language: str
    format: str
    spoken: str


def as_text(write: Callable[[Plain], str]) -> Callable[[Source], bytes]:
    return lambda source: write(source.content).encode()


def on_paper(write: Callable[[Questionnaire, str], bytes]) -> Callable[[Source], bytes]:
    return lambda source: write(source.definition, source.language)


TABLES = {
    "json": Format("JSON", "application/json", as_text(write_json), needs_sound=False),
    "toml": Format("TOML", "application/toml", as_text(write_toml), needs_sound=False),
}
FORMATS: dict[str, dict[str, Format]] = {
    "framework": {
        "xlsx": Format(
            "Excel (.xlsx)",
            XLSX,
            lambda source: write_framework_sheet(source.definition, source.language),
            needs_sound=False,
        ),
        **TABLES,
    },
    "questionnaire": {
        "docx": Format("Word (.docx)", DOCX, on_paper(questionnaire_docx), speaks=True),
        "pdf": Format("PDF", "application/pdf", on_paper(questionnaire_pdf), speaks=True),
        "xlsx": Format("XLSForm (.xlsx)", XLSX, lambda source: write_xlsform(source.definition)),
        **TABLES,
    },
}
"""Kind of definition → ending of the file's name → its format."""


def copies(kind: str, languages: Sequence[str], is_sound: bool = True) -> list[Copy]:
    """The files on offer of a definition in these languages."""
    several = len(languages) > 1
    return [
        Copy(ending, spoken if several else "", form.name, LANGUAGES.get(spoken, spoken) if several else "")
        for ending, form in FORMATS[kind].items()
        if is_sound or not form.needs_sound
        for spoken in (languages if form.speaks and several else ("",))
    ]


def chosen_language(asked: str, languages: Collection[str]) -> str:
    """The language asked for; else the reader's, or the definition's first."""
    wanted = (each for each in (asked, language(), *languages) if each in languages)
    return next(wanted, "vi")


def marked_as_draft(questionnaire: Questionnaire) -> Questionnaire:
    """The questionnaire under a title that says on paper that it is not decided yet."""
    marked = {
        each: f"{DRAFT_WORDS.get(each, DRAFT_WORDS['en'])}: {words}"
        for each, words in questionnaire.title.items()
    }
    return replace(questionnaire, title=marked)
