"""Paper forms: how many brought answers, why others did not, and batches whose keying is not judged yet."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from analysis.report.blocks import Block, Facts, Heading, Table
from analysis.report.page import Page
from analysis.round.paper_forms import WAITING

COUNTS = ("refused", "spoiled", "spoiled_here", "lost")


def paper(page: Page) -> Iterator[Block]:
    """Nothing where no survey had paper forms."""
    if page.table("paper").empty:
        return
    say = page.words
    unjudged = [
        [page.groups[row.survey], row.batch, *(say.count(getattr(row, name)) for name in WAITING)]
        for row in page.rows("unjudged")
    ]
    yield Heading(say("method.paper"))
    yield _outcomes(page)
    yield Facts(
        [
            (say("columns.paper_rate"), say("method.paper_rate")),
            *([(say("method.unjudged"), say("method.unjudged_note"))] if unjudged else []),
        ]
    )
    if unjudged:
        yield _table(page, "unjudged", ("group", "batch", *WAITING), unjudged, first_number=2)


def _outcomes(page: Page) -> Table:
    say = page.words
    rows = [
        [
            page.groups[row.survey],
            *(say.count(value) for value in (row.handed_out, row.accepted)),
            say.share(row.paper_rate, 1),
            *(say.count(getattr(row, name)) for name in COUNTS),
        ]
        for row in page.rows("paper")
    ]
    return _table(page, "paper", ("group", "handed_out", "accepted", "paper_rate", *COUNTS), rows)


def _table(
    page: Page, caption: str, columns: Sequence[str], rows: list[list[str]], first_number: int = 1
) -> Table:
    head = [page.words(f"columns.{name}") for name in columns]
    return Table(page.words(f"tables.{caption}"), head, rows, range(first_number, len(columns)))
