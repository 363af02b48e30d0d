"""The pages that say why it cannot go on, and what to do."""

from __future__ import annotations

import re
from collections.abc import Iterator

from tests.browser.screens.visitor import Visitor

VISIT_COOKIE = re.compile("^visit-")
ADD_FOREIGN_FIELD = """() => {
    const field = Object.assign(document.createElement("input"), { name: "comment", value: "x" });
    document.getElementById("answers").append(field);
}"""
SEND_TO = "(path) => { document.getElementById('answers').action = path; }"
FILL_THE_BAIT = "() => { document.getElementById('website').value = 'x'; }"
WRITE_TOO_MUCH = "() => { document.querySelector('#answers textarea').value = 'x'.repeat(4_300_000); }"


def not_now(visitor: Visitor) -> Iterator[str]:
    for role in ("early", "paused", "closed"):
        visitor.open(visitor.scenery.survey(role))
        yield f"notice-{role}"
    visitor.open(f"{visitor.scenery.survey('full')}?unit={visitor.scenery.units['full'][0]}")
    visitor.press()
    yield "notice-full"
    visitor.open(visitor.scenery.survey("invited"))
    yield "notice-code-needed"
    visitor.open("/k/nowhere")
    yield "notice-unknown-link"
    visitor.open(visitor.scenery.survey("short") + "/withdraw")
    yield "notice-not-withdrawable"


def not_so(visitor: Visitor) -> Iterator[str]:
    survey = visitor.scenery.survey("short")
    visitor.open(survey)
    visitor.page.evaluate(FILL_THE_BAIT)
    visitor.press()
    yield "notice-looks-automatic"
    visitor.begin("short")
    visitor.page.evaluate(SEND_TO, f"{survey}/2")
    visitor.go_on()
    yield "notice-no-longer-asked"
    visitor.open(f"{survey}/1")
    visitor.page.evaluate(ADD_FOREIGN_FIELD)
    visitor.go_on()
    yield "notice-not-on-this-page"
    visitor.open(f"{survey}/1")
    visitor.page.context.clear_cookies(name=VISIT_COOKIE)
    visitor.go_on()
    yield "notice-nothing-open"
    visitor.begin("short")
    visitor.page.context.clear_cookies(name="hailong_session")
    visitor.go_on()
    yield "notice-no-cookies"


def too_much(visitor: Visitor) -> Iterator[str]:
    visitor.begin("short")
    visitor.open(f"{visitor.scenery.survey('short')}/4")
    visitor.page.evaluate(WRITE_TOO_MUCH)
    visitor.go_on()
    yield "notice-too-long"


def nothing_works(visitor: Visitor) -> Iterator[str]:
    visitor.open("/nowhere")
    yield "error-no-such-page"
    visitor.open("/refuse/400")
    yield "error-not-understood"
    visitor.open("/refuse/429")
    yield "error-too-many-attempts"
    visitor.open("/crash")
    yield "error-our-fault"


def beside(visitor: Visitor) -> Iterator[str]:
    visitor.open("/")
    yield "landing"
    visitor.open(visitor.scenery.results)
    yield "results"
