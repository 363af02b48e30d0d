"""Letters to the people of a list, or to nobody by name where only codes are made."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from flask_babel import gettext

from survey.fieldwork.blueprint import public_address
from survey.fieldwork.inviting.contacts import Contact
from survey.fieldwork.inviting.letter_pdf import Frame, Letter, letters_pdf
from survey.fieldwork.inviting.messages import Message, draft_of
from survey.fieldwork.inviting.places import as_typed
from survey.fieldwork.inviting.poster import SYNTHETIC
from survey.fieldwork.inviting.wording import PROPOSALS
from survey.fieldwork.personal_codes import NewCode
from survey.language import language, text
from survey.models import Survey


def letters_of(survey: Survey, messages: Iterable[Message]) -> bytes:
    """A PDF with a letter for each message."""
    typed = as_typed(public_address("/c"))
    letters = (
        Letter(
            message.contact.name,
            message.contact.address,
            message.texts["letter"],
            message.code,
            typed,
            message.link,
        )
        for message in messages
    )
    return letters_pdf(frame_of(survey), letters)


def frame_of(survey: Survey) -> Frame:
    return Frame(
        sender=survey.contact,
        title=text(survey.questionnaire_version.questionnaire.title),
        code_label=gettext("Your code"),
        link_label=gettext("Type it at"),
        deadline=gettext("The last day is %(day)s.", day=f"{survey.closes_on:%d/%m/%Y}"),
        notice=f"{SYNTHETIC.vi} / {SYNTHETIC.en}" if survey.round.synthetic else "",
    )


def letters_without_names(survey: Survey, made: Sequence[NewCode]) -> bytes:
    """A letter for each new code, for those who know the people and hand them over."""
    draft = draft_of(survey, {"letter": PROPOSALS[language()]["letter"]})
    people = ((Contact(stratum.id if stratum else None), code) for stratum, code in made)
    return letters_of(survey, (draft.message(contact, code) for contact, code in people))
