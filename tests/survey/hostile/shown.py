"""Whether a page shows a text as text: escaped, and nothing of it taken for anything else."""

from __future__ import annotations

from html.parser import HTMLParser

from werkzeug.test import TestResponse


class Words(HTMLParser):
    """All that a reader of a page meets: its text, and what stands in its fields."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[str] = []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found += [value or "" for name, value in attrs if name == "value"]

    def handle_data(self, data: str) -> None:
        self.found.append(data)


def shows(page: TestResponse, text: str) -> bool:
    return any(text in each for each in Words(page.text).found)


def stays_text(page: TestResponse, text: str) -> bool:
    """Nothing that means something in HTML stands on the page as it was typed."""
    return not any(sign in text for sign in "<>") or text not in page.text


def is_kind(page: TestResponse) -> bool:
    """No failure, and nothing that only programmers read."""
    return page.status_code < 500 and "Traceback" not in page.text
