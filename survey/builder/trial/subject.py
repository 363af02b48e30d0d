"""What is tried: a questionnaire as it stands in a draft or in a stored version, and where its parts are."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from flask import url_for
from flask_babel import gettext
from flask_login import current_user

from questionnaires.faults import N_
from questionnaires.schema import Questionnaire
from survey.builder.drafts.addresses import editor_address, part_address, review_address
from survey.builder.drafts.life import WRITERS
from survey.builder.drafts.places import anchor
from survey.builder.drafts.showing import PlacedFault, placed, title_of
from survey.builder.reading import examined
from survey.builder.trial.presentable import Presentable, presentable
from survey.db import db
from survey.errors import UserError
from survey.language import text
from survey.models import DefinitionDraft, QuestionnaireVersion

GONE = N_("This draft or version was removed meanwhile.")


@dataclass(frozen=True)
class Tried:
    """`questionnaire` is as much as can be read of a draft; `faults` are all of them, none of a version."""

    id: int
    questionnaire: Questionnaire
    faults: tuple[PlacedFault, ...] = ()
    draft: DefinitionDraft | None = None

    @property
    def name(self) -> str:
        """How jobs know it."""
        return f"{'draft' if self.draft else 'version'} {self.id}"

    @property
    def title(self) -> str:
        return title_of(self.draft.content) if self.draft else text(self.questionnaire.title)

    @cached_property
    def presentable(self) -> Presentable:
        return presentable(self.questionnaire)

    @property
    def may_mend(self) -> bool:
        """Whether the person of this request may change the parts."""
        return self.draft is not None and self.draft.state == "draft" and current_user.role in WRITERS

    def home(self) -> str:
        """The page the trial was begun from."""
        if self.draft is None:
            return url_for("builder.show_questionnaire", version_id=self.id)
        return (editor_address(self.draft) if self.may_mend else None) or review_address(self.draft)

    def address(self, place: str) -> str:
        """Where a part ("question:q1") is mended by who may, read by others; home for one without code."""
        if place.endswith(":"):
            return self.home()
        if self.draft is None:
            return f"{self.home()}#{anchor(place)}"
        part = part_address(self.draft, place) if self.may_mend else None
        return part or review_address(self.draft, anchor(place))

    @property
    def home_words(self) -> str:
        if self.draft is None:
            return gettext("The questionnaire")
        return gettext("All questions") if self.may_mend else gettext("Review")


def of_draft(draft: DefinitionDraft) -> Tried:
    questionnaire, faults = examined(draft)
    return Tried(draft.id, questionnaire, tuple(placed(each, draft, frozenset()) for each in faults), draft)


def of_version(version: QuestionnaireVersion) -> Tried:
    return Tried(version.id, version.questionnaire)


def named(name: str) -> Tried:
    """What a job's subject names. Raises UserError where it is gone."""
    sort, _, number = name.partition(" ")
    model, read = {"draft": (DefinitionDraft, of_draft), "version": (QuestionnaireVersion, of_version)}[sort]
    found = db.session.get(model, int(number))
    if found is None:
        raise UserError(GONE, status=404)
    return read(found)
