"""What every page of this site keeps, checked each time a test opens one."""

from __future__ import annotations

from html.parser import HTMLParser
from typing import Any

from flask.testing import FlaskClient
from werkzeug.test import TestResponse

VOID = frozenset({"area", "base", "br", "col", "hr", "img", "input", "link", "meta", "source", "wbr"})
UNLABELLED = frozenset({"hidden", "submit", "button", "image", "reset"})


class Page(HTMLParser):
    """A page taken apart: its elements in order, and the text of its title and headings."""

    def __init__(self, text: str) -> None:
        super().__init__(convert_charrefs=True)
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.forms: list[dict[str, Any]] = []
        self.open: list[str] = []
        self.texts: dict[str, str] = {}
        self.inside_label: list[dict[str, str | None]] = []
        self.faults: list[str] = []
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        attributes = dict(attrs)
        self.elements.append((tag, attributes))
        if tag == "form":
            self.forms.append({"method": (attributes.get("method") or "get").lower(), "names": set()})
        if tag in {"input", "select", "textarea", "button"} and "form" in self.open:
            self.forms[-1]["names"].add(attributes.get("name"))
        if "label" in self.open:
            self.inside_label.append(attributes)
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag in VOID:
            return
        if not self.open or self.open.pop() != tag:
            self.faults.append(f"</{tag}> closes nothing that is open")

    def handle_data(self, data: str) -> None:
        for tag in {"title", "h1"} & set(self.open):
            self.texts[tag] = self.texts.get(tag, "") + data

    def named(self, *tags: str) -> list[dict[str, str | None]]:
        return [attributes for tag, attributes in self.elements if tag in tags]


def faults_of(text: str) -> list[str]:
    """Everything wrong with a page, in the order of the checks below."""
    page = Page(text)
    return page.faults + [fault for check in CHECKS for fault in check(page)]


def has_a_title_and_one_heading(page: Page) -> list[str]:
    headings = len(page.named("h1"))
    found = [] if headings == 1 else [f"{headings} h1 elements"]
    return found + [f"no text in {tag}" for tag in ("title", "h1") if not page.texts.get(tag, "").strip()]


def says_once_that_something_is_wrong(page: Page) -> list[str]:
    title = page.texts.get("title", "")
    return [f"title {title}" for word in ("Lỗi: ", "Error: ") if title.count(word) > 1]


def says_its_language(page: Page) -> list[str]:
    languages = [attributes.get("lang") for attributes in page.named("html")]
    return [] if languages in (["vi"], ["en"]) else [f"html lang: {languages}"]


def labels_every_input(page: Page) -> list[str]:
    labelled = {attributes.get("for") for attributes in page.named("label")}
    return [
        f"no label: {attributes}"
        for attributes in page.named("input", "select", "textarea", "progress", "meter")
        if attributes.get("type") not in UNLABELLED
        and attributes.get("id") not in labelled
        and not attributes.keys() & {"aria-label", "aria-labelledby"}
        and attributes not in page.inside_label
    ]


def points_only_to_ids_that_exist(page: Page) -> list[str]:
    ids = [attributes["id"] for _, attributes in page.elements if "id" in attributes]
    twice = sorted({each for each in ids if ids.count(each) > 1})
    pointers = {
        each
        for _, attributes in page.elements
        for name in ("for", "aria-describedby", "aria-labelledby")
        for each in (attributes.get(name) or "").split()
    }
    return [f"id twice: {each}" for each in twice] + [f"no such id: {each}" for each in pointers - set(ids)]


def guards_every_form(page: Page) -> list[str]:
    return [
        "a POST form without csrf_token"
        for form in page.forms
        if form["method"] == "post" and "csrf_token" not in form["names"]
    ]


def has_nothing_inline(page: Page) -> list[str]:
    """The content security policy would silently drop it."""
    return [
        f"inline in <{tag}>: {name}"
        for tag, attributes in page.elements
        for name in attributes
        if name == "style" or name.startswith("on")
    ] + [f"inline <{tag}>" for tag, attributes in page.elements if is_inline(tag, attributes)]


def is_inline(tag: str, attributes: dict[str, str | None]) -> bool:
    return tag == "style" or (tag == "script" and "src" not in attributes)


CHECKS = (
    has_a_title_and_one_heading,
    says_once_that_something_is_wrong,
    says_its_language,
    labels_every_input,
    points_only_to_ids_that_exist,
    guards_every_form,
    has_nothing_inline,
)


class InspectingClient(FlaskClient):
    """The test client, with an eye on every whole page, and the hidden token a browser sends back."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.tokens: dict[str | None, str] = {}

    def open(self, *args: Any, **kwargs: Any) -> TestResponse:
        response = super().open(*args, **kwargs)
        if response.mimetype == "text/html" and "<html" in response.text:
            found = faults_of(response.text)
            assert not found, f"{response.request.path}: {found}"
        return response

    def submit(self, path: str, data: dict[str, Any] | None = None, **kwargs: Any) -> TestResponse:
        """Post a form with the token of this browser's session, as its page would."""
        return self.post(path, data={"csrf_token": self.csrf_token(), **(data or {})}, **kwargs)

    def csrf_token(self) -> str:
        """Of any page, as long as the session stays the same."""
        secret = self.secret()
        if secret is None or secret not in self.tokens:
            page = Page(super().open("/").text)
            fields = (each for each in page.named("input") if each.get("name") == "csrf_token")
            self.tokens = {self.secret(): next(fields)["value"]}
        return self.tokens[self.secret()]

    def secret(self) -> str | None:
        with self.session_transaction() as session:
            return session.get("csrf_token")
