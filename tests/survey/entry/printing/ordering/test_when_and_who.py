"""When forms of a survey are printed, of which strata, and by whom."""

from __future__ import annotations

import pytest
import sqlalchemy as sa

from survey.db import db
from survey.models import Sample, Stratum, Survey
from tests.survey.entry.printing.ordering.lines import batches, order, set_survey


@pytest.mark.parametrize("columns", [{"state": "closed"}, {"state": "draft", "contact": ""}])
def test_what_keeps_forms_from_being_printed_is_said(app, client, path, made, columns):
    set_survey(app, made, **columns)
    page = client.get(path)
    assert page.status_code == 200
    assert 'name="forms-0"' not in page.text
    typed = {"stratum-0": str(made.strata[0]), "code-0": "x", "forms-0": "2", "language": "vi"}
    assert client.submit(path, {**typed, "print-0": "1", "plan": "none"}).status_code == 409
    assert batches(app) == []


def test_paper_is_printed_before_the_survey_opens_and_keeps_its_terms(app, client, path, made, sign_in):
    set_survey(app, made, state="draft")
    sign_in("planner")
    assert order(client, path, forms_0="2", forms_1="", forms_2="").status_code == 303
    assert len(batches(app)) == 1
    assert client.get(f"/entry/paper/{made.survey}").status_code == 200
    with app.app_context():
        survey = db.session.get_one(Survey, made.survey)
        sent = {"code": "renamed", "slug": survey.slug, "questionnaire_id": survey.questionnaire_id}
    answer = client.submit(f"/surveys/{made.survey}/edit", sent)
    assert 'id="code-error"' in answer.text


def test_a_foreign_stratum_is_refused(app, client, path, made):
    with app.app_context():
        sample = db.session.scalars(sa.select(Sample).where(Sample.survey_id == made.survey)).one()
        foreign = max(db.session.scalars(sa.select(Stratum.id).where(Stratum.sample_id == sample.id))) + 1
    assert order(client, path, stratum_0=str(foreign), forms_0="2").status_code == 422
    assert batches(app) == []


def test_planners_print_and_enumerators_do_not(client, path, sign_in):
    sign_in("planner")
    assert client.get(path).status_code == 200
    sign_in("enumerator")
    assert client.get(path).status_code == 403
