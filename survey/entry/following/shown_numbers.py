"""Numbers of forms as they are shown: within a batch "101–130, 140", or as they stand on the paper."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import groupby

from flask import url_for
from markupsafe import Markup, escape

from questionnaires.faults import Fault
from questionnaires.paper import write_serial
from survey.entry.blueprint import blueprint
from survey.models import Batch, PaperForm

Numbers = Mapping[Batch, Sequence[int]]
"""The numbers within each batch, ascending."""


def ranges(numbers: Iterable[int]) -> list[tuple[int, int]]:
    """Ascending numbers as (first, last) of each run: 1, 2, 3, 7 → (1, 3), (7, 7)."""
    runs = groupby(enumerate(numbers), key=lambda pair: pair[1] - pair[0])
    found = ([number for _, number in run] for _, run in runs)
    return [(run[0], run[-1]) for run in found]


def write_ranges(numbers: Sequence[int]) -> str:
    """1, 2, 3, 7 → "1–3, 7"."""
    parts = (str(first) if first == last else f"{first}–{last}" for first, last in ranges(sorted(numbers)))
    return ", ".join(parts)


def write_printed_ranges(numbers: Numbers) -> str:
    """Numbers within batches as they stand on the paper, ascending: "0001 021-5 – 0001 024-4".
    Forms printed elsewhere come behind them by their numbers there, each batch named: "T-01: 4–6".
    """
    printed = (" – ".join(map(write_serial, ends)) for ends in printed_runs(numbers))
    return "; ".join(filter(None, [", ".join(printed), *printed_elsewhere(numbers)]))


def link_printed_ranges(numbers: Numbers) -> Markup:
    """The same, each number a link to the page of its form."""
    printed = (Markup(" – ").join(map(link_to, ends)) for ends in printed_runs(numbers))
    parts = [Markup(", ").join(printed), *map(escape, printed_elsewhere(numbers))]
    return Markup("; ").join(filter(None, parts))


def link_gaps(batch: Batch, gaps: Iterable[tuple[int, int]]) -> Markup:
    """Numbers within the batch as (first, last) of each run: as they stand on the paper, and linked; of forms
    printed elsewhere as they are.
    """
    if not batch.first_serial:
        return escape(", ".join(f"{first}–{last}" if first < last else str(first) for first, last in gaps))
    serials = (
        sorted({batch.first_serial + first - 1, batch.first_serial + last - 1}) for first, last in gaps
    )
    return Markup(", ").join(Markup(" – ").join(map(link_to, ends)) for ends in serials)


def printed_runs(numbers: Numbers) -> list[list[int]]:
    """The serials of each run: the first and the last, or the only one."""
    here = (
        batch.first_serial + n - 1 for batch, found in numbers.items() if batch.first_serial for n in found
    )
    return [sorted({first, last}) for first, last in ranges(sorted(here))]


def printed_elsewhere(numbers: Numbers) -> Iterator[str]:
    return (
        f"{batch.code}: {write_ranges(found)}" for batch, found in numbers.items() if not batch.first_serial
    )


def link_to(serial: int) -> Markup:
    name = write_serial(serial)
    address = url_for("entry.find_form", number=name)
    return Markup('<a class="govuk-link app-serial" href="{}">{}</a>').format(address, name)


def by_reason(faults: Iterable[Fault], batch: Batch) -> Iterator[Fault]:
    """Faults that mark_forms names number by number, those with one reason in one sentence, at "numbers"."""
    numbers: dict[str, list[int]] = {}
    for fault in faults:
        numbers.setdefault(fault.template, []).append(int(fault.place))
    for template, found in numbers.items():
        shown = write_printed_ranges({batch: found}) if batch.first_serial else write_ranges(found)
        yield Fault("numbers", template, {"number": shown})


def name_of(form: PaperForm) -> str:
    """What people read on the paper: the form's number with its check digit, or its number in the batch."""
    return write_serial(form.serial) if form.serial else str(form.number)


blueprint.add_app_template_filter(write_serial, "form_number")
blueprint.add_app_template_filter(name_of, "form_name")
blueprint.add_app_template_filter(write_ranges, "number_ranges")
blueprint.add_app_template_filter(write_printed_ranges, "printed_ranges")
blueprint.add_app_template_filter(link_printed_ranges, "printed_links")
