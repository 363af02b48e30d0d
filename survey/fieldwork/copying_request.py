"""All that the page for copying a round asks, read as one form."""

from __future__ import annotations

from collections.abc import Iterator

from flask_babel import gettext
from wtforms import Field

from questionnaires.faults import N_
from survey.fieldwork.copying import CopyPlan, surveys_to_copy
from survey.fieldwork.copying_forms import RoundCopyForm, SurveyCopyForm
from survey.fieldwork.copying_groups import GroupsForm, lacking_groups
from survey.fieldwork.copying_proposals import offered
from survey.forms import StaffForm
from survey.models import QuestionnaireVersion, Round

TWICE = N_("Another survey above gets this address too.")


class CopyForms:
    """The new round's particulars, groups to map where there are any, and a part for each survey."""

    def __init__(self, source: Round) -> None:
        surveys = surveys_to_copy(source)
        versions = offered(QuestionnaireVersion)
        self.source = source
        self.round = RoundCopyForm(source, surveys)
        self.left_out = self.round.left_out()
        self.groups = self.groups_form()
        self.surveys = [SurveyCopyForm(each, versions) for each in surveys]

    def groups_form(self) -> GroupsForm:
        """The groups that the chosen framework lacks; none as long as none is chosen."""
        version = self.round.framework_version
        gone = {unit.id for unit in self.left_out}
        lacking = lacking_groups(self.source, version.framework, gone) if version else {}
        return GroupsForm.over(self.source, (version or self.source.framework_version).framework, lacking)

    @property
    def units_taken(self) -> int:
        gone = {unit.id for unit in self.left_out}
        return sum(each.unit_id not in gone for each in self.source.members)

    def parts(self) -> list[StaffForm]:
        return [self.round, self.groups, *self.surveys]

    def __iter__(self) -> Iterator[Field]:
        return (field for part in self.parts() for field in part)

    @property
    def errors(self) -> bool:
        return any(part.errors for part in self.parts())

    def validate_on_submit(self) -> bool:
        if not self.round.is_submitted():
            return False
        every = [part.validate() for part in self.parts()]
        return self.slugs_differ() and all(every)

    def slugs_differ(self) -> bool:
        """Say so at the second of two surveys that would get the same address."""
        taken: set[str] = set()
        again = []
        for field in (form.slug for form in self.surveys if form.take.data and form.slug.data):
            if field.data in taken:
                again.append(field)
                field.errors = [*field.errors, gettext(TWICE)]
            taken.add(field.data)
        return not again

    def plan(self) -> CopyPlan:
        surveys = [form.plan() for form in self.surveys if form.take.data]
        return CopyPlan(surveys, self.left_out, self.groups.mapping)
