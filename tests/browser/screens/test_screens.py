"""No page that people who answer can meet breaks a rule, in any state, in both languages, at both widths."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass, field
from importlib import import_module
from pathlib import Path
from pkgutil import walk_packages

import pytest
from flask import Flask, template_rendered
from playwright.sync_api import Browser

import survey.respond
from survey.respond.notices import Notice
from tests.browser.screens.catalogue import KEEPING_FORMS, WALKS, Walk
from tests.browser.screens.looking import HEIGHTS, TELEPHONE, Looker
from tests.browser.screens.scenery import Scenery
from tests.browser.screens.visitor import Visitor

TEMPLATES = Path(survey.respond.__file__).parent / "templates"
LOCALES = {"vi": "vi-VN", "en": "en-GB"}
PICTURES = "SCREENSHOTS"  # the folder that `make screenshots` wants them in


@dataclass
class Seen:
    """Which templates were shown, and which notices: their titles alone, as some are made per request."""

    templates: set[str] = field(default_factory=set)
    notices: set[Notice] = field(default_factory=set)

    def record(self, _app: Flask, template: object, context: dict, **_: object) -> None:
        self.templates.add(template.name)
        if isinstance(context.get("notice"), Notice):
            self.notices.add(context["notice"])


@pytest.fixture
def seen(scenery: Scenery) -> Iterator[Seen]:
    record = Seen()
    with template_rendered.connected_to(record.record, scenery.app):
        yield record


@pytest.mark.parametrize("language", LOCALES)
def test_every_screen_keeps_the_rules(browser: Browser, scenery: Scenery, seen: Seen, language: str) -> None:
    folder = os.environ.get(PICTURES)
    looker = Looker(language, Path(folder) if folder else None)
    found: list[str] = []
    for walk in WALKS:
        found += faults_along(walk, browser, scenery, looker)
    assert not found, "\n".join(found)
    assert every_page() - seen.templates == set()
    assert every_notice() - seen.notices == set()


def faults_along(walk: Walk, browser: Browser, scenery: Scenery, looker: Looker) -> list[str]:
    workers = "allow" if walk in KEEPING_FORMS else "block"
    size = {"width": TELEPHONE, "height": HEIGHTS[TELEPHONE]}
    context = browser.new_context(
        viewport=size, has_touch=True, service_workers=workers, locale=LOCALES[looker.language]
    )
    context.add_cookies([{"name": "language", "value": looker.language, "url": scenery.url}])
    visitor, found = Visitor(context.new_page(), scenery), []
    for name in walk(visitor):
        found += looker.faults(name, visitor.page)
        visitor.page.set_viewport_size(size)
    context.close()
    return found


def every_page() -> set[str]:
    """The templates of this room that are pages, not parts of pages."""
    files = TEMPLATES.rglob("*.html")
    return {str(file.relative_to(TEMPLATES)) for file in files if "{% extends" in file.read_text()}


def every_notice() -> set[Notice]:
    modules = (
        import_module(each.name)
        for each in walk_packages(survey.respond.__path__, f"{survey.respond.__name__}.")
    )
    values = [value for module in modules for value in vars(module).values()]
    in_tables = [one for value in values if isinstance(value, dict) for one in value.values()]
    return {value for value in values + in_tables if isinstance(value, Notice)}
