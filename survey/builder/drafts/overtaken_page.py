"""The page for who saves second: what the other stored, what was typed here, a choice where they meet."""

from __future__ import annotations

import json
from functools import partial
from typing import Any, Literal

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from questionnaires.editing.coded import codes, tables
from questionnaires.editing.differences import differences, merged
from questionnaires.editing.parts import with_part
from questionnaires.editing.refused import EditRefused
from questionnaires.editing.renamed import NOTHING_RENAMED, Renamed
from questionnaires.faults import N_
from survey.access import roles
from survey.builder.blueprint import blueprint
from survey.builder.drafts.life import WRITERS
from survey.builder.drafts.saving import Overtaken, read_seen, save, seen
from survey.builder.drafts.storing import held
from survey.builder.drafts.wording import in_words, named_field
from survey.db import db
from survey.models import DefinitionDraft

SETTLED = N_("Both changes are saved, as you chose.")
CHOICE = "choice:"


def show_overtaken(
    draft: DefinitionDraft,
    overtaken: Overtaken,
    renamed: Renamed = NOTHING_RENAMED,
    undecided: bool = False,
) -> str:
    """Both versions, field by field; a part that is gone shows what was typed, to be kept elsewhere."""
    base, theirs, mine = (part or {} for part in (overtaken.base, overtaken.theirs, overtaken.mine))
    return render_template(
        "builder/drafts/overtaken.html",
        draft=draft,
        overtaken=overtaken,
        differences=differences(base, theirs, mine),
        undecided=undecided,
        named_field=named_field,
        in_words=in_words,
        renamed=json.dumps({"rows": dict(renamed.rows), "choices": dict(renamed.choices)}),
        parts={name: seen(part) for name, part in (("base", base), ("theirs", theirs), ("mine", mine))},
        choice=CHOICE,
    )


@blueprint.post("/<any(frameworks, questionnaires):shelf>/drafts/<int:draft_id>/settle")
@roles(*WRITERS)
def settle_draft(shelf: str, draft_id: int) -> ResponseReturnValue:
    """Store both people's changes to a part, with the choices of who came second."""
    draft = held(draft_id, shelf.removesuffix("s"))
    place = request.form.get("place", "")
    base, theirs, mine = (read_seen(request.form.get(name, "")) or {} for name in ("base", "theirs", "mine"))
    try:
        together = merged(base, theirs, mine, chosen())
        renamed = read_renamed(theirs, together)
        put = partial(with_part, place=place, table=together, renamed=renamed)
        stored = save(draft, place, theirs, together, put)
    except EditRefused:
        return show_overtaken(draft, Overtaken(place, base, theirs, mine, None), undecided=True), 422
    if stored:  # a third person was quicker still
        return show_overtaken(draft, stored, renamed), 409
    db.session.commit()
    flash(gettext(SETTLED))
    return redirect(url_for(f"builder.edit_{draft.kind}_draft", draft_id=draft.id))


def read_renamed(theirs: dict[str, Any], together: dict[str, Any]) -> Renamed:
    """The codes that the second person changed (`renamed` of the form), as far as both are still there."""
    given = read_seen(request.form.get("renamed", ""))
    kept: dict[str, dict[str, str]] = {}
    for key in ("rows", "choices"):
        pairs = given.get(key) if isinstance(given, dict) else None
        stored, now = codes(tables(theirs, key)), codes(tables(together, key))
        named = pairs.items() if isinstance(pairs, dict) else ()
        kept[key] = {old: new for old, new in named if old in stored and new in now}
    return Renamed(**kept)


def chosen() -> dict[str, Literal["mine", "theirs"]]:
    """The choices of the form, by the path of the field."""
    return {
        name.removeprefix(CHOICE): "theirs" if value == "theirs" else "mine"
        for name, value in request.form.items()
        if name.startswith(CHOICE)
    }
