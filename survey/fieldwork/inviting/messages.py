"""The messages to a list of people: each text filled in for each of them, and what SMS will cost."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from flask_babel import gettext

from questionnaires.faults import N_, Fault
from survey.fieldwork.inviting.contacts import Contact
from survey.fieldwork.inviting.places import code_address
from survey.fieldwork.inviting.slots import filled
from survey.fieldwork.inviting.sms import Length, length_of, without_marks
from survey.fieldwork.strata import stored_strata
from survey.models import Survey, Unit

SAMPLE_CODE = "XXXX-XXXX-XXXX"
"""As long as a code, and never one: it stands in previews and tests."""

TOO_LONG_SMS = N_(
    "SMS: %(people)s people would get a text of more than 160 characters, the longest %(longest)s. Shorten "
    "it, or allow several parts."
)


@dataclass(frozen=True)
class Message:
    """What goes to one person. `texts`: kind of text → as the person reads it."""

    contact: Contact
    unit: Unit | None
    code: str
    link: str
    texts: Mapping[str, str]

    @property
    def sms(self) -> Length:
        return length_of(self.texts.get("sms", ""))


@dataclass(frozen=True)
class Draft:
    """The texts of one survey with their slots. `plain_sms`: no marks, one part for each person."""

    survey: Survey
    units: Mapping[int | None, Unit]
    texts: Mapping[str, str]
    plain_sms: bool = False

    def message(self, contact: Contact, code: str) -> Message:
        unit, link = self.units.get(contact.stratum_id), code_address(code)
        values = {
            "ten": contact.name,
            "don_vi": unit.name if unit else gettext("the agencies of this survey"),
            "ma": code,
            "lien_ket": link,
            "han": f"{self.survey.closes_on:%d/%m/%Y}",
        }
        texts = {kind: filled(text, values) for kind, text in self.texts.items()}
        if self.plain_sms and "sms" in texts:
            texts["sms"] = without_marks(texts["sms"])
        return Message(contact, unit, code, link, texts)


def draft_of(survey: Survey, texts: Mapping[str, str], *, plain_sms: bool = False) -> Draft:
    units = {stratum.id: stratum.unit for stratum in stored_strata(survey.id)}
    return Draft(survey, units, texts, plain_sms)


def sms_faults(draft: Draft, messages: Iterable[Message]) -> list[Fault]:
    """Where one plain SMS for each person is wanted: those that are longer."""
    lengths = [message.sms for message in messages]
    long = [length.signs for length in lengths if not length.is_one_plain]
    if not draft.plain_sms or not long:
        return []
    return [Fault("sms", TOO_LONG_SMS, {"people": len(long), "longest": max(long)})]


def list_of(messages: Sequence[Message]) -> list[list[object]]:
    """A row for each person, for the sender's own tool."""
    headings = [
        gettext("Name"),
        gettext("Telephone"),
        gettext("E-mail address"),
        gettext("Postal address"),
        gettext("Unit"),
        gettext("Name of the unit"),
        gettext("Code"),
        gettext("Link"),
        gettext("SMS"),
        gettext("Parts of the SMS"),
        gettext("Zalo message"),
        gettext("Subject of the e-mail"),
        gettext("Text of the e-mail"),
    ]
    return [headings, *map(row_of, messages)]


def row_of(message: Message) -> list[object]:
    contact, unit, texts = message.contact, message.unit, message.texts
    return [
        contact.name,
        contact.phone,
        contact.email,
        contact.address,
        unit.code if unit else "",
        unit.name if unit else "",
        message.code,
        message.link,
        texts["sms"],
        message.sms.parts,
        texts["zalo"],
        texts["subject"],
        texts["body"],
    ]
