"""A questionnaire as a printed form that a machine reads back: where each box stands, and the form's number.

    form_layout(questionnaire, language)        where everything stands; stored with the forms printed from it
    form_layout(…, closely=True)                the same on less paper: short answers side by side
    print_forms(questionnaire, layout, batches, notice, file)      numbered forms of batches, as PDF
    cover_list(questionnaire, language, batches)      the numbers of each batch, to tick by hand, as PDF
    dump_layout, parse_layout, layout_digest    a layout as JSON, back, and its name

The plain Word version of a form is `questionnaires.printing.questionnaire_docx`: for people to read and edit,
with no boxes that a machine finds. A questionnaire that rates several units in one sitting is refused.
"""

from questionnaires.paper.codec import dump_layout, layout_digest, parse_layout
from questionnaires.paper.drawing.cover import cover_list
from questionnaires.paper.drawing.forms import print_forms
from questionnaires.paper.drawing.heading import code_fits
from questionnaires.paper.notice import Batch, Notice, PrintedNotice
from questionnaires.paper.numbering import read_serial, write_serial
from questionnaires.paper.page_code import PageCode, read_page_code
from questionnaires.paper.placing import form_layout
from questionnaires.paper.refused import PaperError

__all__ = [
    "Batch",
    "Notice",
    "PageCode",
    "PaperError",
    "PrintedNotice",
    "code_fits",
    "cover_list",
    "dump_layout",
    "form_layout",
    "layout_digest",
    "parse_layout",
    "print_forms",
    "read_page_code",
    "read_serial",
    "write_serial",
]
