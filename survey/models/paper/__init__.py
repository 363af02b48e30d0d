"""Paper: layouts, batches of forms, what became of each form, its readings, and the scans of it."""

from survey.models.paper.batch import PLANS, Batch, FormLayout
from survey.models.paper.form import (
    FORM_EVENTS,
    FORM_STATES,
    GONE_STATES,
    KEYED_STATES,
    FormEvent,
    PaperForm,
)
from survey.models.paper.reading import NOTES, READING_KINDS, FormReading, Settlement
from survey.models.paper.scan import PAGE_STATES, SCAN_STATES, Scan, ScanPage

__all__ = [
    "FORM_EVENTS",
    "FORM_STATES",
    "GONE_STATES",
    "KEYED_STATES",
    "NOTES",
    "PAGE_STATES",
    "PLANS",
    "READING_KINDS",
    "SCAN_STATES",
    "Batch",
    "FormEvent",
    "FormLayout",
    "FormReading",
    "PaperForm",
    "Scan",
    "ScanPage",
    "Settlement",
]
