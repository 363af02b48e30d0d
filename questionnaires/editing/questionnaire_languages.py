"""Languages a questionnaire speaks: added, removed, called by another name."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

from questionnaires.codes import LANGUAGE
from questionnaires.editing.coded import Definition, Table, claim, texts
from questionnaires.editing.refused import refuse
from questionnaires.faults import N_

NO_LANGUAGE = N_("The questionnaire does not name the language “%(code)s”.")
LAST_LANGUAGE = N_("A questionnaire needs at least one language; add another before you remove “%(code)s”.")


def add_language(definition: Definition, language: str) -> Table:
    """The definition with one more language, whose texts are still missing.

    Raises EditRefused for a bad language code and for one that is there.
    """
    languages = texts(definition, "languages")
    return {**definition, "languages": [*languages, claim(language, languages, LANGUAGE)]}


def remove_language(definition: Definition, language: str) -> Table:
    """The definition without a language and all its texts.

    Raises EditRefused for a language that is not there, and for the last one.
    """
    languages = texts(definition, "languages")
    if language not in languages:
        raise refuse("languages", NO_LANGUAGE, code=language)
    if len(languages) == 1:
        raise refuse("languages", LAST_LANGUAGE, code=language)
    left = [one for one in languages if one != language]
    return {**in_languages(dict(definition), left), "languages": left}


def rename_language(definition: Definition, language: str, new: str) -> Table:
    """The definition with the texts of a language under the code of another, which they are really in.

    Raises EditRefused for a language that is not there, a bad code, and one that another has.
    """
    languages = texts(definition, "languages")
    if language not in languages:
        raise refuse("languages", NO_LANGUAGE, code=language)
    claim(new, [one for one in languages if one != language], LANGUAGE)
    renamed = [new if one == language else one for one in languages]
    return {**_renamed(dict(definition), language, new), "languages": renamed}


def _renamed(value: Any, language: str, new: str) -> Any:
    if isinstance(value, list | tuple):
        return [_renamed(entry, language, new) for entry in value]
    if not isinstance(value, Mapping):
        return value
    if _is_text(value):
        return {new if one == language else one: words for one, words in value.items()}
    return {key: _renamed(entry, language, new) for key, entry in value.items()}


def in_languages(value: Any, languages: Collection[str]) -> Any:
    """A definition or a part of one with its texts in these languages alone."""
    if isinstance(value, list | tuple):
        return [in_languages(entry, languages) for entry in value]
    if not isinstance(value, Mapping):
        return value
    if _is_text(value):
        return {language: words for language, words in value.items() if language in languages}
    return {key: in_languages(entry, languages) for key, entry in value.items()}


def _is_text(table: Mapping[str, Any]) -> bool:
    """Whether a table is language → words: no key of a record is as short as the code of a language."""
    return all(
        isinstance(key, str) and LANGUAGE.fits(key) and isinstance(words, str) for key, words in table.items()
    )
