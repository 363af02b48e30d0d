"""A whole form placed: its layout, and the parts that are drawn alike on each copy."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from questionnaires.faults import N_
from questionnaires.paper.layout import Box, Layout, Place, Written
from questionnaires.paper.placing import head, page
from questionnaires.paper.placing.pages import Pages
from questionnaires.paper.placing.parts import Part, Words
from questionnaires.paper.placing.questions import section_blocks
from questionnaires.paper.placing.setting import Setting, setting
from questionnaires.paper.placing.typography import DENSITIES, SMALL_TITLE_SIZE, TITLE_SIZE, height_of, style
from questionnaires.paper.refused import refusal
from questionnaires.printing.fonts import markup
from questionnaires.printing.paper import paper
from questionnaires.schema import Questionnaire
from questionnaires.sitting import rates_units

SEVERAL_UNITS = N_(
    "This questionnaire rates several units at once; on paper, each form rates one. Print a questionnaire "
    "without questions that are asked unit by unit."
)
TOO_MANY_PAGES = N_("This form would have %(count)s pages; a printed form has at most %(most)s.")
MOST_PAGES = 99
KEPT = 16
"""Forms kept placed: in an archive each batch is a file of its own, printed from the same placed form."""


@dataclass(frozen=True)
class Placed:
    """`batch` and `notice` are the rooms on page 1 for what differs from batch to batch."""

    layout: Layout
    parts: tuple[Part, ...]
    batch: Place
    notice: Place

    def on_page(self, number: int) -> list[Part]:
        return [part for part in self.parts if part.place.page == number]


class _Known:
    """A questionnaire by which a placed form is found again: its tables have no hash, its version has."""

    def __init__(self, questionnaire: Questionnaire) -> None:
        self.questionnaire = questionnaire

    def __hash__(self) -> int:
        return hash((self.questionnaire.code, self.questionnaire.version))

    def __eq__(self, other: object) -> bool:
        """Drafts of one version may differ, so all of both is compared."""
        return isinstance(other, _Known) and self.questionnaire == other.questionnaire


def place_form(questionnaire: Questionnaire, language: str, *, closely: bool = False) -> Placed:
    """The form at the roomiest density that needs no more pages than the closest one; the last are kept. Each
    question has its answers in one column; `closely`: in several where that saves room.

    Raises PaperError for a questionnaire that cannot be printed.
    """
    return _place_form(_Known(questionnaire), language, closely)


@lru_cache(maxsize=KEPT)
def _place_form(known: _Known, language: str, closely: bool) -> Placed:
    questionnaire = known.questionnaire
    if rates_units(questionnaire):
        raise refusal(SEVERAL_UNITS)
    closest = _place(setting(questionnaire, language, DENSITIES[-1], closely))
    if closest.layout.pages > MOST_PAGES:
        raise refusal(TOO_MANY_PAGES, count=closest.layout.pages, most=MOST_PAGES)
    roomier = (_place(setting(questionnaire, language, density, closely)) for density in DENSITIES[:-1])
    return next((form for form in roomier if form.layout.pages <= closest.layout.pages), closest)


def form_layout(questionnaire: Questionnaire, language: str, *, closely: bool = False) -> Layout:
    """Where everything to be read stands on the form; the same for the same questionnaire version.

    Raises PaperError for a questionnaire that cannot be printed.
    """
    return place_form(questionnaire, language, closely=closely).layout


def placed_as(questionnaire: Questionnaire, layout: Layout) -> Placed | None:
    """The form that has this layout; None where this program would place its boxes elsewhere.

    Raises PaperError for a questionnaire that cannot be printed.
    """
    ways = (place_form(questionnaire, layout.language, closely=closely) for closely in (False, True))
    return next((placed for placed in ways if placed.layout == layout), None)


def _place(form: Setting) -> Placed:
    title = _title(form)
    pages = Pages(max(page.TOP, title.place.y + title.place.height + head.GAP))
    batch = Place(1, page.LEFT, pages.y, page.WIDTH, head.BATCH_ROOM)
    pages.add([head.room(head.BATCH_ROOM), head.intro_block(form)])
    notice = Place(1, page.LEFT, pages.y, page.WIDTH, head.NOTICE_ROOM)
    pages.add([head.room(head.NOTICE_ROOM), *head.marking_blocks(form)])
    copy = paper(form.questionnaire, form.language)
    for section, words in zip(form.questionnaire.sections, copy.sections, strict=True):
        pages.add(section_blocks(form, section, words))
    titles = (title, *(_title(form, number) for number in range(2, pages.page + 1)))
    return Placed(_layout(form, pages), (*titles, *pages.parts), batch, notice)


def _title(form: Setting, number: int = 1) -> Words:
    """Large on the first page, and small on others, so that a loose sheet is known."""
    look = style(TITLE_SIZE, "Bold", leading=1.2) if number == 1 else style(SMALL_TITLE_SIZE)
    text = markup(form.text(form.questionnaire.title))
    height = height_of(text, look, page.TITLE_WIDTH)
    return Words(Place(number, page.TITLE_X, page.EDGE, page.TITLE_WIDTH, height), text, look)


def _layout(form: Setting, pages: Pages) -> Layout:
    numbers = range(1, pages.page + 1)
    return Layout(
        questionnaire=form.questionnaire.code,
        version=form.questionnaire.version,
        language=form.language,
        pages=pages.page,
        marks=tuple(mark for number in numbers for mark in page.corner_marks(number)),
        codes=tuple(page.code_place(number) for number in numbers),
        boxes=tuple(part for part in pages.parts if isinstance(part, Box)),
        written=tuple(part for part in pages.parts if isinstance(part, Written)),
    )
