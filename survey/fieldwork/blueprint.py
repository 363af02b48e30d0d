"""The room's blueprint, and who reads and who writes here."""

from __future__ import annotations

from typing import TypeVar

from flask import Blueprint, abort, current_app, request
from sqlalchemy.exc import IntegrityError

from survey import errors
from survey.db import db

Row = TypeVar("Row")

UNIT_WRITERS = ("planner", "administrator")
UNIT_READERS = ("planner", "administrator", "supervisor", "appraiser", "analyst", "viewer")
ROUND_READERS = ("planner", "administrator", "supervisor", "unit_officer", "appraiser", "analyst", "viewer")
SURVEY_READERS = ("planner", "administrator", "supervisor", "analyst", "viewer")

blueprint = Blueprint("fieldwork", __name__, template_folder="templates")


@blueprint.errorhandler(IntegrityError)
def show_conflict(error: IntegrityError) -> tuple[str, int]:
    """The database kept a promise that somebody else's deed of this moment would have broken."""
    db.session.rollback()
    return errors.show(errors.PAGES[409], 409)


def public_address(path: str) -> str:
    """The address of a page as it is printed for people outside."""
    return (current_app.config["PUBLIC_URL"] or request.url_root.rstrip("/")) + path


def locked(model: type[Row], row_id: int) -> Row:
    """The row, held until this transaction ends so that nobody changes it in between; 404 where none is."""
    row = db.session.get(model, row_id, with_for_update=True)
    if row is None:
        abort(404)
    return row
