"""The same numbers for all strata of a sample: deputies who rate eighteen agencies are as many for each."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from questionnaires.faults import N_, Fault
from questionnaires.written import Unreadable
from survey.fieldwork.strata import Cell, people

NO_POPULATION = N_("Enter how many people there are for each unit.")
TOO_MANY = N_("%(selected)s chosen of %(population)s is more than there are.")
NONE_BLANK = N_("No unit is blank below. To replace the numbers that stand there, tick this box.")
POPULATION, SELECTED, REPLACES = "every-population", "every-selected", "every-replaces"


@dataclass(frozen=True)
class SameForAll:
    """The numbers as typed, both blank where none are wanted. `replaces` those that stand in a cell too."""

    population: str = ""
    selected: str = ""
    replaces: bool = False

    @property
    def is_wanted(self) -> bool:
        return bool(self.population or self.selected)

    def faults(self, cells: Sequence[Cell]) -> list[Fault]:
        """What is wrong with the numbers for these cells; a fault's place is its input's id."""
        return list(self._faults(cells)) if self.is_wanted else []

    def _faults(self, cells: Sequence[Cell]) -> Iterator[Fault]:
        if not any(self._takes(cell) for cell in cells):
            yield Fault(REPLACES, NONE_BLANK)
        numbers = {}
        for place, raw in ((POPULATION, self.population), (SELECTED, self.selected)):
            try:
                numbers[place] = people(raw) if raw else 0
            except Unreadable as error:
                yield Fault(place, error.template, error.values)
        if len(numbers) == 2 and numbers[POPULATION] < 1:
            yield Fault(POPULATION, NO_POPULATION)
        elif len(numbers) == 2 and numbers[SELECTED] > numbers[POPULATION]:
            counted = {"population": numbers[POPULATION], "selected": numbers[SELECTED]}
            yield Fault(SELECTED, TOO_MANY, counted)

    def put_into(self, cells: Sequence[Cell]) -> list[Cell]:
        """The cells with the numbers in the blank ones, or in all."""
        if not self.is_wanted:
            return list(cells)
        numbers = {"population": self.population, "selected": self.selected}
        return [replace(cell, **numbers) if self._takes(cell) else cell for cell in cells]

    def _takes(self, cell: Cell) -> bool:
        return self.replaces or not (cell.population or cell.selected)


NOTHING_FOR_ALL = SameForAll()


def typed_for_all(form: Mapping[str, str]) -> SameForAll:
    return SameForAll(form.get(POPULATION, "").strip(), form.get(SELECTED, "").strip(), REPLACES in form)
