"""Codes: the forms they may take, each used once, and the near name of a mistyped one."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from difflib import get_close_matches

from questionnaires.faults import N_, Fault

LONGEST_CODE = 64

TOO_LONG = N_("The code has %(length)s characters; %(most)s is the most.")
TWICE = N_("The code “%(code)s” is used more than once.")
UNKNOWN = N_("“%(name)s” is not known here.")
NEAR = N_("“%(name)s” is not known here. Did you mean “%(near)s”?")
ONE_OF = N_("“%(name)s” is not known here; there are: %(names)s.")


@dataclass(frozen=True)
class Form:
    """What a code may look like, and the sentence for one that does not."""

    pattern: re.Pattern[str]
    template: str

    def fits(self, code: str) -> bool:
        return len(code) <= LONGEST_CODE and self.pattern.fullmatch(code) is not None


ITEM = Form(
    re.compile("[a-z](_?[a-z0-9])*"),  # two underscores part item and choice in a dataset's columns
    N_("“%(code)s” is no code: use a–z, 0–9 and single underscores, starting with a letter."),
)
DEFINITION = Form(
    re.compile("[a-z]([_-]?[a-z0-9])*"),
    N_("“%(code)s” is no code: use a–z, 0–9 and single hyphens or underscores, starting with a letter."),
)
CHOICE = Form(
    re.compile("[A-Za-z0-9]([_-]?[A-Za-z0-9])*"),
    N_("“%(code)s” is no code: use letters without marks, digits and single hyphens or underscores."),
)
CRITERION = Form(
    re.compile("[A-Za-z0-9]([._-]?[A-Za-z0-9])*"),
    N_(
        "“%(code)s” is no code: use letters without marks and digits, parted by dots, hyphens or underscores."
    ),
)


LANGUAGE = Form(re.compile("[a-z]{2,3}"), N_("“%(code)s” is not a language code such as “vi” or “en”."))


def check_form(place: str, code: str, form: Form) -> Iterator[Fault]:
    if len(code) > LONGEST_CODE:
        yield Fault(place, TOO_LONG, {"length": len(code), "most": LONGEST_CODE})
    elif not form.fits(code):
        yield Fault(place, form.template, {"code": code})


def check_codes(placed: Iterable[tuple[str, str]], form: Form) -> Iterator[Fault]:
    """Codes with their places: the form of each, and all but the first of those used twice."""
    seen: set[str] = set()
    for place, code in placed:
        yield from check_form(place, code, form)
        if code and code in seen:
            yield Fault(place, TWICE, {"code": code})
        seen.add(code)


def check_known(place: str, name: str, known: Collection[str]) -> Iterator[Fault]:
    """A name must be one of those known; the near one, or all of a few, are named with the fault."""
    if name in known:
        return
    near = near_name(name, known)
    if near:
        yield Fault(place, NEAR, {"name": name, "near": near})
    elif 0 < len(known) <= 15:
        yield Fault(place, ONE_OF, {"name": name, "names": ", ".join(known)})
    else:
        yield Fault(place, UNKNOWN, {"name": name})


def near_name(name: str, known: Collection[str]) -> str | None:
    """The known name that a mistyped one most likely means."""
    return next(iter(get_close_matches(name[:LONGEST_CODE], known, 1)), None)
