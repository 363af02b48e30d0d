"""What became of the forms whose scans were decided."""

from __future__ import annotations

from flask import Flask

from survey.db import db
from survey.models import PaperForm
from tests.survey.entry.scanning.sheets import Printed


def states(app: Flask, printed: Printed) -> list[str]:
    with app.app_context():
        forms = db.session.query(PaperForm).filter_by(batch_id=printed.batch_id)
        return [form.state for form in forms.order_by(PaperForm.number)]


def answers(app: Flask, printed: Printed) -> list[dict[str, object]]:
    with app.app_context():
        forms = db.session.query(PaperForm).filter_by(batch_id=printed.batch_id, state="accepted")
        return [form.response.versions[0].answers for form in forms.order_by(PaperForm.number)]
