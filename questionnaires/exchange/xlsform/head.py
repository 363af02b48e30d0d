"""What a form says of itself: settings, languages, factors."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from questionnaires.exchange.xlsform.columns import (
    GROUP,
    ILLUSTRATIVE,
    LANGUAGES,
    SOURCE,
    TITLE,
)
from questionnaires.exchange.xlsform.findings import Findings
from questionnaires.exchange.xlsform.languages import language_of
from questionnaires.exchange.xlsform.lines import Line, Page
from questionnaires.exchange.xlsform.names import form_code
from questionnaires.exchange.xlsform.row_types import SETTING, type_of
from questionnaires.exchange.xlsform.sourced import Sourced
from questionnaires.exchange.xlsform.texts import words_of
from questionnaires.faults import N_
from questionnaires.sheets import SheetFault

NO_GROUP = N_("The form does not say which group it asks. Check the group before the questionnaire is used.")

Settings = Mapping[str, str]
NAMED = ("form_title", "id_string", "version", GROUP, LANGUAGES, ILLUSTRATIVE, SOURCE)


def settings_of(survey: Page, settings: Line | None) -> dict[str, str]:
    """The settings by name; old forms write title and id as rows of the sheet `survey`."""
    held = {type_of(line["type"]).list_name: line["name"] for line in survey.lines() if _is_setting(line)}
    own = {name: settings[name] for name in NAMED} if settings else {}
    return {name: own.get(name) or held.get(name, "") for name in NAMED}


def _is_setting(line: Line) -> bool:
    return type_of(line["type"]).kind == SETTING


def languages_of(pages: Iterable[Page], settings: Settings) -> tuple[str, ...]:
    """The languages of the form: as its settings say, else as its texts name them, in their order."""
    if settings[LANGUAGES]:
        return tuple(settings[LANGUAGES].split())
    spoken: dict[str, None] = {}
    for page in pages:
        for column, language in page.worded:
            if column == "label" and any(line.words(column).get(language) for line in page.lines()):
                spoken.setdefault(language)
    return tuple(spoken)


def unnamed_language(survey: Sequence[str], default: str, fallback: str) -> str:
    """The language of texts whose heading names none: the form's default one; where each label names its
    language, the first of those; else the fallback.
    """
    named = [language for written in survey if (language := language_of(written))]
    stated = language_of(default) if default and default != "default" else None
    return stated or (named[0] if named else fallback)


def head_of(
    settings: Settings, line: Line | None, languages: tuple[str, ...], fallback: Settings, findings: Findings
) -> dict[str, Any]:
    """Code, version, group, title and the rest that stands before the sections."""
    title = settings["form_title"] or settings["id_string"] or fallback["code"]
    words = line.words(TITLE) if line else {}
    if not settings[GROUP]:
        findings.add_note(SheetFault(line.page.sheet.name if line else "", None, None, NO_GROUP))
    return {
        "code": form_code(settings["id_string"] or fallback["code"]),
        "version": settings["version"] or fallback["version"],
        "group": settings[GROUP] or fallback["group"],
        "title": {language: words.get(language, title) for language in languages},
        "languages": list(languages),
        "illustrative": settings[ILLUSTRATIVE].lower() in ("yes", "true"),
        "source": settings[SOURCE],
    }


def factors_of(lines: Iterable[Line], languages: Sequence[str], findings: Findings) -> dict[str, Any]:
    """Code of a factor → its words."""
    return {line["name"]: Sourced(line, **words_of(line, "label", languages, findings)) for line in lines}
