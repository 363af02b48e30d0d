"""Pictures of forms, for those alone who key, decide and check; never kept by a browser."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import sqlalchemy as sa
from flask import Response as Reply
from flask import abort, request, url_for

from questionnaires.paper.layout import Place
from questionnaires.scanning import crop
from survey.access import roles
from survey.db import db
from survey.entry.blueprint import blueprint
from survey.entry.scanning.cropping import answered_on, close_up, framed, is_wide, places_of, row_on
from survey.entry.scanning.form_scans import layout_of
from survey.models import PaperForm, ScanPage
from survey.scan_store import ScanUnreadable, scan_store

JPEG = "image/jpeg"


@dataclass(frozen=True)
class Picture:
    """Addresses of an item's row, as wide as the page, and `close`, of what was written alone: on telephones,
    where it is still too wide to be read at once if it `is_wide`.
    """

    address: str
    close: str
    is_wide: bool


def pictures_of(form: PaperForm, item: str) -> list[Picture]:
    """All its pictures: an item may go over two pages, and a page be scanned twice."""
    if form.batch.layout_id is None:
        return []
    layout = layout_of(form.batch)
    close_ups = {page: close_up(layout, item, page) for page in range(1, layout.pages + 1)}
    sheets = db.session.execute(
        sa.select(ScanPage.id, ScanPage.page)
        .where(ScanPage.form_id == form.id, ScanPage.key != "", is_straight())
        .order_by(ScanPage.page, ScanPage.id)
    )
    return [shown(sheet_id, item, close) for sheet_id, page in sheets if (close := close_ups.get(page))]


def pages_showing(form: PaperForm, items: Sequence[str]) -> list[str]:
    """The addresses of the whole pages on which any of the items is answered."""
    layout = layout_of(form.batch)
    numbers = {place.page for item in items for place in places_of(layout, item)}
    query = sa.select(ScanPage.id).where(ScanPage.form_id == form.id, ScanPage.key != "")
    sheets = db.session.scalars(query.where(ScanPage.page.in_(numbers)).order_by(ScanPage.page, ScanPage.id))
    return [url_for("entry.scan_picture", sheet_id=sheet_id) for sheet_id in sheets]


def is_straight() -> sa.ColumnElement[bool]:
    """Whether a page was straightened, so that each item is in its place; others are shown whole."""
    return ScanPage.readings["dpi"].as_integer() > 0


def shown(sheet_id: int, item: str, close: Place) -> Picture:
    values = {"sheet_id": sheet_id, "item": item}
    nearer = url_for("entry.scan_crop", **values, close="1")
    return Picture(url_for("entry.scan_crop", **values), nearer, is_wide(close))


@blueprint.get("/entry/scans/pages/<int:sheet_id>/picture")
@roles("enumerator", "supervisor")
def scan_picture(sheet_id: int) -> Reply:
    """The whole page, straightened if it could be read."""
    return sent_picture(stored_picture(find_sheet(sheet_id)))


@blueprint.get("/entry/scans/pages/<int:sheet_id>/items/<item>")
@roles("enumerator", "supervisor")
def scan_crop(sheet_id: int, item: str) -> Reply:
    """The lines of one item as wide as the page, or its part of it; with `close`, what was written alone."""
    sheet = find_sheet(sheet_id)
    if sheet.form is None or not sheet.readings.get("dpi"):
        abort(404)
    layout, is_close = layout_of(sheet.form.batch), "close" in request.args
    place = (close_up if is_close else answered_on)(layout, item, sheet.page)
    if place is None:
        abort(404)
    shown = framed(layout, item, place if is_close else row_on(layout, item, place))
    return sent_picture(crop(stored_picture(sheet), shown, margin=0))


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
