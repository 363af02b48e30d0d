"""What the keying screen's script is told of the form it holds."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask import url_for
from flask_login import current_user

from questionnaires.answers import write_form
from questionnaires.paper import write_serial
from survey.collection.paper import Held
from survey.entry.keying.repeating import last_profile
from survey.entry.keying.scans import scan_of_form
from survey.entry.progress import keyed_numbers
from survey.models import Batch

Reply = dict[str, Any]


def as_reply(held: Held, batch: Batch) -> Reply:
    return {
        "address": url_for("entry.save_item", reading_id=held.reading_id),
        "token": str(held.token),
        "number": held.number,
        "serial": write_serial(held.serial) if held.serial else "",
        "texts": write_form(held.answers),
        "notes": held.notes,
        "replaced": [as_typed(each) for each in held.replaced],
        "cursor": held.cursor,
        "seq": held.seq,
        "last": last_profile(batch, current_user),
        "done": len(keyed_numbers(batch)),
        "scan": scan_of_form(held.form_id) if held.kind == "first" else "",
    }


def as_typed(replaced: Mapping[str, Any]) -> Reply:
    """What a save replaced, its value as raw texts."""
    item, value = replaced["item"], replaced["value"]
    return {
        "item": item,
        "texts": [] if value is None else write_form({item: value})[item],
        "note": replaced["note"],
    }
