"""Texts as LimeSurvey's editor leaves them, HTML, as the words in them."""

from __future__ import annotations

import re
from html.parser import HTMLParser

BLOCKS = frozenset({"p", "div", "br", "li", "ul", "ol", "tr", "table", "h1", "h2", "h3", "h4", "h5", "h6"})
UNSEEN = frozenset({"script", "style"})

_PLACEHOLDER = re.compile(r"\{(?!\s)[^{}\n]+(?<!\s)\}")


def plain_text(html: str) -> str:
    """The words, a line for each paragraph; what only a browser uses is gone."""
    reader = _Words()
    reader.feed(html)
    reader.close()
    lines = (" ".join(line.split()) for line in "".join(reader.words).split("\n"))
    return "\n".join(line for line in lines if line)


def placeholder(text: str) -> str:
    """The first {expression} that LimeSurvey would fill in; "" where there is none."""
    found = _PLACEHOLDER.search(text)
    return found[0] if found else ""


class _Words(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.words: list[str] = []
        self._unseen = 0

    def handle_starttag(self, tag: str, attrs: object) -> None:
        self._unseen += tag in UNSEEN
        self._break(tag)

    def handle_endtag(self, tag: str) -> None:
        self._unseen -= tag in UNSEEN and self._unseen > 0
        self._break(tag)

    def handle_data(self, data: str) -> None:
        if not self._unseen:
            self.words.append(data)

    def _break(self, tag: str) -> None:
        if tag in BLOCKS:
            self.words.append("\n")
