"""Groups of units that are ranked together, or only scored."""

from __future__ import annotations

from typing import Any

from flask.typing import ResponseReturnValue

from questionnaires.faults import N_
from survey.access import roles
from survey.builder.blueprint import blueprint
from survey.builder.drafts.life import WRITERS
from survey.builder.framework_editor.list_part import list_editor


def ranking_group(line: dict[str, Any]) -> dict[str, Any]:
    """Ranked is the default, which definitions do not write; a line with nothing but that tick is blank."""
    named = {key: value for key, value in line.items() if key != "ranked"}
    return named if not named or line.get("ranked") else {**named, "ranked": False}


RANKING_GROUPS = list_editor("ranking_groups", N_("The ranking groups are saved."), ranking_group)


@blueprint.route("/frameworks/drafts/<int:draft_id>/ranking-groups", methods=["GET", "POST"])
@roles(*WRITERS)
def edit_framework_ranking_groups(draft_id: int) -> ResponseReturnValue:
    return RANKING_GROUPS.edit(draft_id)
