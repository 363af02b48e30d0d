"""A table of scores → the changes it makes, or everything that is wrong with it, cell by cell."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from questionnaires.codes import near_name
from questionnaires.faults import N_, Fault, Words
from questionnaires.framework import Framework, Node
from questionnaires.sheets import Sheet, SheetFault, heading_faults
from questionnaires.written import Unreadable, read_number
from survey.models import EvidenceScore, RoundUnit
from survey.scoring.columns import NO, TABLE, YES, headings, language_of
from survey.scoring.criteria import evidence_leaves
from survey.scoring.saving import Change
from survey.scoring.stage import EXPLANATION, SELF
from survey.scoring.values import COLUMNS, INAPPLICABLE, changed, check, read, values_of

UNKNOWN_UNIT = N_("This round has no unit “%(code)s”.")
NEAR_UNIT = N_("This round has no unit “%(code)s”. Did you mean “%(near)s”?")
UNKNOWN_CRITERION = N_("The framework has no criterion “%(code)s”.")
NEAR_CRITERION = N_("The framework has no criterion “%(code)s”. Did you mean “%(near)s”?")
NOT_BY_EVIDENCE = N_("“%(code)s” (%(title)s) is not scored by evidence.")
OTHER_TYPE = N_("“%(code)s” is not for units of this type.")
TWICE = N_("Unit and criterion stand in row %(row)s of sheet “%(sheet)s” already.")
OTHER_MAXIMUM = N_("The framework gives this criterion at most %(maximum)s points: is this the right round?")
NOT_YES_OR_NO = N_("“%(raw)s” is neither yes nor no.")
OUTDATED = N_("Somebody changed this criterion after the table was downloaded. Download it again.")
OF_THE_UNIT = N_("This belongs to the unit: an appraiser does not change it.")
NO_ROWS = N_("The table has no rows.")

OWN_OF_UNITS = (*SELF, *EXPLANATION)
NEEDED = tuple(column.name for column in TABLE if column.needed)


@dataclass(frozen=True)
class Known:
    """What a table is checked against: `members` by unit code, `scores` by unit id and criterion, and the
    columns that this person may not change (`closed`).
    """

    framework: Framework
    members: Mapping[str, RoundUnit]
    scores: Mapping[tuple[int, str], EvidenceScore]
    closed: Sequence[str] = ()
    leaves: dict[str, Mapping[str, Node]] = field(default_factory=dict)

    def leaves_of(self, unit_type: str) -> Mapping[str, Node]:
        if unit_type not in self.leaves:
            found = evidence_leaves(self.framework, unit_type)
            self.leaves[unit_type] = {leaf.code: leaf for leaf in found}
        return self.leaves[unit_type]


@dataclass
class Outcome:
    """`changes` by unit; they may be written only if there are no `faults`. `places` are the sheet and row
    where a unit and a criterion stood first.
    """

    changes: list[tuple[RoundUnit, Change]] = field(default_factory=list)
    faults: list[SheetFault] = field(default_factory=list)
    rows: int = 0
    places: dict[tuple[str, str], tuple[str, int]] = field(default_factory=dict)


class RowRefused(Exception):
    """One cell of a row makes the rest of it meaningless."""

    def __init__(self, column: str, template: str, **values: object) -> None:
        self.fault = Fault(column, template, values)


def read_table(sheets: Sequence[Sheet], known: Known) -> Outcome:
    """Every sheet that holds something is read; a cell left blank leaves what is stored."""
    outcome = Outcome()
    for sheet in (sheet for sheet in sheets if sheet.header or sheet.rows):
        read_sheet(sheet, known, outcome)
    if not outcome.rows and not outcome.faults:
        outcome.faults.append(SheetFault(sheets[0].name if sheets else "", None, None, NO_ROWS))
    return outcome


def read_sheet(sheet: Sheet, known: Known, outcome: Outcome) -> None:
    names = headings(language_of(sheet))
    needed = [names[column] for column in NEEDED]
    outcome.faults += [*sheet.faults, *heading_faults(sheet, needed, list(names.values()))]
    outcome.rows += len(sheet.rows)
    if not set(needed) <= set(sheet.header):
        return
    for row in sheet.rows:
        cells = {column: row[heading] for column, heading in names.items() if row[heading]}
        for fault in read_row(cells, (sheet.name, row.number), known, outcome):
            outcome.faults.append(sheet.fault(row, names[fault.place], fault.template, fault.values))


def read_row(
    cells: Mapping[str, str], place: tuple[str, int], known: Known, outcome: Outcome
) -> Iterator[Fault]:
    try:
        member = member_of(cells, known)
        leaf = leaf_of(cells, member, known)
        refuse_second(outcome.places.setdefault((member.unit.code, leaf.code), place), place)
    except RowRefused as refused:
        yield refused.fault
        return
    score = known.scores.get((member.unit_id, leaf.code))
    values, faults = read_cells(cells)
    stored = values_of(score)
    new = changed(values, stored)
    faults += [*check_maximum(cells, leaf), *check_right(new, cells, score, known.closed)]
    if new:
        faults += check(leaf, {**stored, **new})
    yield from faults
    if new and not faults:
        outcome.changes.append((member, Change(leaf.code, score, new)))


def member_of(cells: Mapping[str, str], known: Known) -> RoundUnit:
    code = cells.get("unit", "")
    if code in known.members:
        return known.members[code]
    near = near_name(code, list(known.members))
    raise RowRefused("unit", NEAR_UNIT if near else UNKNOWN_UNIT, code=code[:80], near=near)


def leaf_of(cells: Mapping[str, str], member: RoundUnit, known: Known) -> Node:
    code = cells.get("criterion", "")
    leaves = known.leaves_of(member.unit.type)
    if code in leaves:
        return leaves[code]
    node = known.framework.by_code.get(code)
    if node is None:
        near = near_name(code, list(leaves))
        raise RowRefused(
            "criterion", NEAR_CRITERION if near else UNKNOWN_CRITERION, code=code[:80], near=near
        )
    if node.assessed_by == "evidence":
        raise RowRefused("criterion", OTHER_TYPE, code=code)
    raise RowRefused("criterion", NOT_BY_EVIDENCE, code=code, title=Words(node.title))


def refuse_second(first: tuple[str, int], place: tuple[str, int]) -> None:
    if first != place:
        raise RowRefused("criterion", TWICE, sheet=first[0], row=first[1])


def read_cells(cells: Mapping[str, str]) -> tuple[dict[str, object], list[Fault]]:
    """The values in the cells that are not blank."""
    raw = {column: text for column, text in cells.items() if column in COLUMNS}
    faults = []
    if "applicable" in raw:
        applies = yes_or_no(raw["applicable"])
        if applies is None:
            values = {"raw": raw.pop("applicable")[:40]}
            faults.append(Fault("applicable", NOT_YES_OR_NO, values))
        else:
            raw["applicable"] = "" if applies else INAPPLICABLE
    found, unreadable = read(raw)
    return found, [*faults, *unreadable]


def yes_or_no(text: str) -> bool | None:
    word = text.casefold()
    if word in {*(yes.casefold() for yes in YES.values()), "true", "1", "x"}:
        return True
    return False if word in {*(no.casefold() for no in NO.values()), "false", "0"} else None


def check_maximum(cells: Mapping[str, str], leaf: Node) -> Iterator[Fault]:
    """A table made for another framework says so by its points."""
    if "max_points" not in cells:
        return
    try:
        said = read_number(cells["max_points"])
    except Unreadable as error:
        yield Fault("max_points", error.template, error.values)
        return
    if said != leaf.max_points:
        yield Fault("max_points", OTHER_MAXIMUM, {"maximum": leaf.max_points})


def check_right(
    new: Mapping[str, object], cells: Mapping[str, str], score: EvidenceScore | None, closed: Sequence[str]
) -> Iterator[Fault]:
    """What this person may not change, and what somebody else has changed since the download."""
    for column in new:
        if column in closed:
            yield Fault(column, OF_THE_UNIT)
    revision = score.revision if score else 0
    if new and cells.get("revision", str(revision)) != str(revision):
        yield Fault("revision", OUTDATED)
