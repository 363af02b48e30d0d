"""What somebody typed into a unit's page, compared with what is stored: changes, faults, conflicts.

Every criterion on the page carries a token: the revision it was made from and a digest of what stood in
each of its inputs. What was not touched is left alone, so that two people can work on one page at once; a
criterion touched while somebody else saved it is a conflict, and nothing is written before it is resolved.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from questionnaires.faults import N_, Fault
from questionnaires.framework import Node
from questionnaires.written import clean
from survey.models import EvidenceScore
from survey.scoring.saving import Change
from survey.scoring.values import COLUMNS, changed, check, read, values_of, written

CONFLICT = N_("Somebody else saved this while you were writing. Compare, then save again.")
CLOSED = N_("This can no longer be changed here. What you wrote stands beside it.")
ROW = "criterion"
UPHOLD = "uphold"


def place(name: str, code: str) -> str:
    """The name and id of an input."""
    return f"{name}-{code}"


@dataclass(frozen=True)
class Row:
    """A criterion as it came back: what was typed (`raw`, by column, of inputs touched), what that comes to.

    `lost` holds texts for which there is no input any more.
    """

    raw: Mapping[str, str]
    change: Change | None = None
    faults: Sequence[Fault] = ()
    is_conflict: bool = False
    lost: Mapping[str, str] = field(default_factory=dict)


def token(score: EvidenceScore | None, texts: Mapping[str, str]) -> str:
    """`texts` are what stands in the inputs, by column."""
    revision = score.revision if score else 0
    return ".".join([str(revision), *(digest(texts[name]) for name in COLUMNS if name in texts)])


def digest(text: str) -> str:
    return hashlib.blake2s(clean(text).encode(), digest_size=6).hexdigest()


def touched(seen: str, texts: Mapping[str, str]) -> dict[str, str]:
    """Those of the texts that are no longer what stood in their inputs."""
    names = [name for name in COLUMNS if name in texts]
    before = dict(zip(names, seen.split(".")[1:], strict=False))
    return {name: texts[name] for name in names if before.get(name) != digest(texts[name])}


def stored_texts(score: EvidenceScore | None, columns: Sequence[str]) -> dict[str, str]:
    texts = written(values_of(score))
    return {name: texts[name] for name in columns}


def read_row(
    leaf: Node, score: EvidenceScore | None, columns: Sequence[str], form: Mapping[str, str]
) -> Row | None:
    """`columns` are those that may be changed now; None where nothing of the row was touched."""
    seen = form.get(place("seen", leaf.code))
    if seen is None:
        return None
    sent = {name: form.get(place(name, leaf.code), "") for name in COLUMNS if was_sent(name, leaf, form)}
    raw = touched(seen, sent)
    upheld = place(UPHOLD, leaf.code) in form
    if not raw and not upheld:
        return None
    if set(sent) != set(columns):
        return row_without_inputs(leaf, raw, columns)
    return compared(leaf, score, raw, seen.partition(".")[0], upheld)


def was_sent(name: str, leaf: Node, form: Mapping[str, str]) -> bool:
    """A tick box says nothing where it is empty; the reason below it always does."""
    sent_by = "inapplicable_reason" if name == "applicable" else name
    return place(sent_by, leaf.code) in form


def row_without_inputs(leaf: Node, raw: Mapping[str, str], columns: Sequence[str]) -> Row:
    """The stage has changed since the page was opened: what cannot be taken is shown, not dropped."""
    kept = {name: text for name, text in raw.items() if name in columns}
    lost = {name: text for name, text in raw.items() if text and name not in columns}
    fault = Fault(place(ROW, leaf.code), CLOSED)
    return Row(kept, faults=[fault], lost=lost)


def compared(
    leaf: Node, score: EvidenceScore | None, raw: Mapping[str, str], revision: str, upheld: bool
) -> Row | None:
    stored = values_of(score)
    values, unreadable = read(raw)
    new = changed(values, stored)
    if not new and not unreadable and not upheld:
        return None  # somebody else wrote the same
    if revision != str(score.revision if score else 0):
        conflict = Fault(place(ROW, leaf.code), CONFLICT)
        return Row(raw, faults=[conflict], is_conflict=True)
    faults = [*unreadable, *check(leaf, {**stored, **new})]
    return Row(raw, Change(leaf.code, score, new), list(placed(leaf, faults)))


def placed(leaf: Node, faults: Sequence[Fault]) -> Iterator[Fault]:
    """The faults with the ids of their inputs as places."""
    for fault in faults:
        yield Fault(place(fault.place, leaf.code), fault.template, fault.values)
