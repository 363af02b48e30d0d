"""Every page that people who answer can be shown, in every state, by the walk that leads there.

A walk is a function that takes a visitor and yields the name of each screen as they stand before it. What a
screen must keep to is in looking.py; that no page and no notice is missing here, test_screens.py says.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from tests.browser.screens import answering, arriving, at_a_desk, leaving, refusing, without_a_line
from tests.browser.screens.visitor import Visitor

Walk = Callable[[Visitor], Iterator[str]]

WALKS: tuple[Walk, ...] = (
    arriving.open_link,
    arriving.coming_back,
    arriving.personal_code,
    arriving.dossier,
    answering.by_section,
    answering.by_question,
    answering.sitting,
    leaving.later,
    leaving.saying_no,
    leaving.taking_back,
    refusing.not_now,
    refusing.not_so,
    refusing.too_much,
    refusing.nothing_works,
    refusing.beside,
    at_a_desk.a_turn,
    at_a_desk.a_receipt,
    at_a_desk.no_answers_now,
    without_a_line.answered_offline,
    without_a_line.left_offline,
    without_a_line.sat_offline,
    without_a_line.refused_later,
)
KEEPING_FORMS = {
    without_a_line.answered_offline,
    without_a_line.left_offline,
    without_a_line.sat_offline,
    without_a_line.refused_later,
}
"""The walks whose browser keeps the form to go on with; the others meet the server's own pages alone."""
