"""The first pages: by the open link, with a code, with a dossier, again on the same device."""

from __future__ import annotations

from collections.abc import Iterator

from tests.browser.screens.scenery import DOSSIERS
from tests.browser.screens.visitor import Visitor


def open_link(visitor: Visitor) -> Iterator[str]:
    visitor.open(visitor.scenery.survey("citizens"))
    yield "start"
    visitor.press()
    yield "start-agency-not-chosen"
    visitor.open(visitor.scenery.survey("short"))
    yield "start-example-data"
    visitor.open(visitor.scenery.survey("citizens") + "?unit=elsewhere")
    yield "start-agency-unknown"
    visitor.open(visitor.scenery.survey("many agencies"))
    yield "start-many-agencies"
    visitor.open(visitor.scenery.survey("sitting"))
    yield "start-sitting"
    visitor.open(visitor.scenery.survey("no agency"))
    yield "start-no-agency"


def coming_back(visitor: Visitor) -> Iterator[str]:
    visitor.begin("short")
    visitor.page.locator("input[name=received][value=no]").check()
    visitor.go_on()
    visitor.open(visitor.scenery.survey("short"))
    yield "start-resumed"
    visitor.open(visitor.scenery.survey("short") + "/check")
    yield "check-lacking"
    visitor.send()
    yield "check-refused"
    visitor.open(visitor.scenery.survey("short") + "/1")
    visitor.go_to_the_check()
    visitor.send()
    yield "thanks"
    visitor.open(visitor.scenery.survey("short"))
    yield "start-sent-before"


def personal_code(visitor: Visitor) -> Iterator[str]:
    unused, used = visitor.scenery.codes["invited"][:2]
    visitor.open("/c")
    yield "code"
    visitor.type("#code", "7KQ4-92HX")
    visitor.press()
    yield "code-mistyped"
    visitor.type("#code", "2222-2222-2222")
    visitor.press()
    yield "code-unknown"
    visitor.open(f"/c/{used}")
    yield "code-filled-in"
    visitor.press()
    yield "notice-code-used"
    visitor.open(f"/c/{unused}")
    visitor.press()
    yield "start-by-code"


def dossier(visitor: Visitor) -> Iterator[str]:
    visitor.open(visitor.scenery.survey("dossier"))
    yield "start-by-dossier"
    visitor.type("#dossier", "000.00")
    visitor.press()
    yield "start-dossier-unknown"
    visitor.type("#dossier", DOSSIERS[0].lower())
    visitor.press()
    yield "start-dossier-known"
