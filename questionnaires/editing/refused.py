"""An edit that cannot be done, with the fault that says why in plain words."""

from __future__ import annotations

from questionnaires.faults import Fault


class EditRefused(ValueError):
    """An edit was refused and nothing changed; `fault` names the place and the reason."""

    def __init__(self, fault: Fault) -> None:
        self.fault = fault
        super().__init__(str(fault))


def refuse(place: str, template: str, /, **values: object) -> EditRefused:
    """The refusal to raise: `raise refuse(code, TAKEN, code=code)`."""
    return EditRefused(Fault(place, template, values))
