"""What was read from scans: of a box, of an item, of a page, of a form.

Readings are plain records: they can be pickled between processes and give the same values each time. Reasons
are faults, sentences for people, with the item or "file:page" as their place.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from questionnaires.faults import Fault
from questionnaires.paper.layout import Box, Place

# Of a box.
EMPTY, MARKED, VOID, UNCERTAIN, UNSEEN = "empty", "marked", "void", "uncertain", "unseen"
# Of an item.
SURE, BLANK, DOUBTFUL, UNREADABLE = "sure", "blank", "doubtful", "unreadable"


@dataclass(frozen=True)
class Ink:
    """What a box holds; darkness is 0 for the paper around the box, 1 for the page's printed black.

    `mean`: of the interior; `peak`: of its darkest spot as wide as a stroke; `cover`: the share of the
    interior that is dark; `reach`: how far a dark stroke goes, over the width of the interior; `spurs`: how
    many strokes cross the border, and `leaving`: how many go well beyond it; `below`: whether one of these
    goes downwards; `circled`: how far a line goes around the box without a gap, over the whole way round,
    print included; `fit`: 0 to 1, how well the printed border is seen.
    """

    mean: float
    peak: float
    cover: float
    reach: float
    spurs: int
    leaving: int
    below: bool
    circled: float
    fit: float


@dataclass(frozen=True)
class BoxReading:
    """`state`: EMPTY, MARKED, VOID (taken back by whoever filled in the form), UNCERTAIN, or UNSEEN where the
    paper is torn off or covered. `ink` is None where UNSEEN.
    """

    box: Box
    state: str
    ink: Ink | None


@dataclass(frozen=True)
class ItemReading:
    """`state`: SURE with `values`, BLANK, or DOUBTFUL or UNREADABLE with a `reason`.

    `values`: codes of the chosen answers in the order of the form, of a ranking in the order of ranks; filled
    only where SURE. `likely`: the codes a person may be asked to confirm where DOUBTFUL, never to be taken
    unseen. `place`: all boxes of the item on the page, to be shown.
    """

    item: str
    state: str
    values: tuple[str, ...] = ()
    likely: tuple[str, ...] = ()
    reason: Fault | None = None
    boxes: tuple[BoxReading, ...] = ()
    place: Place | None = None


@dataclass(frozen=True)
class PageReading:
    """One page of a file.

    `fault`: why it could not be read; then it has no items, and `digest`, `serial` and `page` only as far as
    they were found. `digest` names the layout, `page` is the form's page. `turned`: degrees clockwise by
    which the scan lay turned (0, 90, 180, 270); it is read all the same. `dpi`: resolution on the paper.
    `picture`: the straightened page, a grey JPEG; where there is a fault the page as it was scanned, empty
    where that cannot be opened. `error`: where nobody foresaw the fault, what the operator should know of it.
    `empty`: the items whose room for handwriting here is surely empty.
    """

    file: str
    number: int
    fault: Fault | None = None
    digest: str = ""
    serial: int = 0
    page: int = 0
    turned: int = 0
    dpi: int = 0
    items: tuple[ItemReading, ...] = ()
    picture: bytes = field(default=b"", repr=False)
    error: str = field(default="", repr=False)
    empty: tuple[str, ...] = ()

    @property
    def place(self) -> str:
        return f"{self.file}:{self.number}"


@dataclass(frozen=True)
class FormReading:
    """One form put together from its pages. `items`: item → reading, of every item with boxes in the layout;
    those of a missing page are UNREADABLE. `pages`: form page → the reading used. `faults`: what a person
    should know of this form: pages missing, scanned twice, upside down. `empty`: the items whose rooms for
    handwriting are surely empty, in all scans of their pages.
    """

    serial: int
    digest: str
    items: Mapping[str, ItemReading]
    pages: Mapping[int, PageReading]
    faults: tuple[Fault, ...] = ()
    empty: frozenset[str] = frozenset()


@dataclass(frozen=True)
class StackReading:
    """All of an upload. `forms` in the order of their serials; `unplaced`: pages that belong to no form
    expected here, each with its reason in `faults`, as are remarks on the stack as a whole.
    """

    forms: tuple[FormReading, ...]
    unplaced: tuple[PageReading, ...]
    faults: tuple[Fault, ...] = ()
