"""All hints about a questionnaire's wording, in the order people read it."""

from __future__ import annotations

from collections.abc import Iterator

from questionnaires.schema import Questionnaire
from questionnaires.trial.wording.abbreviations import abbreviations
from questionnaires.trial.wording.capitals import capitals
from questionnaires.trial.wording.double import double_questions
from questionnaires.trial.wording.hint import Hint
from questionnaires.trial.wording.negation import double_negations
from questionnaires.trial.wording.passages import Passage, passages
from questionnaires.trial.wording.phrases import PHRASE_RULES
from questionnaires.trial.wording.scales import scale_hints
from questionnaires.trial.wording.sentences import long_sentences
from questionnaires.trial.wording.units import missing_units

RULES = (long_sentences, double_questions, double_negations, capitals)


def wording_hints(questionnaire: Questionnaire) -> list[Hint]:
    """What people may stumble over in the wording, in Vietnamese first and a little in English.

    Takes any questionnaire, a draft too. Hints stand in the order of the questionnaire; they are found by
    words alone, so some are wrong, and none is a fault.
    """
    texts = list(passages(questionnaire))
    found = [one for passage in texts for one in _about(passage, questionnaire.group)]
    for question in questionnaire.questions():
        found += missing_units(question)
    for language in dict.fromkeys(passage.language for passage in texts):
        found += abbreviations(passage for passage in texts if passage.language == language)
    found += scale_hints(questionnaire)
    order = {place: at for at, place in enumerate(dict.fromkeys(passage.place for passage in texts))}
    return sorted(found, key=lambda one: order.get(one.place, len(order)))


def _about(passage: Passage, group: str) -> Iterator[Hint]:
    for rule in RULES:
        yield from rule(passage)
    for phrases in PHRASE_RULES:
        yield from phrases.hints(passage, group)
