"""Puts the example round into an empty database."""

from __future__ import annotations

import csv
import datetime
from collections.abc import Callable
from importlib.resources import files
from typing import Any

import numpy as np
import sqlalchemy as sa
from sqlalchemy.orm import Session

from questionnaires import frameworks
from survey.demo.evidence import evidence_scores
from survey.demo.people import GROUPS
from survey.demo.settings import Settings
from survey.demo.users import demo_users
from survey.demo.wave import Agency, load_wave
from survey.models import EvidenceScore, FrameworkVersion, Round, RoundUnit, Unit

FRAMEWORK = "dak-lak-so-2022"
ROUND = "vi-du-2022"
TITLE = {
    "vi": "Ví dụ (dữ liệu giả lập): Chỉ số CCHC các Sở tỉnh Đắk Lắk năm 2022",
    "en": "Example (synthetic data): PAR Index of the departments of Đắk Lắk, 2022",
}


def load_example(
    session: Session, settings: Settings, say: Callable[[str], None] = lambda message: None
) -> Round:
    """The example round, flushed but not committed. The same settings give the same answers, row for row."""
    rng = np.random.default_rng(settings.seed)
    rows = _agency_rows()
    round_ = _add_round(session, settings.today)
    agencies = [_add_agency(session, round_, row) for row in rows]
    session.flush()
    session.add_all(demo_users(settings.password, agencies[0].unit))
    session.flush()
    for group in GROUPS:
        count = load_wave(session, round_, group, agencies, settings, rng)
        say(f"{group.code}: {count}")
    _add_evidence(session, round_, agencies, rng)
    session.flush()
    return round_


def _agency_rows() -> list[dict[str, str]]:
    text = files("survey.demo").joinpath("units.csv").read_text(encoding="utf-8")
    return list(csv.DictReader(text.splitlines()))


def _add_round(session: Session, today: datetime.date) -> Round:
    version = FrameworkVersion.of(frameworks.source(FRAMEWORK))
    round_ = Round(
        code=ROUND,
        title=TITLE,
        year=2022,
        framework_version=version,
        state="open",
        starts_on=today - datetime.timedelta(days=60),
        ends_on=today + datetime.timedelta(days=90),
        self_score_due=today - datetime.timedelta(days=10),
        synthetic=True,
    )
    session.add(round_)
    return round_


def _add_agency(session: Session, round_: Round, row: dict[str, Any]) -> Agency:
    unit = Unit(
        code=row["code"],
        name=row["name"],
        type=row["type"],
        ranking_group=row["ranking_group"],
        valid_from=datetime.date(2015, 1, 1),
    )
    facts = {"late_dossier_rate": float(row["late_dossier_rate"])}
    member = RoundUnit(round=round_, unit=unit, ranking_group=row["ranking_group"], facts=facts)
    member.self_scored_on = round_.self_score_due
    session.add(member)
    populations = {group.population: int(row[group.population]) for group in GROUPS}
    return Agency(unit, float(row["quality"]), populations)


def _add_evidence(session: Session, round_: Round, agencies: list[Agency], rng: np.random.Generator) -> None:
    framework = round_.framework_version.framework
    rows = [
        {"round_id": round_.id, "unit_id": agency.unit.id, **score}
        for agency in agencies
        for score in evidence_scores(framework, agency.unit.code, agency.unit.type, agency.quality, rng)
    ]
    columns = {key: None for row in rows for key in row}
    texts = {"evidence": "", "appraisal_note": "", "explanation": ""}
    session.execute(sa.insert(EvidenceScore), [{**columns, **texts, **row} for row in rows])
