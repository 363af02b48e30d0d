"""One batch of the example goes the whole way of paper: printed, marked, scanned, settled, checked, accepted.

The very code of the product does it; only the marks on the sheets are made up.
"""

from __future__ import annotations

import io
from collections.abc import Callable, Mapping, Sequence

import numpy as np
import sqlalchemy as sa

from questionnaires.answers import write_form
from questionnaires.paper import dump_layout, form_layout, parse_layout
from survey.collection import verify
from survey.collection.paper import WantedBatch, mark_forms, print_batches
from survey.db import db
from survey.demo.marked_forms import Texts, scanned
from survey.demo.people import GROUPS, respondents
from survey.demo.replies import Leanings, answers_of, item_leanings
from survey.demo.settings import Settings
from survey.demo.users import user_named
from survey.entry.printing.documents import write_forms
from survey.entry.printing.prints import Print
from survey.entry.scanning.form_scans import scanned_form, sheets_of
from survey.entry.scanning.placing import layouts_of
from survey.entry.scanning.reading_job import Counter, read_unread, take_forms
from survey.entry.scanning.saying import say
from survey.entry.scanning.taking import take_form
from survey.entry.scanning.uploading import Upload, take_file
from survey.models import Batch, PaperForm, Round, Stratum, Survey

GROUP = GROUPS[0]
CODE = "quet-gia-lap"
FILE = "phieu-gia-lap-synthetic.tiff"
HANDED_OUT_BY = "(Giả lập)"
FORMS = 5
SLIPS = ("", "access_signs", "", "servants_polite", "")
"""An item of a form that has a second, lighter mark: the machine doubts, and a person decides."""


def load_scanned_batch(example: Round, settings: Settings, tell: Callable[[str], None]) -> None:
    """Each step commits, as it does for everybody. The same settings give the same answers."""
    survey = db.session.scalars(
        sa.select(Survey).where(Survey.round_id == example.id, Survey.code == GROUP.slug)
    ).one()
    batch, forms = printed(survey), texts_of_forms(survey, settings)
    file = io.BytesIO()
    write_forms(Print([batch]), file, lambda share, message: None)
    layout = parse_layout(batch.layout.content)
    content = scanned(file.getvalue(), layout, forms, SLIPS, settings.seed)
    mark_forms(batch, range(1, FORMS + 1), "issued", user_named("nhaplieu"))
    read(batch.id, survey.id, content)
    settled = settle(batch.id, forms)
    check(batch.id)
    tell(f"{GROUP.code}: {FORMS} printed, scanned and accepted, {settled} answers of them by a person's eye")


def printed(survey: Survey) -> Batch:
    stratum = db.session.scalars(
        sa.select(Stratum).where(Stratum.sample.has(survey_id=survey.id)).order_by(Stratum.id).limit(1)
    ).one()
    layout = dump_layout(form_layout(survey.questionnaire, "vi"))
    wanted = [WantedBatch(stratum.id, CODE, FORMS, enumerator=HANDED_OUT_BY)]
    (batch,) = print_batches(survey, wanted, layout, language="vi", person=user_named("giamsat"))
    return batch


def texts_of_forms(survey: Survey, settings: Settings) -> list[Texts]:
    """What synthetic people answer, apart from the random numbers of the rest of the round."""
    rng = np.random.default_rng([settings.seed, FORMS])
    questionnaire = survey.questionnaire
    leanings = Leanings(0.0, item_leanings(questionnaire, rng))
    people = respondents(GROUP, 20 * FORMS, rng)
    answers = (answers_of(questionnaire, person, leanings, rng, settings.today) for person in people)
    return [write_form(each) for each, _ in zip(answers, range(FORMS), strict=False)]


def read(batch_id: int, survey_id: int, content: bytes) -> None:
    """Upload the file and read it, as the job does."""
    take_file(io.BytesIO(content), FILE, Upload(survey_id, batch_id, user_named("giamsat").id))
    layouts = layouts_of(db.session.get_one(Survey, survey_id))
    db.session.rollback()
    read_unread(survey_id, layouts, Counter(lambda share, message: None, 0, 0), apart=False)
    take_forms(survey_id)


def check(batch_id: int) -> None:
    """A supervisor finds the responses as the paper says."""
    query = sa.select(PaperForm).filter_by(batch_id=batch_id).order_by(PaperForm.number)
    for form in db.session.scalars(query).all():
        verify(form, user_named("giamsat2"))


def settle(batch_id: int, forms: Sequence[Texts]) -> int:
    """Say of every cell that the machine leaves open what was drawn there; how many these were."""
    query = sa.select(PaperForm.id).filter_by(batch_id=batch_id).order_by(PaperForm.number)
    form_ids = db.session.scalars(query).all()
    return sum(settle_form(*each) for each in zip(form_ids, forms, strict=True))


def settle_form(form_id: int, texts: Mapping[str, Sequence[str]]) -> int:
    """Doubts first; which handwriting matters is asked after them."""
    person_id, said = user_named("nhaplieu").id, 0
    while cells := open_cells(form_id):
        for sheet_id, item in cells:
            say(sheet_id, item, texts.get(item, ()), "" if texts.get(item) else "blank", person_id)
        said += len(cells)
    if said:
        take_form(form_id)
    return said


def open_cells(form_id: int) -> list[tuple[int, str]]:
    """The sheet and the item of each; none once the form is taken in."""
    form = db.session.get_one(PaperForm, form_id, populate_existing=True)
    sheets = sheets_of(form_id)
    whole = scanned_form(form, sheets) if form.state in ("printed", "issued", "returned") else None
    if whole is None:
        return []
    pages = {place.item: place.place.page for place in (*whole.layout.boxes, *whole.layout.written)}
    by_page = {sheet.page: sheet.id for sheet in sheets}
    return [(by_page[pages[cell.item]], cell.item) for cell in whole.open_cells()]
