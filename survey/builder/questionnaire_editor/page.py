"""What every page of the builder shows: where it stands, and beside it what is still to do."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import sqlalchemy as sa
from flask import url_for

from questionnaires import Fault
from survey.builder.covering import STATES
from survey.builder.drafts.places import place_in_words, place_of_fault
from survey.builder.questionnaire_editor.reading import Reading, covered
from survey.builder.questionnaire_editor.siblings import siblings
from survey.db import db
from survey.models import DefinitionDraft, FrameworkVersion


def outline_address(draft: DefinitionDraft, code: str = "") -> str:
    anchor = f"#question-{code}" if code else ""
    return url_for("builder.edit_questionnaire_draft", draft_id=draft.id) + anchor


def panel(draft: DefinitionDraft, reading: Reading) -> dict[str, Any]:
    """What the templates of the builder share."""
    framework = draft.framework_version.framework if draft.framework_version else None
    return {
        "reading": reading,
        "questionnaire": reading.questionnaire,
        "form_languages": reading.content.get("languages") or ["vi"],
        "framework": framework,
        "covering": covered(reading, framework, siblings(draft)),
        "states": STATES,
        "to_mend": [
            (fault, owner(reading, fault), fault_address(draft, reading, fault)) for fault in reading.faults
        ],
    }


def owner(reading: Reading, fault: Fault) -> str:
    """The part that a fault lies in, in words."""
    return place_in_words(place_of_fault(fault.place, reading.content))


def fault_address(draft: DefinitionDraft, reading: Reading, fault: Fault) -> str:
    """The page and field where a fault is mended."""
    parts = fault.place.split(".")
    if parts[-1] in ("sections", "questions"):  # there are none: they are added there
        return outline_address(draft) + "#outline"
    entry = reading.content
    for noun, endpoint in (("sections", "section"), ("questions", "question"), ("scales", "scale")):
        if parts[:1] != [noun] or len(parts) < 2 or not isinstance(entry.get(noun), list):
            continue
        entry, parts = entry[noun][int(parts[1]) - 1], parts[2:]
        address = url_for(f"builder.edit_{endpoint}", draft_id=draft.id, code=entry.get("code") or "-")
        if parts[:1] != ["questions"]:
            return f"{address}#{'.'.join(parts)}"
    return url_for("builder.edit_questionnaire_head", draft_id=draft.id) + f"#{fault.place}"


def usable_frameworks(draft: DefinitionDraft) -> Sequence[FrameworkVersion]:
    """The versions a questionnaire may be written for: those not retired, and its own."""
    query = sa.select(FrameworkVersion).order_by(FrameworkVersion.code, FrameworkVersion.id.desc())
    usable = query.where(FrameworkVersion.retired_on.is_(None) | (FrameworkVersion.id == draft.framework_id))
    return db.session.scalars(usable).all()
