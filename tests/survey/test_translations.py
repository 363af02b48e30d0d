"""Every sentence of the interface has its Vietnamese."""

from __future__ import annotations

import re

import pytest

from survey import catalogs

SLOT = re.compile(r"%\((\w+)\)[sd]")


def test_every_message_of_the_code_is_translated():
    assert catalogs.missing() == []


def test_no_entry_is_empty_or_guessed():
    assert catalogs.unfinished() == []


def test_the_search_for_messages_finds_them_where_they_are():
    """A search that finds nothing would prove everything translated."""
    said = catalogs.owners()
    for message in ("Sign in", "There is no page at this address", "Choose one answer only."):
        assert message in said


@pytest.mark.parametrize("path", catalogs.paths(), ids=lambda path: path.parts[-5])
def test_translations_fill_the_slots_of_their_message(path):
    for message in catalogs.messages(catalogs.read(path)):
        ids = message.id if isinstance(message.id, tuple) else (message.id,)
        strings = message.string if isinstance(message.string, tuple) else (message.string,)
        slots = {slot for each in ids for slot in SLOT.findall(each)}
        for string in strings:
            assert set(SLOT.findall(string)) <= slots, message.id
