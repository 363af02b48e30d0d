"""Pictures of forms, for those alone who key, decide and check; never kept by a browser."""

from __future__ import annotations

import sqlalchemy as sa
from flask import Response as Reply
from flask import abort, url_for

from questionnaires.paper.layout import Layout, Place
from questionnaires.scanning import crop, row_of
from survey.access import roles
from survey.db import db
from survey.entry.blueprint import blueprint
from survey.entry.scanning.form_scans import layout_of
from survey.models import PaperForm, ScanPage
from survey.scan_store import ScanUnreadable, scan_store

JPEG = "image/jpeg"
AROUND = 3.0
"""Millimetres of the page shown above and below the boxes of an item."""


def picture_of(form: PaperForm, item: str) -> str | None:
    """The address of the picture that shows what is marked at an item; None where no scan shows it."""
    pictures = pictures_of(form, item)
    return pictures[0] if pictures else None


def pictures_of(form: PaperForm, item: str) -> list[str]:
    """The addresses of all its pictures: an item may go over two pages, and a page be scanned twice."""
    if form.batch.layout_id is None:
        return []
    pages = {place.page for place in places_of(layout_of(form.batch), item)}
    sheets = db.session.execute(
        sa.select(ScanPage.id)
        .where(ScanPage.form_id == form.id, ScanPage.page.in_(pages), ScanPage.key != "")
        .order_by(ScanPage.page, ScanPage.id)
    )
    return [url_for("entry.scan_crop", sheet_id=sheet_id, item=item) for (sheet_id,) in sheets]


def places_of(layout: Layout, item: str) -> list[Place]:
    """Where an item is answered: its boxes, its room for handwriting."""
    rooms = [room.place for room in layout.written if room.item == item]
    return [*(box.place for box in layout.boxes_of(item)), *rooms]


@blueprint.get("/entry/scans/pages/<int:sheet_id>/picture")
@roles("enumerator", "supervisor")
def scan_picture(sheet_id: int) -> Reply:
    """The whole page, straightened."""
    return sent_picture(stored_picture(find_sheet(sheet_id)))


@blueprint.get("/entry/scans/pages/<int:sheet_id>/items/<item>")
@roles("enumerator", "supervisor")
def scan_crop(sheet_id: int, item: str) -> Reply:
    """The lines of one item, as wide as the page."""
    sheet = find_sheet(sheet_id)
    if sheet.form is None:
        abort(404)
    layout = layout_of(sheet.form.batch)
    places = [place for place in places_of(layout, item) if place.page == sheet.page]
    if not places:
        abort(404)
    return sent_picture(crop(stored_picture(sheet), row_of(around(places)), AROUND))


def around(places: list[Place]) -> Place:
    """The least rectangle around places of one page."""
    x, y = min(place.x for place in places), min(place.y for place in places)
    right = max(place.x + place.width for place in places)
    lower = max(place.y + place.height for place in places)
    return Place(places[0].page, x, y, right - x, lower - y)


def find_sheet(sheet_id: int) -> ScanPage:
    return db.session.get(ScanPage, sheet_id) or abort(404)


def stored_picture(sheet: ScanPage) -> bytes:
    """404 where there is none, or none any more."""
    if not sheet.key:
        abort(404)
    try:
        return scan_store().get(sheet.key)
    except (FileNotFoundError, ScanUnreadable):
        abort(404)


def sent_picture(content: bytes) -> Reply:
    reply = Reply(content, mimetype=JPEG)
    reply.headers["Cache-Control"] = "no-store"
    return reply
