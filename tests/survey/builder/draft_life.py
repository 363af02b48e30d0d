"""What the tests of drafts begin from: definitions in the making, and people at their own browsers."""

from __future__ import annotations

import copy
from collections.abc import Callable
from typing import Any

import sqlalchemy as sa
from flask import Flask
from flask.testing import FlaskClient

import questionnaires.frameworks
from survey.builder.drafts.storing import begin, change, held
from survey.db import db
from survey.models import AuditEntry, DefinitionDraft
from tests.survey.factory import SMALL_QUESTIONNAIRE

Content = dict[str, Any]


def small(**changes: Any) -> Content:
    """The small questionnaire, ready to be approved but for what is changed."""
    return {**copy.deepcopy(SMALL_QUESTIONNAIRE), **changes}


def dak_lak(**changes: Any) -> Content:
    return {**copy.deepcopy(questionnaires.frameworks.source("dak-lak-so-2022")), **changes}


def a_draft(app: Flask, content: Content, kind: str = "questionnaire", **values: Any) -> int:
    """A draft as somebody left it; returns its id."""
    with app.app_context():
        draft = begin(kind, content)
        for name, value in values.items():
            setattr(draft, name, value)
        db.session.commit()
        return draft.id


def edit(
    app: Flask, draft_id: int, operation: Callable[[Content], Content], place: str, **named: str
) -> None:
    """One change by nobody in particular."""
    with app.app_context():
        kind = db.session.get(DefinitionDraft, draft_id).kind
        change(held(draft_id, kind), operation, named.get("action", "edit"), place, named.get("afterwards"))
        db.session.commit()


def draft(app: Flask, draft_id: int) -> DefinitionDraft | None:
    with app.app_context():
        return db.session.get(DefinitionDraft, draft_id)


def deeds(app: Flask) -> list[str]:
    """The actions of the audit trail, in order."""
    with app.app_context():
        return list(db.session.scalars(sa.select(AuditEntry.action).order_by(AuditEntry.id)))


def browser(app: Flask, user_id: int) -> FlaskClient:
    """Another browser, in which this person is signed in."""
    client = app.test_client()
    with client.session_transaction() as session:
        session["_user_id"] = f"{user_id}."
    return client
