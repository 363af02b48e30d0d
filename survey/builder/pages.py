"""What the pages of both kinds of definitions do alike: add a version, remove one."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from functools import partial

import sqlalchemy as sa
from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from sqlalchemy.exc import IntegrityError

from questionnaires import DefinitionError, Fault
from questionnaires.faults import N_
from survey import audit
from survey.builder.shelves import Shelf, Version, add_shipped, shipped, subject, versions
from survey.db import db
from survey.errors import UserError

STORED = N_("The version is stored.")
MET = N_("This version was stored already; nothing changed.")
IN_USE = N_("This version is in use, so it stays.")


def add_page(shelf: Shelf) -> ResponseReturnValue:
    """Store a definition shipped with the product; all others come as drafts, for others to approve."""
    if request.method == "GET":
        return show_add_page(shelf)
    try:
        version, is_new = stored_once(partial(add_shipped, shelf, request.form.get("shipped", "")))
    except LookupError:
        raise UserError(N_("The product ships no definition of this name."), status=404) from None
    except DefinitionError as error:
        db.session.rollback()
        return show_add_page(shelf, error.faults), 422
    flash(gettext(STORED if is_new else MET))
    return redirect(url_for(f"builder.show_{shelf.noun}", version_id=version.id))


def stored_once(add: Callable[[], tuple[Version, bool]]) -> tuple[Version, bool]:
    """Add and commit; where somebody else stored the same version in between, meet theirs."""
    try:
        added = add()
        db.session.commit()
    except IntegrityError:
        db.session.rollback()
        added = add()
        db.session.commit()
    return added


def show_add_page(shelf: Shelf, faults: Sequence[Fault] = ()) -> str:
    return render_template(
        f"builder/add_{shelf.noun}.html", shipped=shipped(shelf, versions(shelf)), faults=faults
    )


def safe_name(text: str) -> str:
    """The text as part of a file name: ASCII letters, digits, underscores and hyphens."""
    kept = (character if re.fullmatch("[A-Za-z0-9_]", character) else "-" for character in text)
    return "".join(kept).strip("-") or "x"


def remove(shelf: Shelf, version_id: int, in_use: sa.ColumnElement[bool]) -> ResponseReturnValue:
    """Delete a version that nothing uses, such as a mistaken upload. Raises UserError for one in use."""
    version = db.get_or_404(shelf.model, version_id)
    if db.session.scalar(sa.select(in_use)):
        raise UserError(IN_USE, status=409)
    audit.record(f"{shelf.noun}.remove", subject(shelf, version), sha256=version.sha256)
    db.session.delete(version)
    db.session.commit()
    flash(gettext("The version is removed."))
    return redirect(url_for(f"builder.list_{shelf.noun}s"))
