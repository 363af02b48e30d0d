"""The rows of a survey as the tree they mean: groups of questions with their subquestions and answers."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from questionnaires.codes import LANGUAGE
from questionnaires.exchange.limesurvey.findings import Findings
from questionnaires.exchange.limesurvey.plain_text import placeholder, plain_text
from questionnaires.faults import N_
from questionnaires.sheets import Row

KIND, TYPE, NAME, RELEVANCE, TEXT, HELP, SPEECH = (
    "class",
    "type/scale",
    "name",
    "relevance",
    "text",
    "help",
    "language",
)
NO_CLASS = N_("“%(name)s” is no class of rows; there are S, SL, G, Q, SQ and A.")
NO_GROUP = N_("The question stands before the first group.")
NO_QUESTION = N_("The row belongs to a question, but none stands before it.")
SAME_LANGUAGE = N_("“%(language)s” and another language of the survey have the same code here, “%(code)s”.")
NO_LANGUAGE = N_("“%(language)s” is no language code.")
UNTRANSLATED = N_("There is no text in “%(language)s”; the one in “%(other)s” stands for it.")
QUOTES_ANSWER = N_(
    "The text holds %(placeholder)s, which LimeSurvey fills in. Texts here are the same for everyone: "
    "write it without."
)


@dataclass
class Part:
    """A row of the base language, and those of the other languages that translate it."""

    row: Row
    translated: dict[str, Row] = field(default_factory=dict)

    @property
    def name(self) -> str:
        return self.row[NAME]

    @property
    def scale(self) -> str:
        return self.row[TYPE] or "0"


@dataclass
class Asked(Part):
    subquestions: list[Part] = field(default_factory=list)
    answers: list[Part] = field(default_factory=list)


@dataclass
class Group(Part):
    questions: list[Asked] = field(default_factory=list)


@dataclass
class Survey:
    """`languages`: LimeSurvey's code of each, base language first → ours."""

    languages: dict[str, str]
    texts: dict[str, Part]
    groups: list[Group]
    findings: Findings

    def words(self, part: Part | None, column: str = TEXT) -> dict[str, str]:
        """A column's text in every language; where one lacks it, the base language's stands in, noted."""
        if part is None or not (base := self._text(part.row, column)):
            return {}
        first, *others = self.languages.values()
        words = {first: base}
        for language in others:
            row = part.translated.get(language)
            words[language] = self._text(row, column) if row else ""
            if not words[language]:
                words[language] = base
                self.findings.note(part.row, column, UNTRANSLATED, language=language, other=first)
        return words

    def _text(self, row: Row, column: str) -> str:
        text = plain_text(row[column])
        if found := placeholder(text):
            self.findings.refuse(row, column, QUOTES_ANSWER, placeholder=found)
        return text


def read_survey(rows: Iterable[Row], findings: Findings) -> Survey:
    """The tree; rows that fit nowhere are refused."""
    rows = list(rows)
    settings = {row[NAME]: row for row in rows if row[KIND] == "S"}
    languages = _languages(settings, rows, findings)
    base = next(iter(languages))
    survey = Survey(languages, {}, [], findings)
    _read_rows(survey, [row for row in rows if (row[SPEECH] or base) == base], findings)
    for spoken, code in list(languages.items())[1:]:
        _translate(survey, [row for row in rows if row[SPEECH] == spoken], code)
    return survey


def _languages(settings: Mapping[str, Row], rows: Iterable[Row], findings: Findings) -> dict[str, str]:
    """The base language and the others, by the survey's settings or, without these, as the rows name them."""
    named = [settings[key] for key in ("language", "additional_languages") if key in settings]
    spoken = [(language, row, TEXT) for row in named for language in row[TEXT].split()]
    spoken = spoken or [(row[SPEECH], row, SPEECH) for row in rows if row[SPEECH]]
    languages: dict[str, str] = {}
    for language, row, column in spoken:
        code = language.partition("-")[0].lower()
        if language in languages:
            continue
        if not LANGUAGE.fits(code):
            findings.refuse(row, column, NO_LANGUAGE, language=language[:40])
        elif code in languages.values():
            findings.refuse(row, column, SAME_LANGUAGE, language=language[:40], code=code)
        else:
            languages[language] = code
    return languages or {"vi": "vi"}


def _read_rows(survey: Survey, rows: Iterable[Row], findings: Findings) -> None:
    asked: Asked | None = None
    for row in rows:
        kind = row[KIND]
        if kind == "SL":
            survey.texts[row[NAME]] = Part(row)
        elif kind == "G":
            survey.groups.append(Group(row))
            asked = None
        elif kind == "Q":
            asked = Asked(row)
            if survey.groups:
                survey.groups[-1].questions.append(asked)
            else:
                findings.refuse(row, KIND, NO_GROUP)
        elif kind in ("SQ", "A"):
            if asked is None:
                findings.refuse(row, KIND, NO_QUESTION)
            else:
                (asked.subquestions if kind == "SQ" else asked.answers).append(Part(row))
        elif kind != "S":
            findings.refuse(row, KIND, NO_CLASS, name=kind[:40])


def _translate(survey: Survey, rows: Iterable[Row], language: str) -> None:
    """Give each part the row that translates it: a group by its position, all else by its name."""
    parts = dict(_named(survey))
    group, question = 0, ""
    for row in rows:
        kind = row[KIND]
        group += kind == "G"
        question = row[NAME] if kind == "Q" else question
        key = {"SL": (row[NAME],), "G": (group,), "Q": (question,)}.get(
            kind, (question, kind, row[TYPE] or "0", row[NAME])
        )
        if (kind, *key) in parts:
            parts[(kind, *key)].translated[language] = row


def _named(survey: Survey) -> Iterator[tuple[tuple[object, ...], Part]]:
    """Every part under what its translations have in common with it."""
    yield from ((("SL", name), part) for name, part in survey.texts.items())
    for number, group in enumerate(survey.groups, 1):
        yield ("G", number), group
        for asked in group.questions:
            yield ("Q", asked.name), asked
            for kind, parts in (("SQ", asked.subquestions), ("A", asked.answers)):
                yield from (((kind, asked.name, kind, part.scale, part.name), part) for part in parts)
