"""Whether a round can be computed, and what stands in the way, in words."""

from __future__ import annotations

import re
from collections.abc import Sequence

from flask_babel import gettext

from analysis.round.inputs import RoundInputs, input_faults
from questionnaires.faults import N_, Fault
from survey.errors import UserError
from survey.language import sentence

NO_UNITS = N_("The round has no agencies yet.")
REFUSED = N_("The round cannot be computed yet. %(faults)s")
FURTHER = N_("(And %(count)s more.)")
MOST_TOLD = 400  # characters; a job's message is short

PLACES = {
    "units": N_("Agencies"),
    "evidence": N_("Evidence scores"),
    "framework": N_("Framework"),
    "recipe": N_("Settings"),
}
PARTS = {
    "strata": N_("Survey %(survey)s, sample"),
    "targets": N_("Survey %(survey)s, known population"),
    "": N_("Survey %(survey)s"),
}
OF_SURVEY = re.compile(r"surveys\.(?P<survey>[^.]+)(?:\.(?P<part>strata|targets))?")


def readiness_faults(inputs: RoundInputs) -> list[Fault]:
    """What is wrong with everything but the responses, which are looked at while they are read."""
    nobody = [] if len(inputs.units) else [Fault("units", NO_UNITS)]
    return [*nobody, *input_faults(inputs)]


def told(fault: Fault) -> str:
    """A fault with its place in words: "Survey citizen, sample: …"."""
    place = place_in_words(fault.place)
    return f"{place}: {sentence(fault)}" if place else sentence(fault)


def place_in_words(place: str) -> str:
    if of_survey := OF_SURVEY.fullmatch(place):
        template = PARTS[of_survey["part"] or ""]
        return gettext(template) % {"survey": of_survey["survey"]}
    return gettext(PLACES[place]) if place in PLACES else place


def refusal(faults: Sequence[Fault]) -> UserError:
    """The faults as the reason why a job ended: as many as a message holds, and how many more."""
    sentences = [told(fault) for fault in faults]
    shown = sentences[:1]
    while len(shown) < len(sentences) and len(" ".join(shown)) + len(sentences[len(shown)]) < MOST_TOLD:
        shown.append(sentences[len(shown)])
    if further := len(sentences) - len(shown):
        shown.append(gettext(FURTHER) % {"count": further})
    return UserError(REFUSED, {"faults": " ".join(shown)})
