"""The forms that begin a draft: empty, as the next version of a stored one, by a decision, from a file."""

from __future__ import annotations

from typing import Any

from flask_babel import lazy_gettext
from wtforms import DateField, FileField, SelectField, StringField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired, Optional

from questionnaires.editing.framework_head import new_framework, succeed
from questionnaires.editing.questionnaire_head import new_questionnaire, next_version
from survey.builder.drafts.begin_fields import (
    code_field,
    framework_choices,
    group_field,
    needed,
    number_or_none,
    refuse_known,
    several,
    title_fields,
    version_choices,
    version_field,
)
from survey.builder.drafts.files import suffixes
from survey.builder.shelves import Shelf, Version
from survey.builder.terms import UNIT_TYPES
from survey.db import db
from survey.forms import StaffForm
from survey.language import LANGUAGES

Content = dict[str, Any]


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
