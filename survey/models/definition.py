"""Frameworks and questionnaires as they stood on the day they were approved."""

from __future__ import annotations

import datetime
import functools
import hashlib
import json
from collections.abc import Callable
from typing import Any

from sqlalchemy import JSON, UniqueConstraint, select
from sqlalchemy.orm import Mapped, mapped_column

from questionnaires import parse_framework, parse_questionnaire
from questionnaires.framework import Framework
from questionnaires.schema import GROUPS, Questionnaire
from survey.db import db, intpk, one_of


def digest(content: Any) -> str:
    """SHA-256 of a definition's canonical JSON, in hexadecimal."""
    text = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


class FrameworkVersion(db.Model):
    """One version of a framework. `content` is never edited; a retired version is offered for nothing new."""

    __tablename__ = "framework_versions"
    __table_args__ = (UniqueConstraint("code", "version"),)

    id: Mapped[intpk]
    code: Mapped[str]
    version: Mapped[str]
    content: Mapped[dict[str, Any]] = mapped_column(JSON)  # not JSONB: the order of factors is kept
    sha256: Mapped[str] = mapped_column(index=True)
    retired_on: Mapped[datetime.date | None]

    @classmethod
    def of(cls, content: dict[str, Any]) -> FrameworkVersion:
        return cls(code=content["code"], version=content["version"], content=content, sha256=digest(content))

    @property
    def framework(self) -> Framework:
        return _framework(self.sha256, _Source(lambda: self.content))


class QuestionnaireVersion(db.Model):
    """One version of a questionnaire. `content` is never edited; a retired one is offered for nothing new."""

    __tablename__ = "questionnaire_versions"
    __table_args__ = (
        UniqueConstraint("code", "version"),
        one_of("respondent_group", GROUPS),
    )

    id: Mapped[intpk]
    code: Mapped[str]
    version: Mapped[str]
    respondent_group: Mapped[str]
    content: Mapped[dict[str, Any]] = mapped_column(JSON)  # not JSONB: the order of factors is kept
    sha256: Mapped[str] = mapped_column(index=True)
    retired_on: Mapped[datetime.date | None]

    @classmethod
    def of(cls, content: dict[str, Any]) -> QuestionnaireVersion:
        return cls(
            code=content["code"],
            version=content["version"],
            respondent_group=content["group"],
            content=content,
            sha256=digest(content),
        )

    @property
    def questionnaire(self) -> Questionnaire:
        return _questionnaire(self.sha256, _Source(lambda: self.content))

    @classmethod
    def known_as(cls, sha256: str) -> Questionnaire:
        """The questionnaire whose stored content has this digest; asks the database only once a process."""

        def read() -> dict[str, Any]:
            return db.session.scalars(select(cls.content).filter_by(sha256=sha256).limit(1)).one()

        return _questionnaire(sha256, _Source(read))


class _Source:
    """Lets a cache look at the digest alone: every source compares equal, and is read only for a digest that
    the cache does not know.
    """

    def __init__(self, read: Callable[[], dict[str, Any]]) -> None:
        self.read: Callable[[], dict[str, Any]] | None = read

    def content(self) -> dict[str, Any]:
        read, self.read = self.read, None  # the cache keeps this key: let go of the session's row
        return read() if read else {}

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Source)

    def __hash__(self) -> int:
        return 0


@functools.lru_cache(maxsize=64)
def _framework(_sha256: str, source: _Source) -> Framework:
    return parse_framework(source.content())


@functools.lru_cache(maxsize=256)
def _questionnaire(_sha256: str, source: _Source) -> Questionnaire:
    return parse_questionnaire(source.content())
