"""What is refused when a scanned file is opened."""

from __future__ import annotations

import traceback

from questionnaires.faults import N_, Fault

MOST_PIXELS = 60_000_000
"""Of one page: A4 at 600 dpi and half as much again. More is an error or an attack."""

BROKEN_PAGE = N_("Page %(page)s of “%(file)s” is broken and cannot be opened.")
TOO_LARGE = N_("Page %(page)s of “%(file)s” has too many pixels. Scan at 150 to 300 dpi.")
UNFORESEEN = N_(
    "Page %(page)s of “%(file)s” could not be read for a reason of our own. It was recorded for your "
    "administrator. Please scan the page anew, or key its form."
)


class ScanRefused(ValueError):
    """A whole file was refused; `fault` says why."""

    def __init__(self, fault: Fault) -> None:
        self.fault = fault
        super().__init__(fault)  # what it is made of again in another process


class PageRefused(ValueError):
    """One page was refused; `template` has room for its file and number."""

    def __init__(self, template: str) -> None:
        self.template = template
        super().__init__(template)


def recorded(error: Exception) -> str:
    """An error that nobody foresaw, with the way it took: for the operator's log."""
    return "".join(traceback.format_exception(error))
