"""Texts for people, in every language of the form."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from questionnaires.exchange.xlsform.findings import Findings
from questionnaires.exchange.xlsform.languages import written_language
from questionnaires.exchange.xlsform.lines import Line
from questionnaires.faults import N_

QUOTES_ANSWER = N_(
    "The text quotes the answer %(name)s. Texts here are the same for everyone: write it without the answer."
)
FILLED = N_("There is no text in %(language)s; the one in %(other)s stands for it.")

REFERENCE = re.compile(r"\$\{[^}]*\}")

OTHER = {"vi": "Khác", "en": "Other"}
SPECIFY = {"vi": "Xin ghi rõ", "en": "Please specify"}
AGREED = {"vi": "Đồng ý", "en": "OK"}
INVALID = {"vi": "Câu trả lời không hợp lệ.", "en": "This answer is not valid."}
BETWEEN = {"vi": "Trả lời từ {least} đến {most}.", "en": "The answer must be between {least} and {most}."}
DIGITS = {"vi": "Chỉ ghi chữ số.", "en": "Digits only."}


def ready_made(texts: Mapping[str, str], languages: Sequence[str], **values: str) -> dict[str, str]:
    """A text of ours in the languages of a form; English where we have none."""
    return {language: texts.get(language, texts["en"]).format(**values) for language in languages}


def words_of(line: Line, column: str, languages: Sequence[str], findings: Findings) -> dict[str, str]:
    """The texts of a column; a language without one is given the first there is, and that is noted."""
    found = line.words(column)
    for language, text in found.items():
        if quoted := REFERENCE.search(text):
            findings.add_fault(line.found(column, QUOTES_ANSWER, {"name": quoted[0]}, language))
    first = next((language for language in languages if language in found), None)
    if first is None:
        return {}
    for language in (one for one in languages if one not in found):
        names = {"language": written_language(language), "other": written_language(first)}
        findings.add_note(line.found(column, FILLED, names, first))
    return {language: found.get(language, found[first]) for language in languages}
