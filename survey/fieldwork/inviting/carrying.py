"""A list of people goes with the planner's page from step to step, signed: the server keeps none of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import astuple

from flask import current_app
from itsdangerous import BadData, URLSafeSerializer

from survey.fieldwork.inviting.contacts import Contact
from survey.models import Survey


def packed(survey: Survey, contacts: Sequence[Contact]) -> str:
    return signer(survey).dumps([astuple(contact) for contact in contacts])


def unpacked(survey: Survey, carried: str) -> list[Contact]:
    """The people that a page of this survey carries; none of what somebody else packed."""
    try:
        return [Contact(*values) for values in signer(survey).loads(carried)]
    except BadData:
        return []


def signer(survey: Survey) -> URLSafeSerializer:
    return URLSafeSerializer(current_app.config["SECRET_KEY"], salt=f"contacts-{survey.id}")
