"""What the forms that begin a draft are made of: their fields, what is offered in them, what is refused."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from flask_babel import gettext, lazy_gettext
from wtforms import SelectField, SelectMultipleField, StringField, ValidationError
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired, Length
from wtforms.widgets import CheckboxInput, ListWidget

from questionnaires.coverage import GROUP_NAMES
from survey.addresses import LARGEST
from survey.builder.shelves import Shelf, versions
from survey.db import db
from survey.fieldwork.fields import LONGEST_NAME, OfForm
from survey.language import text
from survey.models import DefinitionDraft, FrameworkVersion

LONGEST_VERSION = 64


def needed(label: str, sentence: str, *checks: Any, most: int = LONGEST_NAME, **options: Any) -> StringField:
    return StringField(label, [DataRequired(sentence), Length(max=most), *checks], **options)


def title_fields() -> tuple[StringField, StringField]:
    return (
        needed(lazy_gettext("Title in Vietnamese"), lazy_gettext("Enter the title.")),
        StringField(lazy_gettext("Title in English"), [Length(max=LONGEST_NAME)]),
    )


def code_field() -> StringField:
    hint = lazy_gettext("Small letters a–z, digits and hyphens. It stays the same from version to version.")
    return needed(lazy_gettext("Code"), lazy_gettext("Enter a code."), OfForm(), description=hint)


def version_field() -> StringField:
    hint = lazy_gettext("Such as the year: 2026.")
    return needed(
        lazy_gettext("Version"), lazy_gettext("Enter the version."), most=LONGEST_VERSION, description=hint
    )


def group_field() -> SelectField:
    choices = [SelectChoice(code, lazy_gettext(words)) for code, words in GROUP_NAMES.items()]
    return SelectField(lazy_gettext("Asked of"), choices=choices)


def several(label: str, choices: list[SelectChoice], sentence: str, **options: Any) -> SelectMultipleField:
    return SelectMultipleField(
        label,
        [DataRequired(sentence)],
        choices=choices,
        widget=ListWidget(),
        option_widget=CheckboxInput(),
        **options,
    )


def number_or_none(value: str | None) -> int | None:
    """The id chosen; raises ValueError for what can be none."""
    number = int(value) if value else None
    if number is not None and number > LARGEST:
        raise ValueError
    return number


def refuse_known(shelf: Shelf, code: str, version: str) -> None:
    """Raises ValidationError for a version that is stored here, or that somebody writes."""
    named = {"code": code, "version": version}
    if db.session.scalar(sa.select(shelf.model.id).filter_by(**named)):
        raise ValidationError(gettext("Version %(version)s of “%(code)s” is stored here already.") % named)
    drafts = sa.select(DefinitionDraft.id).filter_by(kind=shelf.noun, **named)
    if db.session.scalar(drafts.where(DefinitionDraft.state != "approved").limit(1)):
        raise ValidationError(gettext("Version %(version)s of “%(code)s” is being written already.") % named)


def framework_choices() -> list[SelectChoice]:
    """The frameworks that are offered, and first none."""
    offered = sa.select(FrameworkVersion).where(FrameworkVersion.retired_on.is_(None))
    found = db.session.scalars(offered.order_by(FrameworkVersion.code, FrameworkVersion.id.desc()))
    named = [SelectChoice(str(each.id), f"{text(each.framework.title)} ({each.version})") for each in found]
    return [SelectChoice("", gettext("None yet")), *named]


def version_choices(shelf: Shelf, chosen: int | None) -> list[SelectChoice]:
    """The versions to begin from: those not retired, and one that was chosen elsewhere."""
    offered = [each for each in versions(shelf) if each.retired_on is None or each.id == chosen]
    named = [
        SelectChoice(str(each.id), f"{text(shelf.read(each).title)} ({each.version})") for each in offered
    ]
    return [SelectChoice("", gettext("Choose …")), *named]
