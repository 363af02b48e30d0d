"""A tablet at a desk: set up, one person's turn, and the days on which it takes no answers."""

from __future__ import annotations

from collections.abc import Iterator

from tests.browser.screens.scenery import kiosk_key
from tests.browser.screens.visitor import Visitor

UNTIL_THE_WARNING = 11_000  # milliseconds


def set_up(visitor: Visitor, role: str) -> None:
    visitor.open(f"/kiosk/{kiosk_key(role)}")
    visitor.press()


def a_turn(visitor: Visitor) -> Iterator[str]:
    visitor.page.clock.install()
    visitor.open(f"/kiosk/{kiosk_key('desk')}")
    yield "kiosk-set-up"
    visitor.press()
    yield "kiosk-start"
    visitor.press(".app-kiosk-start")
    yield "kiosk-question"
    visitor.page.clock.run_for(UNTIL_THE_WARNING)
    visitor.see("#still-there")
    yield "kiosk-warning"
    visitor.page.locator("#still-there button").click()
    visitor.go_on()
    yield "kiosk-question-faults"
    visitor.go_to_the_check()
    yield "kiosk-check"
    visitor.send()
    yield "kiosk-thanks"
    visitor.open("/kiosk/quit")
    yield "kiosk-quit"
    visitor.type("#name", "B9")
    visitor.press()
    yield "kiosk-quit-mistyped"


def a_receipt(visitor: Visitor) -> Iterator[str]:
    set_up(visitor, "desk with receipt")
    visitor.press(".app-kiosk-start")
    visitor.go_to_the_check()
    visitor.send()
    yield "kiosk-thanks-with-receipt"


def no_answers_now(visitor: Visitor) -> Iterator[str]:
    visitor.open("/kiosk/unknown-key")
    yield "kiosk-not-set-up"
    for role in ("off", "early", "paused", "closed", "full"):
        set_up(visitor, role)
        yield f"kiosk-{role}"
