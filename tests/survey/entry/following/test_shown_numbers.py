"""Numbers as people read them: in ranges, and as they stand on the paper."""

from __future__ import annotations

from questionnaires.faults import Fault
from questionnaires.paper import write_serial
from survey.entry.following.shown_numbers import by_reason, write_printed_ranges, write_ranges
from survey.models import Batch


def test_numbers_are_shown_as_ranges():
    assert write_ranges([9, 1, 2, 3]) == "1–3, 9"
    assert write_ranges([]) == ""


def test_faults_with_one_reason_are_one_sentence():
    faults = [Fault(str(number), "Form %(number)s is gone.", {"number": number}) for number in (1, 2, 5)]
    elsewhere, here = Batch(forms_expected=9), Batch(first_serial=101, forms_expected=9)
    assert [fault.sentence() for fault in by_reason(faults, elsewhere)] == ["Form 1–2, 5 is gone."]
    printed = f"{write_serial(101)} – {write_serial(102)}, {write_serial(105)}"
    assert [fault.sentence() for fault in by_reason(faults, here)] == [f"Form {printed} is gone."]


def test_printed_numbers_run_on_from_batch_to_batch_whatever_the_order_of_the_batches():
    late, early = (Batch(first_serial=first, forms_expected=20) for first in (1_021, 1_001))
    shown = write_printed_ranges({late: [1, 2, 3, 9], early: [7, 20]})
    runs = [(1_007, 1_007), (1_020, 1_023), (1_029, 1_029)]
    assert shown == ", ".join(" – ".join(map(write_serial, sorted({first, last}))) for first, last in runs)


def test_forms_printed_elsewhere_stand_behind_with_their_batch():
    here, elsewhere = Batch(first_serial=5, forms_expected=9), Batch(code="T-01", forms_expected=9)
    assert write_printed_ranges({elsewhere: [4, 5, 6], here: [1]}) == f"{write_serial(5)}; T-01: 4–6"
    assert write_printed_ranges({elsewhere: [8]}) == "T-01: 8"
    assert write_printed_ranges({}) == ""
