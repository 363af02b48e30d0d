"""What a walk found: a sentence with its place, and answers that lead there."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from questionnaires.expression import Tree, names, to_text
from questionnaires.faults import N_, Fault, Words
from questionnaires.schema import Question, Section

NEVER = N_("“%(title)s” can never be asked: no answers to %(names)s make its condition %(condition)s true.")
NEVER_TRUE = N_("“%(title)s” can never be asked: its condition %(condition)s is always false.")
TOO_EARLY = N_(
    "“%(title)s” can never be asked: its condition %(condition)s depends on “%(other)s”, "
    "which is not answered before it."
)
NO_SUCH_CHOICE = N_(
    "“%(title)s” can never be asked: its condition needs the answer “%(choice)s”, "
    "which “%(item)s” does not have."
)
NEVER_AFTER = N_(
    "“%(title)s” can never be asked: it depends on “%(other)s”, which can never be asked either."
)
NEVER_TOGETHER = N_(
    "“%(title)s” can never be asked: nobody can give the answers that its condition %(condition)s needs. "
    "Those questions are not asked together, or a constraint refuses the answers."
)
NO_QUESTION = N_("“%(title)s” is a section that can never be shown: none of its questions can be asked.")
NOT_REACHED = N_("“%(title)s” was not reached in %(walks)s walks. Look at its condition %(condition)s.")

NO_CHOICES = N_("Nobody can get past “%(title)s”: it needs an answer, but there is none to choose.")
NONE_GOOD = N_("No answer to “%(title)s” can meet the condition on it, %(condition)s.")
NONE_GOOD_REQUIRED = N_(
    "Nobody can get past “%(title)s”: it needs an answer, but none can meet the condition on it, "
    "%(condition)s."
)
NONE_FOUND = N_("In %(walks)s walks, no answer tried for “%(title)s” met the condition on it, %(condition)s.")
SOMETIMES_NONE = N_(
    "After some earlier answers, no answer tried for “%(title)s” met the condition on it, %(condition)s: "
    "people have to leave it blank or change an earlier answer."
)
SOMETIMES_NONE_REQUIRED = N_(
    "After some earlier answers, nobody gets past “%(title)s”: it needs an answer, but none tried met the "
    "condition on it, %(condition)s."
)


@dataclass(frozen=True)
class Finding(Fault):
    """A fault of the paths through a questionnaire; `place` is the code of a question, or of a section.

    `example` are answers, item code → value, that lead there. `certain`: proved, not only met at random.
    """

    example: Mapping[str, Any] = field(default_factory=dict)
    certain: bool = False
    of_section: bool = False


def finding(
    about: Section | Question,
    template: str,
    *,
    condition: Tree | None = None,
    example: Mapping[str, Any] | None = None,
    certain: bool = False,
    **values: object,
) -> Finding:
    """A finding about a section or question, its title and the condition written out."""
    filled: dict[str, object] = {"title": Words(title_of(about)), **values}
    if condition is not None:
        filled["condition"] = to_text(condition)
        filled["names"] = ", ".join(sorted(names(condition)))
    return Finding(about.code, template, filled, example or {}, certain, isinstance(about, Section))


def title_of(about: Section | Question) -> Mapping[str, str]:
    """The words a section or question goes by; a draft's may still be missing."""
    words = about.title if isinstance(about, Section) else about.text
    return words if any(words.values()) else {"vi": about.code}
