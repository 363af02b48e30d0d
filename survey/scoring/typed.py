"""What somebody typed into a unit's page, compared with what is stored: changes, faults, conflicts.

Every criterion on the page carries a token: the revision it was made from and a digest of what stood in its
inputs. What was not touched is left alone, so that two people can work on one page at once; what was touched
while somebody else saved the same criterion is a conflict, and nothing is written before it is resolved.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from questionnaires.faults import N_, Fault
from questionnaires.framework import Node
from questionnaires.written import clean
from survey.models import EvidenceScore
from survey.scoring.saving import Change
from survey.scoring.values import COLUMNS, changed, check, read, values_of, written

CONFLICT = N_("%(code)s: somebody else saved this while you were writing. Compare, then save again.")
CLOSED = N_("%(code)s: this can no longer be changed here. What you wrote stands beside it.")
ROW = "criterion"
UPHOLD = "uphold"


def place(name: str, code: str) -> str:
    """The name and id of an input."""
    return f"{name}-{code}"


@dataclass(frozen=True)
class Row:
    """A criterion as it came back: what its inputs held, and what that comes to.

    `changed` says whether the person touched it; `lost` holds texts for which there is no input any more.
    """

    raw: Mapping[str, str]
    changed: bool
    change: Change | None = None
    faults: Sequence[Fault] = ()
    is_conflict: bool = False
    lost: Mapping[str, str] = field(default_factory=dict)


def token(score: EvidenceScore | None, texts: Mapping[str, str]) -> str:
    """`texts` are what stands in the inputs, by column."""
    content = json.dumps(sorted((name, clean(text)) for name, text in texts.items()))
    digest = hashlib.blake2s(content.encode(), digest_size=8).hexdigest()
    return f"{score.revision if score else 0}.{digest}"


def stored_texts(score: EvidenceScore | None, columns: Sequence[str]) -> dict[str, str]:
    texts = written(values_of(score))
    return {name: texts[name] for name in columns}


def read_row(
    leaf: Node, score: EvidenceScore | None, columns: Sequence[str], form: Mapping[str, str]
) -> Row | None:
    """`columns` are those that may be changed now; None where the page that was sent had no such row."""
    seen = form.get(place("seen", leaf.code))
    if seen is None:
        return None
    sent = [name for name in COLUMNS if was_sent(name, leaf, form)]
    raw = {name: clean(form.get(place(name, leaf.code), "")) for name in sent}
    if set(raw) != set(columns):
        return row_without_inputs(leaf, raw, columns, seen)
    upheld = place(UPHOLD, leaf.code) in form
    now = token(score, raw)
    if seen.partition(".")[2] == now.partition(".")[2] and not upheld:
        return Row(raw, False)
    return compared(leaf, score, raw, seen.partition(".")[0] != now.partition(".")[0], upheld)


def was_sent(name: str, leaf: Node, form: Mapping[str, str]) -> bool:
    """A tick box says nothing where it is empty; the reason below it always does."""
    sent_by = "inapplicable_reason" if name == "applicable" else name
    return place(sent_by, leaf.code) in form


def row_without_inputs(leaf: Node, raw: Mapping[str, str], columns: Sequence[str], seen: str) -> Row:
    """The stage has changed since the page was opened: what cannot be taken is shown, not dropped."""
    if seen.partition(".")[2] == token(None, raw).partition(".")[2]:
        return Row({}, False)
    kept = {name: text for name, text in raw.items() if name in columns}
    lost = {name: text for name, text in raw.items() if text and name not in columns}
    fault = Fault(place(ROW, leaf.code), CLOSED, {"code": leaf.code})
    return Row(kept, True, faults=[fault], lost=lost)


def compared(
    leaf: Node, score: EvidenceScore | None, raw: Mapping[str, str], is_outdated: bool, upheld: bool
) -> Row:
    stored = values_of(score)
    values, unreadable = read(raw)
    new = changed(values, stored)
    if not new and not unreadable and not upheld:
        return Row(raw, False)
    if is_outdated:
        conflict = Fault(place(ROW, leaf.code), CONFLICT, {"code": leaf.code})
        return Row(raw, True, faults=[conflict], is_conflict=True)
    faults = [*unreadable, *check(leaf, {**stored, **new})]
    return Row(raw, True, Change(leaf.code, score, new), list(placed(leaf, faults)))


def placed(leaf: Node, faults: Sequence[Fault]) -> Iterator[Fault]:
    """The faults with the ids of their inputs as places."""
    for fault in faults:
        yield Fault(place(fault.place, leaf.code), fault.template, fault.values)
