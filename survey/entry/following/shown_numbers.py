"""Numbers of forms as they are shown: within a batch "101–130, 140", or as they stand on the paper."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import groupby

from questionnaires.faults import Fault
from questionnaires.paper import write_serial
from survey.entry.blueprint import blueprint
from survey.models import Batch, PaperForm


def ranges(numbers: Iterable[int]) -> list[tuple[int, int]]:
    """Ascending numbers as (first, last) of each run: 1, 2, 3, 7 → (1, 3), (7, 7)."""
    runs = groupby(enumerate(numbers), key=lambda pair: pair[1] - pair[0])
    found = ([number for _, number in run] for _, run in runs)
    return [(run[0], run[-1]) for run in found]


def write_ranges(numbers: Sequence[int]) -> str:
    """1, 2, 3, 7 → "1–3, 7"."""
    parts = (str(first) if first == last else f"{first}–{last}" for first, last in ranges(sorted(numbers)))
    return ", ".join(parts)


def write_printed_ranges(numbers: Mapping[Batch, Sequence[int]]) -> str:
    """Numbers within batches as they stand on the paper, ascending: "0001 021-5 – 0001 024-4".
    Forms printed elsewhere come behind them by their numbers there, each batch named: "T-01: 4–6".
    """
    here = (
        batch.first_serial + n - 1 for batch, found in numbers.items() if batch.first_serial for n in found
    )
    printed = (
        write_serial(first) if first == last else f"{write_serial(first)} – {write_serial(last)}"
        for first, last in ranges(sorted(here))
    )
    elsewhere = (
        f"{batch.code}: {write_ranges(found)}" for batch, found in numbers.items() if not batch.first_serial
    )
    return "; ".join(filter(None, [", ".join(printed), *elsewhere]))


def by_reason(faults: Iterable[Fault]) -> Iterator[Fault]:
    """Faults that mark_forms names number by number, those with one reason in one sentence, at "numbers"."""
    numbers: dict[str, list[int]] = {}
    for fault in faults:
        numbers.setdefault(fault.template, []).append(int(fault.place))
    for template, found in numbers.items():
        yield Fault("numbers", template, {"number": write_ranges(found)})


def name_of(form: PaperForm) -> str:
    """What people read on the paper: the form's number with its check digit, or its number in the batch."""
    return write_serial(form.serial) if form.serial else str(form.number)


blueprint.add_app_template_filter(write_serial, "form_number")
blueprint.add_app_template_filter(name_of, "form_name")
blueprint.add_app_template_filter(write_ranges, "number_ranges")
blueprint.add_app_template_filter(write_printed_ranges, "printed_ranges")
