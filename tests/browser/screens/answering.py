"""The questions, by section, one by one and for several agencies at once; the check and the thanks."""

from __future__ import annotations

from collections.abc import Iterator

from tests.browser.screens.every_kind import QUESTIONS
from tests.browser.screens.visitor import GO_ON, Visitor


def by_section(visitor: Visitor) -> Iterator[str]:
    visitor.begin("citizens")
    yield "section"
    visitor.type("#q-visits", "một")
    visitor.go_on()
    yield "section-faults"
    visitor.type("#q-visits", "2")
    visitor.fill()
    visitor.go_on()
    yield "matrix"
    visitor.go_on()
    yield "matrix-faults"
    visitor.go_to_the_check()
    yield "check"
    visitor.page.locator("dd .govuk-link").nth(3).click()
    visitor.page.wait_for_load_state()
    yield "section-changed-from-check"
    visitor.open(visitor.scenery.survey("citizens") + "/check")
    visitor.send()
    yield "thanks-with-withdrawal"


def by_question(visitor: Visitor) -> Iterator[str]:
    visitor.begin("kinds")
    for number, kind in enumerate(QUESTIONS, 1):
        visitor.open(f"{visitor.scenery.survey('kinds')}/{number}")
        yield f"question-{kind}"
        if kind in ("single", "matrix"):
            visitor.go_on()
            yield f"question-{kind}-faults"
            visitor.fill()
            visitor.press(GO_ON)


def sitting(visitor: Visitor) -> Iterator[str]:
    visitor.open(visitor.scenery.survey("sitting"))
    visitor.press()
    yield "sitting-matrix"
    visitor.fill()
    visitor.see("[data-saved]:not(:empty)")
    yield "sitting-saved"
    visitor.open(visitor.scenery.survey("sitting") + "/check")
    yield "sitting-check-lacking"
    visitor.open(visitor.scenery.survey("sitting") + "/2")
    visitor.go_to_the_check()
    visitor.page.locator("details summary").first.click()
    yield "sitting-check"
