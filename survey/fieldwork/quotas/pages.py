"""The page of a survey's quotas, and what is done there."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext, ngettext

from questionnaires.faults import N_, Fault
from survey import audit
from survey.access import roles
from survey.collection.quota_setting import WantedQuota, add_quotas
from survey.db import db
from survey.fieldwork.blueprint import SURVEY_READERS, blueprint
from survey.fieldwork.editing import CHANGED, marker
from survey.fieldwork.quotas.cells import cell_words, stratum_names, telling_items
from survey.fieldwork.quotas.lines import QuotaLine, quota_lines, stored_quotas
from survey.fieldwork.quotas.typed import read_changes, read_new
from survey.fieldwork.sample_pages import changeable
from survey.fieldwork.strata import stored_strata
from survey.fieldwork.survey_pages import subject
from survey.models import Quota, Survey

OVERFULL = N_("%(cell)s: more answers came in than that already. No further ones are let in.")


@blueprint.get("/surveys/<int:survey_id>/quotas")
@roles(*SURVEY_READERS)
def show_quotas(survey_id: int) -> str:
    return show(db.get_or_404(Survey, survey_id))


@blueprint.post("/surveys/<int:survey_id>/quotas")
@roles("planner")
def change_quotas(survey_id: int) -> ResponseReturnValue:
    """Change numbers, and take away the quotas that are ticked."""
    survey = changeable(survey_id)
    lines = quota_lines(survey)
    changes = read_changes(lines, request.form)
    if request.form.get("seen") != seen(lines):
        changes.faults.insert(0, Fault("", CHANGED))
    if changes.faults:
        return show(survey, changes.faults, request.form), 422
    for line in lines:
        change(survey, line, changes.most.get(line.quota.id), line.quota.id in changes.removed)
    db.session.commit()
    flash(gettext("The changes are saved."))
    return to_quotas(survey)


def change(survey: Survey, line: QuotaLine, most: int | None, is_removed: bool) -> None:
    quota = line.quota
    if is_removed:
        audit.record("quota.remove", subject(survey), **particulars_of(quota))
        db.session.delete(quota)
    elif most is not None:
        audit.record("quota.change", subject(survey), quota=quota.id, most=[quota.most, most])
        quota.most = most
        if most < quota.taken:
            flash(gettext(OVERFULL) % {"cell": cell_words(line.stratum, line.conditions)})


@blueprint.post("/surveys/<int:survey_id>/quotas/new")
@roles("planner")
def new_quota(survey_id: int) -> ResponseReturnValue:
    survey = changeable(survey_id)
    items = telling_items(survey.questionnaire_version.questionnaire)
    names = stratum_names(stored_strata(survey_id))
    wanted, faults = read_new(names, items, stored_quotas(survey_id), request.form)
    if wanted is None:
        return show(survey, faults, request.form), 422
    (quota,) = add(survey, [wanted])
    flash(
        ngettext(
            "The quota is set. %(num)d answer that came in before counts in it.",
            "The quota is set. %(num)d answers that came in before count in it.",
            quota.taken,
        )
    )
    return to_quotas(survey)


@blueprint.post("/surveys/<int:survey_id>/quotas/propose")
@roles("planner")
def propose_quotas(survey_id: int) -> ResponseReturnValue:
    """Set a quota for each stratum that has none: as many answers as people were chosen."""
    survey = changeable(survey_id)
    have = {quota.stratum_id for quota in stored_quotas(survey_id) if not quota.answers}
    lacking = [each for each in stored_strata(survey_id) if each.selected and each.id not in have]
    add(survey, [WantedQuota(each.id, {}, each.selected) for each in lacking])
    flash(ngettext("%(num)d quota is set.", "%(num)d quotas are set.", len(lacking)))
    return to_quotas(survey)


def add(survey: Survey, wanted: Sequence[WantedQuota]) -> list[Quota]:
    added = add_quotas(survey, wanted)
    for quota in added:
        audit.record("quota.add", subject(survey), **particulars_of(quota))
    db.session.commit()
    return added


def particulars_of(quota: Quota) -> dict[str, object]:
    """A quota as the audit trail keeps it."""
    stratum = quota.stratum.code if quota.stratum else None
    return {"quota": quota.id, "stratum": stratum, "answers": quota.answers, "most": quota.most}


def to_quotas(survey: Survey) -> ResponseReturnValue:
    return redirect(url_for("fieldwork.show_quotas", survey_id=survey.id))


def seen(lines: Sequence[QuotaLine]) -> str:
    """The marker of what the page showed; places taken meanwhile change nothing."""
    return marker([[line.quota.id, line.quota.most] for line in lines])


def show(survey: Survey, faults: Sequence[Fault] = (), typed: Mapping[str, str] | None = None) -> str:
    lines, strata = quota_lines(survey), stored_strata(survey.id)
    have = {line.quota.stratum_id for line in lines if not line.quota.answers}
    return render_template(
        "fieldwork/quotas.html",
        survey=survey,
        synthetic=survey.round.synthetic,
        lines=lines,
        cell=cell_words,
        strata=stratum_names(strata),
        items=telling_items(survey.questionnaire_version.questionnaire),
        lacking=sum(each.selected > 0 and each.id not in have for each in strata),
        faults=faults,
        typed=typed or {},
        seen=seen(lines),
    )
