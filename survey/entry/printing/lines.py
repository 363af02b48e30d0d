"""The lines of the page on which batches are ordered: one batch each, as it stands there in words."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

import sqlalchemy as sa

from questionnaires.faults import N_, Fault
from questionnaires.paper import code_fits
from questionnaires.written import Unreadable, clean, read_number
from survey.collection.cells import strata_of
from survey.collection.paper import WantedBatch
from survey.db import db
from survey.models import Batch, Stratum, Survey, User

USUAL_SIZE = 100
LONGEST_STEM = 16
"""Characters of a stratum's code in a batch's, so that the code fits its cell on the form."""

LONGEST_CODE = 64
LONGEST = {"commune": 100, "enumerator": 100}
FIELDS = ("stratum", "code", "commune", "enumerator", "forms")
CODE = re.compile(r"[\w./-]+")

CODE_NEEDED = N_("Enter a code for this batch: letters, digits, and . _ / - between them.")
WHOLE_NEEDED = N_("“%(raw)s” is no number of forms. Write it in digits, such as 50.")
NO_ROOM = N_("This code has no room in its cell on the form. Shorten it to about 20 characters.")
TOO_LONG = N_("At most %(most)s characters fit here.")
NOTHING = N_("Tick at least one batch, and enter its number of forms.")
GONE = N_("This stratum is no longer in the sample. Open the page anew.")


@dataclass(frozen=True)
class Line:
    """A batch to be, as typed. Without its tick, or a number of forms, it is not printed."""

    stratum: str
    code: str = ""
    commune: str = ""
    enumerator: str = ""
    forms: str = ""
    ticked: bool = True


def proposed_lines(survey: Survey, size: int) -> list[Line]:
    """For each stratum, batches of at most `size` forms for the people chosen whom no printed form awaits."""
    printed = forms_printed(survey.id)
    codes = free_codes(survey.id)
    lines = []
    for stratum in strata_of(survey):
        wanted = max(stratum.selected - printed.get(stratum.id, 0), 0)
        parts = even_parts(wanted, size) or [0]
        lines += [Line(str(stratum.id), codes.next(stratum.code), forms=str(forms or "")) for forms in parts]
    return lines


def even_parts(total: int, size: int) -> list[int]:
    """The fewest parts of at most `size`, as even as whole numbers can be: 250 by 100 → 84, 83, 83."""
    count = -(-total // size)
    return [total // count + (place < total % count) for place in range(count)]


def forms_printed(survey_id: int) -> dict[int, int]:
    """Stratum id → forms in its batches."""
    query = sa.select(Batch.stratum_id, sa.func.sum(Batch.forms_expected)).where(Batch.survey_id == survey_id)
    return dict(db.session.execute(query.group_by(Batch.stratum_id)).all())


class Codes:
    """Codes for new batches that no batch of the survey, and no line of the page, has yet."""

    def __init__(self, taken: Sequence[str]) -> None:
        self.taken = {code.lower() for code in taken}

    def next(self, stratum_code: str) -> str:
        stem, number = stratum_code[:LONGEST_STEM].rstrip("-"), 1
        while f"{stem}-{number:02d}".lower() in self.taken:
            number += 1
        code = f"{stem}-{number:02d}"
        self.taken.add(code.lower())
        return code


def free_codes(survey_id: int, lines: Sequence[Line] = ()) -> Codes:
    stored = db.session.scalars(sa.select(Batch.code).where(Batch.survey_id == survey_id))
    return Codes([*stored, *(line.code for line in lines)])


def typed_lines(form: Mapping[str, str]) -> list[Line]:
    """The lines of a sent page, in their order there."""
    numbers = sorted(int(name[8:]) for name in form if re.fullmatch(r"stratum-[0-9]{1,5}", name))
    return [typed_line(form, number) for number in numbers]


def typed_line(form: Mapping[str, str], number: int) -> Line:
    typed = (clean(form.get(f"{field}-{number}", ""), lines=False) for field in FIELDS)
    return Line(*typed, ticked=f"print-{number}" in form)


def with_another(survey: Survey, lines: Sequence[Line], position: int) -> list[Line]:
    """The lines, and behind the one at `position` an empty one of its stratum."""
    same = lines[position]
    stratum = {str(each.id): each for each in strata_of(survey)}.get(same.stratum)
    code = free_codes(survey.id, lines).next(stratum.code) if stratum else ""
    added = replace(same, code=code, commune="", enumerator="", forms="", ticked=True)
    return [*lines[: position + 1], added, *lines[position + 1 :]]


@dataclass(frozen=True)
class Ordered:
    """What the lines ask for; `positions` are those of the lines, `faults` are placed "<what>-<position>"."""

    batches: Sequence[WantedBatch]
    positions: Sequence[int]
    faults: Sequence[Fault]


def read_lines(survey: Survey, lines: Sequence[Line]) -> Ordered:
    strata = {str(stratum.id): stratum for stratum in strata_of(survey)}
    people = users_by_name()
    batches, positions, faults = [], [], []
    for position, line in enumerate(lines):
        if not line.ticked or line.forms in ("", "0"):
            continue
        found = [
            Fault(f"{each.place}-{position}", each.template, each.values) for each in wrong(line, strata)
        ]
        faults += found
        if not found:
            batches.append(wanted(line, people))
            positions.append(position)
    if not batches and not faults:
        faults = [Fault("print-0", NOTHING)]
    return Ordered(batches, positions, faults)


def wrong(line: Line, strata: Mapping[str, Stratum]) -> Iterator[Fault]:
    if line.stratum not in strata:
        yield Fault("forms", GONE)
    if not CODE.fullmatch(line.code):
        yield Fault("code", CODE_NEEDED)
    elif len(line.code) > LONGEST_CODE or not code_fits(line.code):
        yield Fault("code", NO_ROOM)
    for field, most in LONGEST.items():
        if len(getattr(line, field)) > most:
            yield Fault(field, TOO_LONG, {"most": most})
    if whole(line.forms) is None:
        yield Fault("forms", WHOLE_NEEDED, {"raw": line.forms[:20]})


def whole(raw: str) -> int | None:
    try:
        number = read_number(raw)
    except Unreadable:
        return None
    return number if isinstance(number, int) else None


def wanted(line: Line, people: Mapping[str, int]) -> WantedBatch:
    return WantedBatch(
        int(line.stratum),
        line.code,
        whole(line.forms) or 0,
        commune=line.commune,
        enumerator=line.enumerator,
        enumerator_id=people.get(line.enumerator),
    )


def users_by_name() -> dict[str, int]:
    """Full name → id of the enumerator who alone bears it."""
    query = sa.select(User.full_name, User.id).where(User.role == "enumerator")
    rows = db.session.execute(query).all()
    count = Counter(name for name, _ in rows)
    return {name: user_id for name, user_id in rows if count[name] == 1}
