"""Between a file and its draft: what was read, carried along while people look at it and complete it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from typing import Any

from flask import current_app
from flask_babel import gettext
from itsdangerous import BadSignature, URLSafeSerializer

from questionnaires.codes import DEFINITION
from questionnaires.editing.coded import claim
from questionnaires.editing.questionnaire_languages import rename_language
from questionnaires.faults import N_
from survey.builder.drafts.comments import LONGEST, comment_on
from survey.builder.drafts.storing import begin
from survey.builder.exchange.brought import Brought, Note, in_words
from survey.errors import UserError
from survey.models import DefinitionDraft

TOO_LONG = N_("The form holds more text than can be brought in at once. Split it into several forms.")
NOT_OURS = N_("What was read of the file has been changed on its way. Upload the file again.")
ORIGIN = N_("From the file “%(name)s” (%(format)s). What was lost or changed on the way:")
WHERE = N_("%(words)s (%(places)s)")

Content = dict[str, Any]


@dataclass(frozen=True)
class Pending:
    """What was read, as the form that asks for the rest carries it: signed, so that nobody else writes it."""

    name: str
    format: str
    content: Content
    notes: tuple[Note, ...]
    assumed: frozenset[str]
    framework_id: int | None

    @classmethod
    def of(cls, brought: Brought, name: str, framework_id: int | None) -> Pending:
        assumed = brought.assumed | ({"code", "version"} if brought.assumed & {"code", "version"} else set())
        notes = tuple(in_words(brought.notes))
        return cls(name, brought.format, dict(brought.content), notes, frozenset(assumed), framework_id)

    def sealed(self) -> str:
        """Raises UserError for what no form can carry."""
        text = signer().dumps({**asdict(self), "assumed": sorted(self.assumed)})
        most = current_app.config["MAX_FORM_MEMORY_SIZE"] * 9 // 10
        if len(text) > most:
            raise UserError(TOO_LONG, status=413)
        return text

    @classmethod
    def unsealed(cls, text: str) -> Pending:
        """Raises UserError for what was not sealed here."""
        try:
            held = signer().loads(text)
        except BadSignature:
            raise UserError(NOT_OURS) from None
        notes = tuple(Note(note["words"], tuple(note["places"])) for note in held["notes"])
        return cls(**{**held, "notes": notes, "assumed": frozenset(held["assumed"])})

    def completed(self, head: dict[str, str]) -> Content:
        """The definition with what people said of it. Raises EditRefused."""
        content = {**self.content, **{name: head[name] for name in head if name != "language"}}
        claim(content.get("code"), (), DEFINITION)
        if "language" in head:
            content = rename_language(content, content["languages"][0], head["language"])
        return content


def signer() -> URLSafeSerializer:
    return URLSafeSerializer(current_app.secret_key, salt="questionnaire-from-file")


def begin_with_notes(pending: Pending, content: Content) -> DefinitionDraft:
    """A draft on which the notes stand as comments, in this transaction."""
    draft = begin("questionnaire", content, pending.framework_id)
    for text in remarks(pending):
        comment_on(draft, "", text)
    return draft


def remarks(pending: Pending) -> list[str]:
    """The notes in as few comments as hold them."""
    heading = gettext(ORIGIN) % {"name": pending.name[:200], "format": pending.format}
    return list(filled(heading, map(line, pending.notes))) if pending.notes else []


def line(note: Note) -> str:
    words = gettext(WHERE) % {"words": note.words, "places": note.where} if note.places else note.words
    return f"– {words}"[: LONGEST // 2]


def filled(text: str, lines: Iterable[str]) -> Iterator[str]:
    for each in lines:
        if len(text) + len(each) + 1 > LONGEST:
            yield text
            text = each
        else:
            text += f"\n{each}"
    yield text
