"""A person who answers, as tests say it: `person.start(); person.answer(received="no"); person.send()`."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from tests.survey.pages import Page


@dataclass
class Citizen:
    """One browser without scripts at one survey; `page` is what it shows, `path` its address."""

    client: FlaskClient
    slug: str
    path: str = ""
    page: TestResponse | None = None
    hidden: dict[str, str] = field(default_factory=dict)

    def open(self, path: str) -> TestResponse:
        """Open a page, following redirects as a browser does."""
        return self._arrive(self.client.get(path, follow_redirects=True))

    def start(self, unit: str | None = None, **extra: str) -> TestResponse:
        self.open(f"/k/{self.slug}")
        return self.post(f"/k/{self.slug}", {"unit": unit} if unit else {}, **extra)

    def enter_code(self, code: str) -> TestResponse:
        self.open("/c")
        return self.post("/c", {"code": code})

    def answer(self, **answers: Any) -> TestResponse:
        """Fill this page and press its button."""
        return self.post(self.path, answers)

    def answer_all(self, *pages: dict[str, Any]) -> TestResponse:
        for answers in pages:
            self.answer(**answers)
        return self.page

    def send(self) -> TestResponse:
        self.open(f"/k/{self.slug}/check")
        return self.post(f"/k/{self.slug}/check", {})

    def post(self, path: str, data: dict[str, Any], **extra: str) -> TestResponse:
        return self._arrive(self.client.post(path, data=self.hidden | data | extra, follow_redirects=True))

    def _arrive(self, response: TestResponse) -> TestResponse:
        self.page, self.path = response, response.request.path
        inputs = Page(response.text).named("input")
        names = {"csrf_token", "form-visit", "form-seen", "form-shown", "form-back"}
        self.hidden = {each["name"]: each["value"] or "" for each in inputs if each.get("name") in names}
        return response
