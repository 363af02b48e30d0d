"""Codes that open a survey: a personal code, a dossier's number, a code to go on with."""

from __future__ import annotations

from flask import current_app
from sqlalchemy import select

from survey import codes
from survey.collection import CodeUsed
from survey.db import db
from survey.models import Draft, Invitation, Response, Stratum, Survey
from survey.respond.visit import Visit, new_visit


def visit_by_code(code: str) -> tuple[Survey, Visit] | None:
    """The survey that a normalised code is for, and the visit it begins; None where nobody knows the code.

    Raises CodeUsed.
    """
    invitation = unused(codes.invitation_hash(code, secret_key()))
    if invitation is not None:
        return invitation.survey, new_visit(invitation.survey, code, burns=invitation.code_hash)
    draft = db.session.scalar(select(Draft).filter_by(key_hash=codes.draft_hash(code, secret_key())))
    if draft is not None:
        return draft.survey, new_visit(draft.survey, code, code_shown=True)
    if db.session.get(Response, codes.response_id(code, secret_key())) is not None:
        raise CodeUsed
    return None


def dossier_burns(survey: Survey, number: str) -> str | None:
    """The hash of the invitation that this dossier's number stands for; None where the list lacks it.

    Raises CodeUsed.
    """
    invitation = unused(codes.dossier_hash(codes.dossier_number(number), survey.id, secret_key()))
    return invitation.code_hash if invitation else None


def stratum_invited(visit: Visit) -> Stratum | None:
    """The stratum of the visit's invitation. Raises CodeUsed, also where the invitation was withdrawn."""
    invitation = unused(visit.burns)
    if invitation is None:
        raise CodeUsed
    return invitation.stratum


def unused(code_hash: str) -> Invitation | None:
    invitation = db.session.scalars(select(Invitation).filter_by(code_hash=code_hash)).one_or_none()
    if invitation is not None and invitation.used:
        raise CodeUsed
    return invitation


def secret_key() -> str:
    return current_app.config["SECRET_KEY"]
