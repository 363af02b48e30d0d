"""Answering the page that somebody meets who saved second."""

from __future__ import annotations

import re
from html import unescape
from typing import Any


def settle(client: Any, page: str, choices: dict[str, str]) -> Any:
    """Send the page's form with its own proposals, and `choices` by path where both changed a field."""
    address = re.search(r'action="([^"]*/settle)"', page)
    assert address
    form = dict(re.findall(r'<input type="hidden" name="([^"]*)" value="([^"]*)"', page))
    for tag in re.findall(r'<input class="govuk-radios__input"[^>]* checked>', page):
        values = dict(re.findall(r'(\S+?)="([^"]*)"', tag))
        form[values["name"]] = values["value"]
    form = {unescape(name): unescape(value) for name, value in form.items() if name != "csrf_token"}
    return client.submit(address.group(1), form | {f"choice:{path}": side for path, side in choices.items()})
