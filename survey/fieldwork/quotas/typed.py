"""What was typed about quotas: numbers changed, cells taken away, a new cell; and what is wrong with it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from questionnaires.faults import N_, Fault
from questionnaires.schema import Item
from questionnaires.written import Unreadable
from survey.collection.quota_setting import WantedQuota
from survey.fieldwork.quotas.lines import QuotaLine
from survey.fieldwork.strata import people
from survey.models import Quota

NO_MOST = N_("Enter how many answers there may be: a whole number from 1.")
NO_STRATUM = N_("This survey has no such stratum.")
NO_ANSWER = N_("The questionnaire does not have this answer.")
SAME_CELL = N_("There is a quota for these people already. Change its number in the table above.")
ALL_STRATA = ""


@dataclass(frozen=True)
class Changes:
    """Quota → its new number; quotas to take away; faults, each at its input's id."""

    most: dict[int, int] = field(default_factory=dict)
    removed: set[int] = field(default_factory=set)
    faults: list[Fault] = field(default_factory=list)


def read_changes(lines: Sequence[QuotaLine], form: Mapping[str, str]) -> Changes:
    changes = Changes()
    for quota in (line.quota for line in lines):
        if f"remove-{quota.id}" in form:
            changes.removed.add(quota.id)
            continue
        most, faults = read_most(f"most-{quota.id}", form.get(f"most-{quota.id}", ""))
        changes.faults.extend(faults)
        if most not in (None, quota.most):
            changes.most[quota.id] = most
    return changes


def read_most(place: str, raw: str) -> tuple[int | None, list[Fault]]:
    """A number of answers, at least one."""
    try:
        number = people(raw.strip()) if raw.strip() else 0
    except Unreadable as error:
        return None, [Fault(place, error.template, error.values)]
    return (number, []) if number else (None, [Fault(place, NO_MOST)])


def read_new(
    strata: Mapping[int, str], items: Sequence[Item], stored: Sequence[Quota], form: Mapping[str, str]
) -> tuple[WantedQuota | None, list[Fault]]:
    """The cell that was described; `strata` holds the survey's by their ids."""
    most, faults = read_most("most", form.get("most", ""))
    stratum = form.get("stratum", ALL_STRATA)
    if stratum != ALL_STRATA and stratum not in map(str, strata):
        faults.append(Fault("stratum", NO_STRATUM))
    answers, strangers = read_answers(items, form)
    faults += strangers
    if faults:
        return None, faults
    wanted = WantedQuota(int(stratum) if stratum else None, answers, most or 0)
    if any((each.stratum_id, each.answers) == (wanted.stratum_id, wanted.answers) for each in stored):
        return None, [Fault("stratum", SAME_CELL)]
    return wanted, []


def read_answers(items: Sequence[Item], form: Mapping[str, str]) -> tuple[dict[str, str], list[Fault]]:
    answers, faults = {}, []
    for item in items:
        choice = form.get(f"answer-{item.code}", "")
        if choice and choice not in {each.code for each in item.levels}:
            faults.append(Fault(f"answer-{item.code}", NO_ANSWER))
        elif choice:
            answers[item.code] = choice
    return answers, faults
