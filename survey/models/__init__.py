"""The tables, by noun."""

from survey.models.definition import FrameworkVersion, QuestionnaireVersion
from survey.models.definition_draft import DefinitionDraft, DraftChange, DraftComment
from survey.models.invitation import Draft, Invitation
from survey.models.kiosk import Kiosk
from survey.models.mailing import Mailing, MailRecipient
from survey.models.paper import (
    Batch,
    FormEvent,
    FormLayout,
    FormReading,
    PaperForm,
    Scan,
    ScanPage,
    Settlement,
)
from survey.models.quota import Quota
from survey.models.record import AuditEntry, Job
from survey.models.response import Response, ResponseFlag, ResponseVersion
from survey.models.round import Round, RoundUnit
from survey.models.run import Run
from survey.models.score import EvidenceScore
from survey.models.survey import Sample, Stratum, Survey
from survey.models.unit import Unit
from survey.models.user import User
from survey.models.way_count import WayCount

__all__ = [
    "AuditEntry",
    "Batch",
    "DefinitionDraft",
    "Draft",
    "DraftChange",
    "DraftComment",
    "EvidenceScore",
    "FormEvent",
    "FormLayout",
    "FormReading",
    "FrameworkVersion",
    "Invitation",
    "Job",
    "Kiosk",
    "MailRecipient",
    "Mailing",
    "PaperForm",
    "QuestionnaireVersion",
    "Quota",
    "Response",
    "ResponseFlag",
    "ResponseVersion",
    "Round",
    "RoundUnit",
    "Run",
    "Sample",
    "Scan",
    "ScanPage",
    "Settlement",
    "Stratum",
    "Survey",
    "Unit",
    "User",
    "WayCount",
]
