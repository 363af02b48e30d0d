"""How many forms of a survey are in which state, and which are out or lie unread."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.orm import joinedload

from questionnaires.faults import N_
from survey.db import db
from survey.entry.states import STATE_WORDS, shown_state
from survey.models import Batch, PaperForm, Stratum

WAYS: Mapping[str, Callable[[Batch], str]] = {
    "enumerator": lambda batch: batch.enumerator,
    "commune": lambda batch: batch.commune,
    "unit": lambda batch: batch.stratum.unit.name,
    "batch": lambda batch: batch.code,
}
WAY_WORDS = {
    "enumerator": N_("Enumerator"),
    "commune": N_("Commune"),
    "unit": N_("Unit"),
    "batch": N_("Batch"),
}


@dataclass(frozen=True)
class Counts:
    """Forms by state, of some batches. `name` may be empty: not known."""

    name: str
    by_state: Mapping[str, int]
    expected: int
    archived: int
    batches: Sequence[Batch] = ()


def counts_of(survey_id: int, way: str, batch_id: int | None = None) -> list[Counts]:
    """A line for each enumerator, commune, unit or batch, in alphabetical order; of one batch where given."""
    batches = batches_of(survey_id, batch_id)
    states = states_of(survey_id)
    lines: dict[str, list[Counts]] = {}
    for batch in batches:
        lines.setdefault(WAYS[way](batch), []).append(counts_of_batch(batch, states.get(batch.id, {})))
    in_order = sorted(lines.items(), key=last_unknown)
    return [whole[0] if way == "batch" else added(name, whole) for name, whole in in_order]


def last_unknown(line: tuple[str, object]) -> tuple[bool, str]:
    return not line[0], line[0]


def batches_of(survey_id: int, batch_id: int | None = None) -> Sequence[Batch]:
    query = sa.select(Batch).where(Batch.survey_id == survey_id).order_by(Batch.enumerator, Batch.code)
    query = query.options(joinedload(Batch.stratum).joinedload(Stratum.unit))
    return db.session.scalars(query.where(Batch.id == batch_id) if batch_id else query).all()


def states_of(survey_id: int) -> dict[int, dict[str, int]]:
    """Batch id → state → forms; and "archived" → forms in the archive, whatever their state."""
    forms = (
        sa.select(PaperForm.batch_id, shown_state().label("state"), PaperForm.archived_on)
        .join(PaperForm.batch)
        .where(Batch.survey_id == survey_id)
        .subquery()
    )
    columns = (forms.c.batch_id, forms.c.state)
    query = sa.select(*columns, sa.func.count(), sa.func.count(forms.c.archived_on)).group_by(*columns)
    found: dict[int, dict[str, int]] = {}
    for batch_id, state, count, archived in db.session.execute(query):
        states = found.setdefault(batch_id, {})
        states[state] = count
        states["archived"] = states.get("archived", 0) + archived
    return found


def counts_of_batch(batch: Batch, states: Mapping[str, int]) -> Counts:
    """Of a batch printed elsewhere, forms of which nothing is noted are counted too."""
    by_state = {state: states.get(state, 0) for state in STATE_WORDS}
    by_state["unseen"] = max(batch.forms_expected - sum(by_state.values()), 0)
    return Counts(batch.code, by_state, batch.forms_expected, states.get("archived", 0), [batch])


def added(name: str, lines: Iterable[Counts]) -> Counts:
    whole = list(lines)
    by_state = {state: sum(line.by_state[state] for line in whole) for state in STATE_WORDS}
    expected, archived = (sum(line.expected for line in whole), sum(line.archived for line in whole))
    batches = [batch for line in whole for batch in line.batches]
    return Counts(name, by_state, expected, archived, batches)
