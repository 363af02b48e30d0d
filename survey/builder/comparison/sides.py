"""What can be laid side by side: stored versions of a kind of definition, and drafts for their readers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from flask import abort, request, url_for
from flask_babel import gettext

from survey.builder.drafts.addresses import review_address
from survey.builder.drafts.lists import drafts_of
from survey.builder.drafts.showing import title_of
from survey.builder.reading import examined
from survey.builder.shelves import Definition, Shelf, Version, versions
from survey.models import DefinitionDraft

DRAFT = "draft-"


@dataclass(frozen=True)
class Side:
    """A version or a draft; `key` names it in an address: "12", or "draft-7"."""

    shelf: Shelf
    held: Version | DefinitionDraft

    @property
    def is_draft(self) -> bool:
        return isinstance(self.held, DefinitionDraft)

    @property
    def key(self) -> str:
        return f"{DRAFT if self.is_draft else ''}{self.held.id}"

    @property
    def title(self) -> str:
        return title_of(self.held.content)

    @property
    def name(self) -> str:
        """The version among those of its code, as a column is headed."""
        name = gettext("draft %(version)s") if self.is_draft else gettext("version %(version)s")
        return name % {"version": self.held.version}

    @property
    def label(self) -> str:
        """The version first, as titles are long and alike."""
        return f"{self.name} – {self.title} ({self.held.code})"

    @property
    def address(self) -> str:
        if isinstance(self.held, DefinitionDraft):
            return review_address(self.held)
        return url_for(f"builder.show_{self.shelf.noun}", version_id=self.held.id)

    @property
    def definition(self) -> Definition:
        """What it says; of a draft as much as can be read."""
        if isinstance(self.held, DefinitionDraft):
            return examined(self.held)[0]
        return self.shelf.read(self.held)


@dataclass(frozen=True)
class Chosen:
    """The two sides that the address names, and what there is to choose from."""

    offered: tuple[Side, ...]
    before: Side | None
    after: Side | None

    @property
    def both(self) -> tuple[Side, Side] | None:
        return (self.before, self.after) if self.before and self.after else None


def chosen(shelf: Shelf) -> Chosen:
    """`before` and `after` of the address; without `before`, what the later one most likely follows.

    404 for a name that is not offered, as that of a draft is to who does not review drafts.
    """
    offered = sides(shelf)
    after = named(offered, "after")
    before = named(offered, "before") or (predecessor(offered, after) if after else None)
    return Chosen(offered, before, after)


def sides(shelf: Shelf) -> tuple[Side, ...]:
    stored = [Side(shelf, version) for version in versions(shelf)]
    return (*stored, *(Side(shelf, line.draft) for line in drafts_of(shelf.noun)))


def named(offered: Sequence[Side], argument: str) -> Side | None:
    key = request.args.get(argument)
    if not key:
        return None
    return next((side for side in offered if side.key == key), None) or abort(404)


def predecessor(offered: Sequence[Side], after: Side) -> Side | None:
    """The newest stored version before this one: of the same code, else what its decision replaces, else
    one that asks the same people."""
    earlier = [
        side for side in offered if not side.is_draft and (after.is_draft or side.held.id < after.held.id)
    ]
    newest_first = sorted(earlier, key=lambda side: -side.held.id)
    for is_kin in (of_same_code, is_replaced, asks_the_same):
        for side in newest_first:
            if is_kin(side, after):
                return side
    return None


def of_same_code(side: Side, after: Side) -> bool:
    return side.held.code == after.held.code


def is_replaced(side: Side, after: Side) -> bool:
    replaces, number = (decision_of(each).get(key) for each, key in ((after, "replaces"), (side, "number")))
    return bool(number and replaces) and str(number) in str(replaces)


def asks_the_same(side: Side, after: Side) -> bool:
    group = after.held.content.get("group")
    return group is not None and side.held.content.get("group") == group


def decision_of(side: Side) -> dict[str, object]:
    decision = side.held.content.get("decision")
    return decision if isinstance(decision, dict) else {}
