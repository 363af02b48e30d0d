"""Drafts to write on: a questionnaire in the making, and its forms as a browser would send them."""

from __future__ import annotations

import re
from html import unescape
from typing import Any

from questionnaires import dump_questionnaire, library
from survey.builder.drafts.storing import begin
from survey.builder.shelves import FRAMEWORKS, add_shipped
from survey.db import db
from survey.models import DefinitionDraft

CITIZENS = "citizen-satisfaction-2024"
DAK_LAK = "dak-lak-so-2022"


def draft_of(app, content: dict[str, Any] | None = None) -> int:
    """A draft of a questionnaire, by default of the shipped citizens' form, held against a framework."""
    with app.app_context():
        framework, _ = add_shipped(FRAMEWORKS, DAK_LAK)
        written = content or dump_questionnaire(library.load(CITIZENS)) | {"version": "next"}
        draft = begin("questionnaire", written, framework.id)
        db.session.commit()
        return draft.id


def content_of(app, draft_id: int) -> dict[str, Any]:
    with app.app_context():
        return db.session.get_one(DefinitionDraft, draft_id).content


def question(content: dict[str, Any], code: str) -> dict[str, Any]:
    sections = content["sections"]
    return next(each for section in sections for each in section["questions"] if each["code"] == code)


def form_of(page: str) -> dict[str, Any]:
    """The fields of the form that edits a part, as the page fills them; several ticks of a name as a list."""
    part = page[page.index('id="part"') : page.index("app-builder__save")]
    fields: dict[str, Any] = {}
    for tag in re.findall(r"<input[^>]*>", part):
        values = dict(re.findall(r'(\S+?)="([^"]*)"', tag))
        is_ticked = values.get("type") not in ("checkbox", "radio") or " checked" in tag
        if "name" in values and is_ticked:
            before = fields.get(values["name"], [])
            value = unescape(values.get("value", ""))
            fields[values["name"]] = [*before, value] if values.get("type") == "checkbox" else value
    for name, text in re.findall(r'<textarea[^>]* name="([^"]*)"[^>]*>(.*?)</textarea>', part, re.S):
        fields[name] = unescape(text)
    for name, inner in re.findall(r'<select[^>]* name="([^"]*)"[^>]*>(.*?)</select>', part, re.S):
        chosen = re.findall(r'<option value="([^"]*)" selected', inner)
        fields[name] = unescape(chosen[0]) if chosen else unescape(re.findall(r'value="([^"]*)"', inner)[0])
    fields.pop("csrf_token", None)
    return fields
