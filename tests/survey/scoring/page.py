"""A unit's page as a browser sends it, and who sits before the browser."""

from __future__ import annotations

import html
import re

import sqlalchemy as sa

from survey.db import db

INPUT = re.compile(r'<input class="govuk-(?:input|checkboxes)[^>]*>|<input type="hidden"[^>]*>')
TEXTAREA = re.compile(r"<textarea[^>]* name=\"([^\"]*)\"[^>]*>\n(.*?)</textarea>", re.DOTALL)
ATTRIBUTE = re.compile(r'(\w+)="([^"]*)"')


def inputs(text: str) -> dict[str, str]:
    """What a browser would send of the page as it stands."""
    found = {}
    for element in INPUT.findall(text):
        attributes = dict(ATTRIBUTE.findall(element))
        if attributes.get("type") != "checkbox" or " checked" in element:
            found[attributes["name"]] = html.unescape(attributes.get("value", ""))
    areas = {name: html.unescape(content) for name, content in TEXTAREA.findall(text)}
    return {**found, **areas}


def save(client, address: str, page: str | None = None, **typed: str):
    """Open the page (or take one opened before), type, and press "Save"."""
    sent = {**inputs(page or client.get(address).text), **typed}
    return client.submit(address, {name: value for name, value in sent.items() if name != "csrf_token"})


def become(client, app, name: str) -> None:
    """Go on as somebody who signed in before."""
    with app.app_context():
        user_id = db.session.scalar(sa.text("SELECT id FROM users WHERE name = :name"), {"name": name})
    with client.session_transaction() as session:
        session["_user_id"] = f"{user_id}."
