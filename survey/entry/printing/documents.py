"""The files of a print: forms as PDF, the cover list, and all of it in one archive.

A print has the same bytes whenever it is made again, whatever the survey says of itself by then.
"""

from __future__ import annotations

import zipfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import BinaryIO

from flask_babel import gettext

from analysis.round.canonical import json_hash
from questionnaires import paper
from questionnaires.paper import Notice, PrintedNotice, cover_list, parse_layout
from survey.collection.paper.printing import notice_of
from survey.entry.printing.prints import Print, last_serial
from survey.models import Batch

Progress = Callable[[float, str], None]
MIDNIGHT = (0, 0, 0)
COVER = "000-cover-list.pdf"


def notice_on(printed: Print) -> Notice | PrintedNotice:
    """What its forms said when they were first printed; of old ones that is not known."""
    told = printed.batches[0].printed_notice
    return notice_of(printed.survey) if told is None else PrintedNotice(told)


def on_paper(batch: Batch) -> paper.Batch:
    serials = range(batch.first_serial, last_serial(batch) + 1)
    known = (unit_on(batch), batch.commune, batch.enumerator, batch.printed_on)
    return paper.Batch(batch.code, serials, *known)


def unit_on(batch: Batch) -> str:
    return batch.stratum.unit.name if batch.printed_unit is None else batch.printed_unit


def write_forms(printed: Print, file: BinaryIO, progress: Progress) -> None:
    """All forms as one PDF. Raises PaperError."""
    write_batches(printed, counted(printed, printed.batches, progress), file)


def write_batches(printed: Print, batches: Iterable[Batch], file: BinaryIO) -> None:
    layout = parse_layout(printed.layout.content)
    paper.print_forms(printed.survey.questionnaire, layout, map(on_paper, batches), notice_on(printed), file)


def write_archive(printed: Print, file: BinaryIO, progress: Progress) -> None:
    """A ZIP with the cover list and a PDF for each batch, in the order of the serials. Raises PaperError."""
    with zipfile.ZipFile(file, "w") as archive:  # stored: the PDFs are compressed already
        with archive.open(entry(printed, COVER), "w") as part:
            part.write(cover_of(printed))
        for position, batch in enumerate(counted(printed, printed.batches, progress), start=1):
            name = f"{position:03d}-{batch.code.replace('/', '-')}.pdf"
            with archive.open(entry(printed, name), "w") as part:
                write_batches(printed, [batch], part)


def cover_of(printed: Print) -> bytes:
    return cover_list(printed.survey.questionnaire, printed.layout.language, map(on_paper, printed.batches))


def entry(printed: Print, name: str) -> zipfile.ZipInfo:
    """The moment in it is that of the printing, so that the same print is the same file."""
    day = printed.day
    return zipfile.ZipInfo(name, (day.year, day.month, day.day, *MIDNIGHT))


def counted(printed: Print, batches: Sequence[Batch], progress: Progress) -> Iterator[Batch]:
    """The batches one by one; says before each how many forms are done."""
    done = 0
    for batch in batches:
        progress(done / printed.forms, gettext("Batch %(code)s", code=batch.code))
        yield batch
        done += batch.forms_expected


def digest_of(printed: Print) -> str:
    """Names what the files of a print say: another text makes other files."""
    return json_hash(
        {
            "layout": printed.layout.sha256,
            "notice": notice_on(printed).text(printed.layout.language),
            "batches": [
                (each.code, each.first_serial, each.forms_expected, each.commune, each.enumerator, unit)
                for each, unit in ((batch, unit_on(batch)) for batch in printed.batches)
            ],
        }
    )
