"""A blank against an answer, settled on a telephone: nothing that is said covers anything else."""

from __future__ import annotations

from collections.abc import Callable

from flask import Flask
from playwright.sync_api import Page

from survey.db import db
from tests.survey.paper.room import key, make_room

PHONE = {"width": 360, "height": 740}


def test_what_is_said_of_a_blank_covers_nothing(
    app: Flask, site: str, page: Page, sign_in: Callable[..., int]
) -> None:
    with app.app_context():
        room = make_room(forms=1, plan="all")
        room.batch.layout_id = None  # there is no scan to show
        key(room, room.lan)
        key(room, room.mai, "second", polite=None)
        address = f"{site}/entry/forms/{room.form(1).id}/settle"
        db.session.rollback()
    sign_in("supervisor")
    page.set_viewport_size(PHONE)
    page.goto(address)
    label = page.locator("label", has=page.locator(".govuk-tag"))
    tag, digit = (label.locator(part).bounding_box() for part in (".govuk-tag", ".app-digit"))
    assert tag["y"] >= digit["y"] + digit["height"] or tag["x"] >= digit["x"] + digit["width"]
    assert tag["x"] + tag["width"] <= PHONE["width"]
    assert label.bounding_box()["height"] >= tag["y"] + tag["height"] - label.bounding_box()["y"]
