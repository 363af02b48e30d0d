"""Why a form cannot be printed or read."""

from __future__ import annotations

from questionnaires.faults import DefinitionError, Fault


class PaperError(DefinitionError):
    """Something of a printed form was refused; `faults` name everything wrong with it at once."""


def refusal(template: str, /, place: str = "", **values: object) -> PaperError:
    """The error of a single fault."""
    return PaperError([Fault(place, template, values)])
