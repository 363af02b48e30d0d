"""Where definitions stand: the versions stored here, and those shipped with the product."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from types import ModuleType
from typing import Any

import sqlalchemy as sa

from questionnaires import (
    DefinitionError,
    Fault,
    dump_framework,
    dump_questionnaire,
    frameworks,
    library,
    parse_framework,
    parse_questionnaire,
)
from questionnaires.faults import N_
from questionnaires.framework import Framework
from questionnaires.schema import Questionnaire
from survey import audit
from survey.db import db
from survey.models import FrameworkVersion, QuestionnaireVersion

Definition = Framework | Questionnaire
Version = FrameworkVersion | QuestionnaireVersion

TAKEN = N_(
    "Version %(version)s of “%(code)s” is stored here already, with other contents. A stored version is "
    "never changed: give the new one another version number."
)


@dataclass(frozen=True)
class Shelf:
    """One kind of definition. `noun` names it in addresses and in the audit trail."""

    noun: str
    model: type[Version]
    shipped: ModuleType
    parse: Callable[[Mapping[str, Any]], Definition]
    dump: Callable[[Any], dict[str, Any]]

    def read(self, version: Version) -> Definition:
        """The definition that a stored version holds."""
        return getattr(version, self.noun)


FRAMEWORKS = Shelf("framework", FrameworkVersion, frameworks, parse_framework, dump_framework)
QUESTIONNAIRES = Shelf(
    "questionnaire", QuestionnaireVersion, library, parse_questionnaire, dump_questionnaire
)


@dataclass(frozen=True)
class Shipped:
    """A shipped definition and the stored version of the same code and number, if any.

    `same` is false where that one was changed by somebody before it was stored.
    """

    name: str
    definition: Definition
    stored: Version | None
    same: bool


def versions(shelf: Shelf) -> Sequence[Version]:
    """The stored versions, the codes in order and the newest version of each first."""
    return db.session.scalars(sa.select(shelf.model).order_by(shelf.model.code, shelf.model.id.desc())).all()


def shipped(shelf: Shelf, stored: Sequence[Version]) -> list[Shipped]:
    """The shipped definitions beside what is stored of them."""
    by_number = {(version.code, version.version): version for version in stored}
    found = []
    for name in shelf.shipped.names():
        definition = shelf.shipped.load(name)
        version = by_number.get((definition.code, definition.version))
        found.append(Shipped(name, definition, version, version is None or shelf.read(version) == definition))
    return found


def add_shipped(shelf: Shelf, name: str) -> tuple[Version, bool]:
    """Store a shipped definition as `add` does. Raises LookupError for an unknown name."""
    return add(shelf, shelf.shipped.source(name))


def add_written(shelf: Shelf, content: Mapping[str, Any]) -> tuple[Version, bool]:
    """Store a definition that somebody wrote, in its canonical form, as `add` does."""
    return add(shelf, shelf.dump(shelf.parse(content)))


def add(shelf: Shelf, content: dict[str, Any]) -> tuple[Version, bool]:
    """Store a version and its audit entry in this transaction; returns it and whether it is new.

    The same definition a second time is met, not doubled. Raises DefinitionError with every fault of the
    definition, or where another one has its code and version.
    """
    definition = shelf.parse(content)
    found = find(shelf, definition)
    if found is None:
        return store(shelf, content), True
    if shelf.read(found) != definition:
        values = {"code": definition.code, "version": definition.version}
        raise DefinitionError([Fault("version", TAKEN, values)])
    return found, False


def find(shelf: Shelf, definition: Definition) -> Version | None:
    query = sa.select(shelf.model).filter_by(code=definition.code, version=definition.version)
    return db.session.scalars(query).one_or_none()


def store(shelf: Shelf, content: dict[str, Any]) -> Version:
    version = shelf.model.of(content)
    db.session.add(version)
    audit.record(f"{shelf.noun}.add", subject(shelf, version), sha256=version.sha256)
    db.session.flush()
    return version


def subject(shelf: Shelf, version: Version) -> str:
    """A version as the audit trail names it."""
    return f"{shelf.noun} {version.code} {version.version}"
