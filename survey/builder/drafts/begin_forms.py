"""The forms that begin a draft: empty, as the next version of a stored one, by a decision, from a file."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from flask_babel import gettext, lazy_gettext
from wtforms import DateField, FileField, SelectField, SelectMultipleField, StringField, ValidationError
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired, Length, Optional
from wtforms.widgets import CheckboxInput, ListWidget

from questionnaires.coverage import GROUP_NAMES
from questionnaires.editing.framework_head import new_framework, succeed
from questionnaires.editing.questionnaire_head import new_questionnaire, next_version
from survey.addresses import LARGEST
from survey.builder.drafts.files import suffixes
from survey.builder.shelves import Shelf, Version, versions
from survey.builder.terms import UNIT_TYPES
from survey.db import db
from survey.fieldwork.fields import LONGEST_NAME, OfForm
from survey.forms import StaffForm
from survey.language import LANGUAGES, text
from survey.models import DefinitionDraft, FrameworkVersion

LONGEST_VERSION = 64

Content = dict[str, Any]


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


class BeginForm(StaffForm):
    """What every way to begin has: a check that nobody has, or writes, the version asked for."""

    TEMPLATE = "builder/drafts/begin_form.html"

    def __init__(self, shelf: Shelf, chosen: int | None = None, covered: int | None = None) -> None:
        """`chosen`: the version that is begun from; `covered`: the framework that is to be covered."""
        self.shelf = shelf
        super().__init__(data={"version_id": chosen, "framework_id": covered})
        if "framework_id" in self:
            self.framework_id.choices = framework_choices()
        if "version_id" in self:
            self.version_id.choices = version_choices(shelf, chosen)

    def content(self) -> Content:
        """The definition to begin with; raises EditRefused."""
        raise NotImplementedError

    def covered(self) -> int | None:
        """The framework that a questionnaire is to cover."""
        return self.framework_id.data if "framework_id" in self else None

    def source(self) -> Version | None:
        """The stored version that is chosen."""
        return db.session.get(self.shelf.model, self.version_id.data) if self.version_id.data else None

    def code_asked(self) -> str | None:
        if "code" in self:
            return self.code.data
        found = self.source()
        return found.code if found else None

    def validate_version(self, field: StringField) -> None:
        if code := self.code_asked():
            refuse_known(self.shelf, code, field.data)


def refuse_known(shelf: Shelf, code: str, version: str) -> None:
    """Raises ValidationError for a version that is stored here, or that somebody writes."""
    named = {"code": code, "version": version}
    if db.session.scalar(sa.select(shelf.model.id).filter_by(**named)):
        raise ValidationError(gettext("Version %(version)s of “%(code)s” is stored here already.") % named)
    drafts = sa.select(DefinitionDraft.id).filter_by(kind=shelf.noun, **named)
    if db.session.scalar(drafts.where(DefinitionDraft.state != "approved").limit(1)):
        raise ValidationError(gettext("Version %(version)s of “%(code)s” is being written already.") % named)


class Titled(BeginForm):
    title_vi, title_en = title_fields()
    code, version = code_field(), version_field()

    def title(self) -> dict[str, str]:
        words = {"vi": self.title_vi.data, "en": self.title_en.data}
        return {language: title for language, title in words.items() if title}


class Decided(BeginForm):
    """The decision that issues a framework."""

    number = needed(lazy_gettext("Number of the decision"), lazy_gettext("Enter the number."))
    issuer = needed(lazy_gettext("Issued by"), lazy_gettext("Enter who issues it."))
    date = DateField(lazy_gettext("Date of the decision"), [Optional()])

    def decision(self) -> Content:
        day = {"date": self.date.data.isoformat()} if self.date.data else {}
        return {"number": self.number.data, "issuer": self.issuer.data, **day}


class EmptyFramework(Titled, Decided):
    applies_to = several(
        lazy_gettext("Types of unit that are assessed"),
        [SelectChoice(code, lazy_gettext(words)) for code, words in UNIT_TYPES.items()],
        lazy_gettext("Choose at least one type of unit."),
    )

    def content(self) -> Content:
        return new_framework(
            self.code.data, self.version.data, self.title(), self.decision(), self.applies_to.data
        )


class Covering(BeginForm):
    framework_id = SelectField(
        lazy_gettext("Framework to cover"),
        coerce=number_or_none,
        description=lazy_gettext("The page then says which of its criteria are not asked yet."),
    )


class EmptyQuestionnaire(Titled, Covering):
    group = group_field()
    languages = several(
        lazy_gettext("Languages"),
        [SelectChoice(code, name) for code, name in LANGUAGES.items()],
        lazy_gettext("Choose at least one language."),
        default=["vi"],
    )

    def content(self) -> Content:
        head = self.code.data, self.version.data, self.title(), self.group.data
        return new_questionnaire(*head, self.languages.data)


class Copied(BeginForm):
    """The next version of a stored one, complete."""

    version_id = SelectField(
        lazy_gettext("Version to begin from"),
        [DataRequired(lazy_gettext("Choose a version."))],
        coerce=number_or_none,
    )
    version = version_field()

    def content(self) -> Content:
        return next_version(self.shelf.dump(self.shelf.read(self.source())), self.version.data)


class CopiedQuestionnaire(Copied, Covering):
    pass


class Succeeding(Copied, Decided):
    """The framework of a decision that replaces an earlier one."""

    def content(self) -> Content:
        before = self.shelf.dump(self.shelf.read(self.source()))
        return succeed(before, self.version.data, self.decision())


class FromFile(BeginForm):
    file = FileField(
        lazy_gettext("File"),
        description=lazy_gettext(
            "A spreadsheet as in the template (.xlsx), which must be complete; or JSON or TOML, which may be "
            "unfinished: what is missing is listed in the draft."
        ),
    )

    def accepted(self) -> str:
        return suffixes(self.shelf.noun)


class QuestionnaireFromFile(FromFile, Covering):
    file = FileField(
        lazy_gettext("File"),
        description=lazy_gettext(
            "JSON or TOML, which may be unfinished; an XLSForm (.xlsx, or its sheets in one .csv file); a "
            "survey exported from LimeSurvey as tab-separated values (.txt, .tsv)."
        ),
    )


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
