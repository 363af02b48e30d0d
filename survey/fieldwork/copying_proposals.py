"""What the page proposes for a round copied to next year: days, words and versions."""

from __future__ import annotations

import datetime
import re
from collections.abc import Mapping, Sequence
from typing import Any, TypeVar

import sqlalchemy as sa

from survey.db import db
from survey.models import FrameworkVersion, QuestionnaireVersion, Round, Survey

Version = TypeVar("Version", FrameworkVersion, QuestionnaireVersion)


def a_year_later(day: datetime.date | None) -> datetime.date | None:
    """The same day of the next year; 28 February for the 29th."""
    if day is None:
        return None
    last = 28 if (day.month, day.day) == (2, 29) else day.day
    return day.replace(year=day.year + 1, day=last)


def with_year(words: str, old: int, new: int) -> str:
    """The words with the new year where the old one stands by itself, not within a longer number."""
    return re.sub(rf"(?<!\d){old}(?!\d)", str(new), words)


def code_of_year(code: str, old: int, new: int) -> str:
    """The code with the new year in place of the old, or at its end: never the same code."""
    replaced = with_year(code, old, new)
    return replaced if replaced != code else f"{code}-{new}"


def offered(model: type[Version]) -> Sequence[Version]:
    """The versions that may still be chosen, the newest of each code first; none that is retired."""
    query = sa.select(model).where(model.retired_on.is_(None))
    return db.session.scalars(query.order_by(model.code, model.id.desc())).all()


def newest_like(version: Version, versions: Sequence[Version]) -> int | None:
    """The id of the newest version offered of the same code; None where there is none."""
    return next((each.id for each in versions if each.code == version.code), None)


def round_proposal(source: Round, versions: Sequence[FrameworkVersion]) -> Mapping[str, Any]:
    """What the form for the new round holds at first, by field."""
    old, new = source.year, source.year + 1
    return {
        "title_vi": with_year(source.title.get("vi", ""), old, new),
        "title_en": with_year(source.title.get("en", ""), old, new),
        "code": code_of_year(source.code, old, new),
        "year": new,
        "framework_id": newest_like(source.framework_version, versions),
        "starts_on": a_year_later(source.starts_on),
        "ends_on": a_year_later(source.ends_on),
        "self_score_due": a_year_later(source.self_score_due),
        "synthetic": source.synthetic,
    }


def survey_proposal(survey: Survey, year: int, versions: Sequence[QuestionnaireVersion]) -> Mapping[str, Any]:
    """What the form for one of its surveys holds at first, by field; `year` is the old round's."""
    return {
        "take": True,
        "questionnaire_id": newest_like(survey.questionnaire_version, versions),
        "slug": code_of_year(survey.slug, year, year + 1),
        "opens_on": a_year_later(survey.opens_on),
        "closes_on": a_year_later(survey.closes_on),
        "with_targets": True,
        "with_strata": True,
    }
