"""Whether a batch was keyed well enough, by what the second readings found."""

from __future__ import annotations

from collections.abc import Sequence

import sqlalchemy as sa

from survey import audit
from survey.collection.form_trail import note
from survey.collection.paper.errors import batch_errors, compared_forms, wrong_forms
from survey.collection.paper.locking import forms_where
from survey.collection.second_choice import chosen_of, lowest, sample_size
from survey.db import db
from survey.models import Batch, FormReading, PaperForm
from survey.models.paper import GONE_STATES, KEYED_STATES

KEYED_ONCE = ("entered", "accepted")


def judge(batch: Batch, person_id: int | None) -> None:
    """Send the whole batch, locked by the caller, to its second keying where it holds too many errors.

    That is decided as soon as it is certain: when even without a further error the sample would hold more
    than it may; else once everything that the plan chose is compared.
    """
    db.session.flush()
    if batch.plan in ("none", "all") or batch.rekey_all:
        return
    is_complete = all_forms_known(batch)
    if is_complete:
        top_up(batch, person_id)
    if is_too_bad(batch, is_final=is_complete and not anything_waits(batch)):
        batch.rekey_all = True
        audit.record("batch.rekey", f"batch {batch.code}", errors=batch_errors(batch.id).as_details())
        choose(batch, person_id)


def is_too_bad(batch: Batch, *, is_final: bool) -> bool:
    if batch.plan == "acceptance":
        return wrong_forms(batch.id) > batch.acceptance_number
    errors, forms = batch_errors(batch.id), compared_forms(batch.id)
    if not errors.checked:
        return False
    items = errors.checked if is_final else errors.checked / forms * max(sample_size(batch), forms)
    return 100 * errors.wrong / items > batch.error_limit


def all_forms_known(batch: Batch) -> bool:
    return count(batch, PaperForm.state.in_((*KEYED_STATES, *GONE_STATES))) >= batch.forms_expected


def anything_waits(batch: Batch) -> bool:
    return count(batch, PaperForm.waits_for_check()) > 0


def count(batch: Batch, *conditions: sa.ColumnElement[bool]) -> int:
    query = sa.select(sa.func.count()).select_from(PaperForm).where(PaperForm.batch_id == batch.id)
    return db.session.scalar(query.where(*conditions)) or 0


def top_up(batch: Batch, person_id: int | None) -> None:
    """Choose more forms where some that were chosen never came back, or were rejected before anybody knew
    how well they were keyed: the sample is as large as planned.
    """
    lacking = sample_size(batch) - count(batch, PaperForm.second_wanted, is_of_use())
    if lacking > 0:
        forms = {form.number: form for form in keyed_once(batch)}
        for number in sorted(lowest(batch.seed, forms, lacking)):
            want_second(forms[number], person_id)


def is_of_use() -> sa.ColumnElement[bool]:
    """Whether a form's two readings are compared, or may be yet."""
    compared = sa.exists().where(FormReading.form_id == PaperForm.id, FormReading.checked.is_not(None))
    return sa.or_(PaperForm.state.in_((*KEYED_ONCE, "disputed")), compared)


def choose(batch: Batch, person_id: int | None) -> None:
    """Ask for a second reading of each form that the batch's plan, as it is now, chooses."""
    forms = {form.number: form for form in keyed_once(batch)}
    for number in sorted(chosen_of(batch, forms)):
        want_second(forms[number], person_id)


def keyed_once(batch: Batch) -> Sequence[PaperForm]:
    """The forms with one reading, and none asked for beyond it."""
    second = sa.exists().where(FormReading.form_id == PaperForm.id, FormReading.kind == "second")
    unasked = PaperForm.second_wanted.is_(False)
    return forms_where(PaperForm.batch_id == batch.id, PaperForm.state.in_(KEYED_ONCE), unasked, ~second)


def want_second(form: PaperForm, person_id: int | None) -> None:
    form.second_wanted = True
    note(form, "rekeyed", person_id)
