"""A page that asks before something is done to a node: it shows what will be, then does it."""

from __future__ import annotations

from typing import Any

from flask import flash, redirect, render_template
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from questionnaires.editing.framework_tree import find, nodes_of
from questionnaires.editing.refused import EditRefused
from survey.builder.drafts.storing import Operation, change
from survey.builder.framework_editor.page import panel, tree_address
from survey.builder.framework_editor.reading import read_draft
from survey.db import db
from survey.models import DefinitionDraft


def show_deed(
    draft: DefinitionDraft, page: str, code: str, refused: EditRefused | None = None, **around: Any
) -> ResponseReturnValue:
    """The page of a deed about a node; says so where the node is gone."""
    try:
        node = find(nodes_of(draft.content), code)
    except EditRefused as gone:
        return render_template("builder/gone.html", draft=draft, fault=gone.fault), 404
    shown = render_template(
        f"builder/framework_editor/{page}.html",
        draft=draft,
        code=code,
        node=node,
        faults=[refused.fault] if refused else [],
        **panel(draft, read_draft(draft)),
        **around,
    )
    return (shown, 422) if refused else shown


def done(draft: DefinitionDraft, code: str, deed: Operation, action: str, said: str) -> ResponseReturnValue:
    """Do it, and go back to the tree. Raises EditRefused."""
    change(draft, deed, action, f"node:{code}")
    db.session.commit()
    flash(gettext(said))
    return redirect(tree_address(draft, code))
