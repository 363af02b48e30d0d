"""Why forms with nothing left to ask are not taken in: each reason once, in words."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import sqlalchemy as sa

from questionnaires.faults import Fault
from survey.db import db
from survey.entry.scanning.form_scans import is_ready
from survey.entry.scanning.standing import of_survey
from survey.entry.scanning.stored import read_faults
from survey.language import sentence
from survey.models import ScanPage

WHOLE_FORM = ("form", "")
"""Places of what concerns a form as a whole, and not one of its pages."""


def why_not_taken(survey_id: int) -> list[str]:
    """As the last try to take the forms in has found, in the order of the pages."""
    reasons = of_survey(sa.select(ScanPage.reason), survey_id).where(is_ready(), ScanPage.reason != "")
    texts = db.session.scalars(reasons.order_by(ScanPage.id))
    noted = (fault for text in texts for fault in read_faults(text) if fault.place in WHOLE_FORM)
    return [sentence(fault) for fault in joined(noted)]


def joined(faults: Iterable[Fault]) -> Iterator[Fault]:
    """Those that differ by the form alone in one, which names all the forms."""
    alike: dict[tuple[str, object], list[Fault]] = {}
    for fault in faults:
        alike.setdefault((fault.template, fault.values.get("name")), []).append(fault)
    for found in alike.values():
        serials = dict.fromkeys(str(fault.values.get("serial", "")) for fault in found)
        yield Fault("form", found[0].template, {**found[0].values, "serial": ", ".join(serials)})
