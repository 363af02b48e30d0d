"""The ways out: later, elsewhere, no thank you, taken back; and what is said about the answers."""

from __future__ import annotations

import re
from collections.abc import Iterator

from tests.browser.screens.visitor import Visitor

PRINTED = re.compile(r"\w{4}-\w{4}-\w{4}")


def later(visitor: Visitor) -> Iterator[str]:
    visitor.begin("citizens")
    visitor.press("button[name=form-later]")
    yield "later"
    visitor.page.locator("details summary").click()
    yield "later-picture"
    visitor.press("form[action$=later] button")
    yield "left"


def saying_no(visitor: Visitor) -> Iterator[str]:
    visitor.open(visitor.scenery.survey("citizens"))
    visitor.press("button[formaction]")
    yield "declined"
    visitor.open(visitor.scenery.survey("citizens") + "/privacy")
    yield "privacy"
    visitor.open(visitor.scenery.survey("sitting") + "/privacy")
    yield "privacy-sitting"


def taking_back(visitor: Visitor) -> Iterator[str]:
    visitor.answer_all("citizens")
    receipt = PRINTED.search(visitor.page.locator(".govuk-panel__body").inner_text()).group()
    visitor.open(visitor.scenery.survey("citizens") + "/withdraw")
    yield "withdraw"
    visitor.type("#receipt", "7KQ4")
    visitor.press()
    yield "withdraw-mistyped"
    visitor.type("#receipt", "2222-2222-2222")
    visitor.press()
    yield "withdraw-unknown"
    visitor.type("#receipt", receipt)
    visitor.press()
    yield "withdraw-confirm"
    visitor.press("button[name=confirmed]")
    yield "withdrawn"
    visitor.open(visitor.scenery.survey("citizens") + "/withdraw")
    visitor.type("#receipt", receipt)
    visitor.press()
    yield "withdraw-gone"
