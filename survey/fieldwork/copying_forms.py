"""The forms for copying a round: the new round's particulars, and what is asked anew of a survey."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from flask_babel import gettext, lazy_gettext
from wtforms import BooleanField, HiddenField, ValidationError
from wtforms.fields.choices import SelectChoice

from questionnaires.faults import N_
from questionnaires.schema import Questionnaire
from survey.db import db
from survey.fieldwork.copying import SurveyPlan, units_that_ended
from survey.fieldwork.copying_proposals import a_year_later, offered, round_proposal, survey_proposal
from survey.fieldwork.editing import marker
from survey.fieldwork.margins import COUNT
from survey.fieldwork.round_forms import RoundForm
from survey.fieldwork.survey_forms import SurveyOfRoundForm
from survey.forms import StaffForm
from survey.models import FrameworkVersion, QuestionnaireVersion, Round, Survey, Unit

OTHER_CONTENTS = N_(
    "What the copy takes over is not what this page showed: the days you chose, or somebody's change "
    "meanwhile, make it other units or surveys. Look at it again, then copy."
)
TARGETS_DO_NOT_FIT = N_(
    "The chosen questionnaire does not have what the known population is counted by: %(codes)s. Choose "
    "another version, or do not take the known population over."
)
LAST_YEARS = N_(
    "The populations stay those of %(year)s until you enter new ones. How many to choose stays as planned."
)
COUNTS_OF = N_("The counts stay those of %(year)s until you enter new ones.")
SURVEY_FIELDS = ("questionnaire_id", "slug", "opens_on", "closes_on")


def propose(form: StaffForm, proposal: Mapping[str, Any]) -> None:
    """Show these values in a form that nobody has sent yet."""
    if not form.is_submitted():
        for field in form:
            if field.short_name in proposal:
                field.data = proposal[field.short_name]


def only(
    choices: Iterable[SelectChoice], versions: Sequence[FrameworkVersion | QuestionnaireVersion]
) -> list[SelectChoice]:
    """The choices of these versions, and the one that stands for none."""
    kept = {"", *(str(each.id) for each in versions)}
    return [choice for choice in choices if choice.value in kept]


class RoundCopyForm(RoundForm):
    """The new round's particulars. `seen` stands for the units and surveys that the page showed."""

    def __init__(self, source: Round, surveys: Sequence[Survey]) -> None:
        super().__init__()
        self.source, self.surveys = source, surveys
        versions = offered(FrameworkVersion)
        self.framework_id.choices = only(self.framework_id.choices, versions)
        propose(self, round_proposal(source, versions))

    @property
    def framework_version(self) -> FrameworkVersion | None:
        chosen = self.framework_id.data
        return db.session.get(FrameworkVersion, chosen) if chosen else None

    def left_out(self) -> Sequence[Unit]:
        """The units that have ended before the new round's first day."""
        first_day = self.starts_on.data or a_year_later(self.source.starts_on)
        return units_that_ended(self.source, first_day)

    def contents(self) -> str:
        """The marker of what the page shows as taken over and left out."""
        members = [[each.unit_id, each.ranking_group] for each in self.source.members]
        return marker([members, [unit.id for unit in self.left_out()], [each.id for each in self.surveys]])

    def validate_seen(self, field: HiddenField) -> None:
        if field.data != self.contents():
            raise ValidationError(gettext(OTHER_CONTENTS))


class SurveyCopyForm(SurveyOfRoundForm):
    """What is asked anew of a survey; the rest of it is copied."""

    take = BooleanField(lazy_gettext("Copy this survey"))
    with_strata = BooleanField(lazy_gettext("Take over the strata of its sample"))
    with_targets = BooleanField(lazy_gettext("Take over the known population that answers are weighed to"))

    def __init__(self, survey: Survey, versions: Sequence[QuestionnaireVersion]) -> None:
        super().__init__(survey.round, prefix=f"survey-{survey.id}", meta={"csrf": False})
        of_year = {"year": survey.round.year}
        self.with_strata.description = gettext(LAST_YEARS) % of_year
        self.with_targets.description = gettext(COUNTS_OF) % of_year
        self.survey = survey
        self.versions = {each.id: each for each in versions}
        self.questionnaire_id.choices = only(self.questionnaire_id.choices, versions)
        if not survey.targets:
            del self.with_targets
        if not (survey.sample and survey.sample.strata):
            del self.with_strata
        propose(self, survey_proposal(survey, survey.round.year, versions))

    def validate(self, *args: Any, **values: Any) -> bool:
        return not self.take.data or super().validate(*args, **values)

    def validate_with_targets(self, field: BooleanField) -> None:
        version = self.versions.get(self.questionnaire_id.data)
        if not field.data or version is None:
            return
        if lost := without_place(self.survey.targets, version.questionnaire):
            raise ValidationError(gettext(TARGETS_DO_NOT_FIT) % {"codes": ", ".join(lost)})

    def plan(self) -> SurveyPlan:
        return SurveyPlan(
            self.survey,
            {name: self[name].data for name in SURVEY_FIELDS},
            with_targets="with_targets" not in self or self.with_targets.data,
            with_strata="with_strata" not in self or self.with_strata.data,
        )


def without_place(targets: Mapping[str, Any], questionnaire: Questionnaire) -> list[str]:
    """The questions, or answers as question=answer, of a known population that the questionnaire lacks."""
    answers = {item.code: {choice.code for choice in item.levels} for item in questionnaire.items()}
    named = {(code, answer) for cell in targets["cells"] for code, answer in cell.items() if code != COUNT}
    lost = {code for code in targets["by"] if code not in answers}
    lost |= {f"{code}={answer}" for code, answer in named if code in answers and answer not in answers[code]}
    return sorted(lost)
