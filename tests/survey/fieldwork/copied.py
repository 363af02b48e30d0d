"""A round with something in every table and column, to be copied; and its copy as the page makes it."""

from __future__ import annotations

import datetime
import uuid

from survey.db import db, now, today
from survey.models import (
    Draft,
    EvidenceScore,
    FormEvent,
    FormReading,
    Kiosk,
    Mailing,
    MailRecipient,
    PaperForm,
    Quota,
    Response,
    ResponseFlag,
    ResponseVersion,
    Round,
    Run,
    Scan,
    ScanPage,
    Settlement,
    Survey,
    WayCount,
)
from tests.survey.factory import (
    MadeRound,
    make_batch,
    make_round,
    make_stratum,
    make_survey,
    make_user,
    words,
)
from tests.survey.fieldwork.desk import filled_in, stored

TARGETS = {
    "by": ["received"],
    "cells": [{"received": "yes", "count": 900}, {"received": "no", "count": 300}],
}


def fill_round() -> MadeRound:
    """Store a round of 2025 in which nothing is blank and nothing is as in a new row."""
    made = make_round(db.session, codes_each=1, synthetic=True)
    a_round = made.round
    a_round.code, a_round.year = "so-nganh-2025", 2025
    a_round.title = words("Đánh giá năm 2025, các sở", "Assessment of 2025")
    a_round.starts_on, a_round.ends_on = datetime.date(2025, 1, 1), datetime.date(2025, 12, 31)
    a_round.self_score_due = datetime.date(2025, 11, 25)
    a_round.state = "closed"
    fill_survey(made)
    fill_members(made)
    fill_what_stays(made)
    second = make_survey(
        db.session, a_round, made.survey.questionnaire_version.content, "leaders", state="closed"
    )
    second.contact, second.targets = "Sở Tài chính, 0262 111 111", TARGETS
    fill_ways(second)
    make_stratum(second, made.units[1], 40, "y-te-leaders")
    db.session.commit()
    return made


def fill_survey(made: MadeRound) -> None:
    survey = made.survey
    survey.code, survey.slug, survey.state = "citizens", "nguoi-dan-2025", "closed"
    survey.opens_on, survey.closes_on = datetime.date(2025, 8, 1), datetime.date(2025, 9, 30)
    survey.targets = TARGETS
    fill_ways(survey)
    survey.sample.frame = "Người nhận kết quả từ 1/1/2025 đến 30/6/2025"
    for place, stratum in enumerate(made.strata):
        stratum.population, stratum.selected = 400 + place, 90 + place


def fill_ways(survey: Survey) -> None:
    """How people answer, each setting other than in a new survey."""
    survey.open_link, survey.by_dossier, survey.withdrawable = False, True, True
    survey.page_by, survey.rates = "question", "several"
    survey.purpose, survey.legal_basis = "Chấm điểm cải cách hành chính", "Kế hoạch số 12/KH-UBND"
    survey.keep_until = datetime.date(2027, 12, 31)


def fill_members(made: MadeRound) -> None:
    made.round.members[2].ranking_group = "khong-xep-hang"
    for member in made.round.members:
        member.facts, member.self_scored_on = {"late_dossier_rate": 3.5}, today()


def fill_what_stays(made: MadeRound) -> None:
    """Answers on paper and on the way, ways in, a score and a run."""
    of_stratum = {"survey_id": made.survey.id, "unit_id": made.units[0].id, "stratum_id": made.strata[0].id}
    response = Response(**of_stratum, id=uuid.uuid4(), mode="keyed", received_on=today())
    response.versions = [ResponseVersion(version=1, answers={"received": "yes"}, made_on=today())]
    batch = make_batch(db.session, made)
    form = PaperForm(batch=batch, number=1, response=response, keyed_at=now())
    draft = Draft(**of_stratum, key_hash="x", answers={}, updated_on=today())
    score = EvidenceScore(round=made.round, unit=made.units[0], criterion="1.1", self_score=1.0)
    run = Run(
        round=made.round, recipe={}, inputs={}, code_version="1", result=b"{}", sha256="0", made_at=now()
    )
    db.session.add_all([response, form, draft, score, run])
    fill_paper(form)
    fill_ways_in(made, response)


def fill_paper(form: PaperForm) -> None:
    """What is known of a form: its trail, its reading, what was settled, and a scan of it."""
    person, moment = make_user(db.session), now()
    reading = FormReading(form=form, kind="first", person=person, started_at=moment, saved_at=moment)
    settled = Settlement(form=form, item="received", value="yes", person=person, at=moment)
    scan = Scan(survey=form.batch.survey, name="quet.pdf", sha256="0" * 64, key="0", at=moment)
    scan.sheets = [ScanPage(position=1, form=form, page=1)]
    db.session.add_all([FormEvent(form=form, event="returned", at=moment), reading, settled, scan])


def fill_ways_in(made: MadeRound, response: Response) -> None:
    survey, stratum = made.survey, made.strata[0]
    mailing = Mailing(survey=survey, subject="Mời trả lời", body="{link}", created_at=now())
    recipient = MailRecipient(mailing=mailing, stratum=stratum, address="a@example.vn")
    kiosk = Kiosk(survey=survey, stratum=stratum, name="Quầy 1", key_hash="k")
    quota = Quota(survey=survey, stratum=stratum, most=10)
    started = WayCount(survey_id=survey.id, event="started", key="", count=3)
    db.session.add_all([mailing, recipient, kiosk, quota, started])
    db.session.add(ResponseFlag(response_id=response.id, kind="fast"))


def copy_by_page(app, client, made: MadeRound, **typed: str) -> Round:
    """Send the page's form with these changes; the newest round, which is the copy."""
    path = f"/rounds/{made.round.id}/copy"
    page = client.submit(path, {**filled_in(client, path), **typed})
    assert page.status_code == 302, page.text
    return stored(app, Round)[-1]
