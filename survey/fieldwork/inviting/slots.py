"""Texts with slots that a planner edits: "Kính gửi {ten}" becomes "Kính gửi Trần Lan Anh"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from questionnaires.codes import near_name
from questionnaires.faults import N_, Fault, Term

SLOTS: Mapping[str, tuple[str, str]] = {
    "ten": ("name", N_("the person's name")),
    "don_vi": ("unit", N_("the agency's name")),
    "ma": ("code", N_("the personal code")),
    "lien_ket": ("link", N_("the address that has the code filled in")),
    "han": ("deadline", N_("the last day")),
}
"""Name of a slot → its English name, and what stands there in the end."""

CARRIERS = ("ma", "lien_ket")
ENGLISH = {english: name for name, (english, _) in SLOTS.items()}
SLOT = re.compile(r"\{([^{}\n]*)\}")
BRACE = re.compile(r"[{}]")

UNKNOWN = N_("%(text)s: there is no slot {%(slot)s}. Slots are %(slots)s.")
NEAR = N_("%(text)s: there is no slot {%(slot)s}. Did you mean {%(near)s}?")
LOOSE = N_("%(text)s: a brace stands alone. A slot is written {ten}.")
NO_CODE = N_("%(text)s: neither the code {ma} nor the link {lien_ket} is in it, so nobody could answer.")
BLANK = N_("%(text)s: enter a text.")


def slot_named(written: str) -> str | None:
    name = written.strip().lower()
    return name if name in SLOTS else ENGLISH.get(name)


def text_faults(place: str, label: str, text: str, *, carries_code: bool) -> Iterator[Fault]:
    """What is wrong with a text. `label` names it in the sentences; `place` is the id of its input."""
    said = Term(label)
    if not text.strip():
        yield Fault(place, BLANK, {"text": said})
        return
    names = [match[1] for match in SLOT.finditer(text)]
    for written in names:
        if slot_named(written) is None:
            yield unknown(place, said, written)
    if BRACE.search(SLOT.sub("", text)):
        yield Fault(place, LOOSE, {"text": said})
    if carries_code and not set(map(slot_named, names)) & set(CARRIERS):
        yield Fault(place, NO_CODE, {"text": said})


def unknown(place: str, said: Term, written: str) -> Fault:
    near = near_name(written.strip().lower(), [*SLOTS, *ENGLISH])
    if near:
        return Fault(place, NEAR, {"text": said, "slot": written[:40], "near": near})
    slots = ", ".join(f"{{{name}}}" for name in SLOTS)
    return Fault(place, UNKNOWN, {"text": said, "slot": written[:40], "slots": slots})


def filled(text: str, values: Mapping[str, str]) -> str:
    """The text with its slots filled, each line without blanks at its end where a slot was empty.

    What fills a slot is never read for slots itself.
    """
    whole = SLOT.sub(lambda match: values[slot_named(match[1]) or ""], text)
    return "\n".join(re.sub(r" +([,.:;!?])", r"\1", line).rstrip() for line in whole.split("\n"))
