"""Whether a batch was keyed well enough, by what the second readings found."""

from __future__ import annotations

from collections.abc import Sequence

import sqlalchemy as sa

from survey import audit
from survey.collection.form_trail import note
from survey.collection.paper.basis import Basis, basis_of
from survey.collection.paper.errors import batch_errors, wrong_forms
from survey.collection.paper.locking import forms_where
from survey.collection.second_choice import chosen_of, lowest, sample_size
from survey.db import db
from survey.models import Batch, FormReading, PaperForm

KEYED_ONCE = ("entered", "accepted")


def judge(batch: Batch, person_id: int | None) -> None:
    """Send the whole batch, locked by the caller, to its second keying where it holds too many errors.

    That is decided as soon as it is certain: when even without a further error the sample would hold more
    than it may; else once everything chosen is compared of a batch of which no more forms come.
    """
    db.session.flush()
    if batch.plan in ("none", "all") or batch.rekey_all:
        return
    basis = basis_of(batch)
    if basis.is_whole and top_up(batch, basis, person_id):
        basis = basis_of(batch)
    if is_too_bad(batch, basis):
        batch.rekey_all = True
        audit.record("batch.rekey", f"batch {batch.code}", errors=batch_errors(batch.id).as_details())
        choose(batch, person_id)


def is_too_bad(batch: Batch, basis: Basis) -> bool:
    """As it is already, or as it will be though no other error is found."""
    if batch.plan == "acceptance":
        return wrong_forms(batch.id) > batch.acceptance_number
    errors = batch_errors(batch.id)
    if not errors.checked:
        return False
    forms = basis.chosen if basis.is_whole else max(sample_size(batch), basis.chosen)
    return 100 * errors.wrong / (errors.checked / basis.compared * forms) > batch.error_limit


def top_up(batch: Batch, basis: Basis, person_id: int | None) -> bool:
    """Choose more forms where some that were chosen never came back, or were rejected before anybody knew
    how well they were keyed: of the forms that came, as many are compared as planned. Whether any were.
    """
    lacking = sample_size(batch, basis.keyed) - basis.chosen
    if lacking <= 0:
        return False
    forms = {form.number: form for form in keyed_once(batch)}
    for number in sorted(lowest(batch.seed, forms, lacking)):
        want_second(forms[number], person_id)
    return bool(forms)


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
