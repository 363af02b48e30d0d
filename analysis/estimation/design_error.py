"""How a design, a weighting or an estimate is refused."""

from __future__ import annotations

from collections.abc import Sequence

from questionnaires.faults import DefinitionError, Fault


class DesignError(DefinitionError):
    """A design, a weight or an estimate that cannot be made from the data; `faults` hold the sentences.

    `template` is an English sentence with `%(name)s` slots, filled from `values`.
    """

    def __init__(self, template: str, **values: object) -> None:
        super().__init__([Fault("", template, values)])

    @classmethod
    def of(cls, faults: Sequence[Fault]) -> DesignError:
        """Several things wrong at once."""
        error = cls("")
        DefinitionError.__init__(error, faults)
        return error


def listed(names: Sequence[object], most: int = 10) -> str:
    """The names with commas, the many left out by "…"."""
    return ", ".join([*map(str, names[:most]), *(["…"] if len(names) > most else [])])
