"""Editing one part of a draft, whatever part it is: show it, save it, show it again with what is wrong."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from flask import flash, redirect, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from questionnaires import Fault
from questionnaires.editing.parts import part_of
from questionnaires.editing.refused import EditRefused
from survey.builder import nested_forms
from survey.builder.drafts.overtaken_page import show_overtaken
from survey.builder.drafts.saving import read_seen, save, seen
from survey.builder.drafts.storing import Operation, found, held
from survey.builder.part_form import SPARE_LINES, PartForm
from survey.db import db
from survey.models import DefinitionDraft

Table = dict[str, Any]


@dataclass(frozen=True)
class Editor:
    """What the pages of one kind of definition share.

    `templates`: the folder of its templates. `read`: how its drafts are read. `around`: what every template
    needs.
    """

    kind: str
    templates: str
    read: Callable[[DefinitionDraft], Any]
    around: Callable[[DefinitionDraft, Any], Mapping[str, Any]]


@dataclass(frozen=True)
class PartEditor:
    """What is particular to the pages of one sort of part.

    `place`: from the code of a part to its place. `read`: from a submitted form to the part. `put`: the edit
    that stores it. `context`: what its template needs besides. `faults_of`: what is wrong with the part, at
    its fields. `leads_to`: the page after saving.
    """

    editor: Editor
    noun: str
    saved: str
    place: Callable[[str], str]
    read: Callable[[], PartForm]
    put: Callable[[str, PartForm], Operation]
    context: Callable[[DefinitionDraft, Any, Table], Mapping[str, Any]]
    faults_of: Callable[[Any, str], list[Fault]]
    leads_to: Callable[[DefinitionDraft, str], str]

    def edit(self, draft_id: int, code: str = "") -> ResponseReturnValue:
        """The whole page: GET shows the stored part; POST saves it, or rearranges what was typed."""
        if request.method == "GET":
            return self._stored(found(draft_id, self.editor.kind), code)
        draft, form = held(draft_id, self.editor.kind), self.read()
        act = request.form.get("act", "")
        if act:
            return self._show(draft, code, nested_forms.rearranged(form.table, act), more=act == "more")
        return self._save(draft, code, form)

    def _stored(self, draft: DefinitionDraft, code: str) -> ResponseReturnValue:
        try:
            table = part_of(draft.content, self.place(code))
        except EditRefused as refused:
            return render_template("builder/gone.html", draft=draft, fault=refused.fault), 404
        unwritten = [] if "added" in request.args else None  # faults of what nobody could write yet
        return self._show(draft, code, table, base=table, faults=unwritten)

    def _save(self, draft: DefinitionDraft, code: str, form: PartForm) -> ResponseReturnValue:
        if form.faults:
            return self._show(draft, code, form.table, faults=list(form.faults)), 422
        own = str(form.table.get("code", "")) if code else ""
        base, put = read_seen(request.form.get("seen", "")), self.put(code, form)
        try:
            overtaken = save(draft, self.place(code), base, form.table, put)
        except EditRefused as refused:
            fault = Fault("code", refused.fault.template, refused.fault.values)
            return self._show(draft, code, form.table, faults=[fault]), 422
        if overtaken:
            return show_overtaken(draft, overtaken, form.renamed), 409
        db.session.commit()
        flash(gettext(self.saved))
        return redirect(self.leads_to(draft, own))

    def _show(
        self,
        draft: DefinitionDraft,
        code: str,
        table: Table,
        *,
        base: Table | None = None,
        faults: list[Fault] | None = None,
        more: bool = False,
    ) -> str:
        """The form filled with `table`; `base` is the stored part, which the form itself carries if None."""
        reading = self.editor.read(draft)
        if faults is None:
            faults = self.faults_of(reading, code) if base is not None else []
        return render_template(
            f"{self.editor.templates}/{self.noun}.html",
            draft=draft,
            code=code,
            part=table,
            at=nested_forms.at,
            seen=request.form.get("seen", "") if base is None else seen(base),
            faults=faults,
            spare=SPARE_LINES if more else 0,
            **self.editor.around(draft, reading),
            **self.context(draft, reading, table),
        )
