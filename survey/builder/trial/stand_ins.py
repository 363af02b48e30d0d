"""What stands for the survey, its round and the agency where nothing is asked in earnest."""

from __future__ import annotations

from dataclasses import dataclass

from flask import url_for
from flask_babel import gettext

from questionnaires.faults import N_
from questionnaires.schema import Questionnaire
from survey.builder.trial.subject import Tried
from survey.respond.visit import Visit

AGENCY = N_("Agency X (trial)")
ROUND = N_("Preview")
BATCH = N_("PREVIEW")
RECEIPT = "0000-0000-0000"
VISIT = Visit(secret="", response="", mark="", receipt=RECEIPT)


@dataclass(frozen=True)
class PreviewUnit:
    name: str


@dataclass(frozen=True)
class PreviewRound:
    title: str
    synthetic: bool = False


@dataclass(frozen=True)
class PreviewVersion:
    questionnaire: Questionnaire


@dataclass(frozen=True)
class PreviewSurvey:
    """What the pages of an answered survey read of it."""

    slug: int
    questionnaire_version: PreviewVersion
    round: PreviewRound
    contact: str = ""
    purpose: str = ""
    legal_basis: str = ""
    keep_until: None = None
    open_link: bool = True
    by_dossier: bool = False
    withdrawable: bool = False
    page_by: str = "section"
    rates: str = "one"


@dataclass(frozen=True)
class PreviewStratum:
    unit: PreviewUnit


@dataclass(frozen=True)
class PreviewBatch:
    code: str
    stratum: PreviewStratum
    forms_expected: int = 1


@dataclass(frozen=True)
class Preview:
    """The banner of a preview: whom it pretends to rate, and the way out."""

    agency: str
    leave: str


def preview_unit() -> PreviewUnit:
    return PreviewUnit(gettext(AGENCY))


def preview_survey(tried: Tried) -> PreviewSurvey:
    version = PreviewVersion(tried.presentable.questionnaire)
    return PreviewSurvey(tried.id, version, PreviewRound(gettext(ROUND)))


def preview_batch() -> PreviewBatch:
    return PreviewBatch(gettext(BATCH), PreviewStratum(preview_unit()))


def banner(tried: Tried) -> Preview:
    return Preview(gettext(AGENCY), url_for(".overview", slug=tried.id))
