"""Which codes inside a table were renamed, as whoever edits it states.

Without a word, a code that is gone was removed and a code that appears is new: nothing is guessed.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from questionnaires.codes import CHOICE, check_form
from questionnaires.editing.coded import codes, tables
from questionnaires.editing.refused import EditRefused, refuse
from questionnaires.faults import N_

NOT_RENAMED = N_("“%(old)s” cannot have become “%(new)s”: one of the two is not there.")


@dataclass(frozen=True)
class Renamed:
    """Old code → new code, of rows and of choices."""

    rows: Mapping[str, str] = field(default_factory=dict)
    choices: Mapping[str, str] = field(default_factory=dict)

    def check(self, before: Mapping[str, Any], after: Mapping[str, Any]) -> None:
        """Raises EditRefused for an old code that was not there, or a new one that is not."""
        for key, renamed in (("rows", self.rows), ("choices", self.choices)):
            was, is_now = codes(tables(before, key)), codes(tables(after, key))
            for old, new in renamed.items():
                if old not in was or new not in is_now:
                    raise refuse(old, NOT_RENAMED, old=old, new=new)
        for new in self.choices.values():  # it goes into expressions, which could not be read otherwise
            for fault in check_form(new, new, CHOICE):
                raise EditRefused(fault)


NOTHING_RENAMED = Renamed()
