"""Notices of scans that need nobody any more: their form was corrected there, rejected or marked as gone."""

from __future__ import annotations

import uuid
from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any

import sqlalchemy as sa

from survey.db import db
from survey.models import ResponseVersion, ScanPage
from survey.models.paper import GONE_STATES

Versions = Mapping[uuid.UUID, Sequence[Mapping[str, Any]]]
"""Response → its answers, version by version."""


def settled_since(sheets: Sequence[ScanPage]) -> set[int]:
    """The ids of those pages of which nothing is left to do. Only pages whose form was taken in: where a scan
    came of a form that is gone, somebody has to look.
    """
    taken = [sheet for sheet in sheets if sheet.state == "settled" and sheet.form is not None]
    versions = versions_of([sheet.form.response_id for sheet in taken if sheet.form.response_id])
    return {sheet.id for sheet in taken if is_gone(sheet) or is_corrected(sheet, versions)}


def versions_of(response_ids: Sequence[uuid.UUID]) -> Versions:
    query = sa.select(ResponseVersion.response_id, ResponseVersion.answers)
    found: defaultdict[uuid.UUID, list[Mapping[str, Any]]] = defaultdict(list)
    wanted = query.where(ResponseVersion.response_id.in_(response_ids)).order_by(ResponseVersion.version)
    for response_id, answers in db.session.execute(wanted):
        found[response_id].append(answers)
    return found


def is_gone(sheet: ScanPage) -> bool:
    return sheet.form is not None and sheet.form.state in (*GONE_STATES, "rejected")


def is_corrected(sheet: ScanPage, versions: Versions) -> bool:
    """Whether each answer that the machine was surely wrong about is another now."""
    answers = versions.get(sheet.form.response_id, ()) if sheet.form and sheet.form.response_id else ()
    checked = sheet.readings.get("checked", {}).items()
    wrong = [item for item, found in checked if not found["right"]]
    return bool(wrong) and all(answers and answers[-1].get(each) != answers[0].get(each) for each in wrong)
