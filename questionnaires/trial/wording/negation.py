"""Negations that leave people unsure what their “no” means."""

from __future__ import annotations

import re
from collections.abc import Iterator

from questionnaires.faults import N_
from questionnaires.trial.wording.hint import Hint
from questionnaires.trial.wording.passages import HINT, ROW, STEM, Passage

TWO_NEGATIONS = N_("Two negations in one sentence: people cannot tell what a “yes” means.")
NEGATED_QUESTION = N_("The question is negated: people cannot tell whether “no” agrees or disagrees.")
POSITIVE = N_("Say it without a negation, and let the choices offer the “no”.")

NO_NEGATION = re.compile(
    r"không (khí|gian|quân|những|chỉ|kể|ít|phận)|hàng không|hay không|hoặc không|có không|chưa\?"
    r"|(?<!\w)không(?=\s*\?)|không (biết|nhớ|có ý kiến|áp dụng)",
    re.IGNORECASE,
)
NEGATED_TWICE = re.compile(
    r"(?<!\w)(không|chưa|chẳng)\s(?:[^\s,.;:?!]+\s){0,5}?(không|chẳng|chưa)(?!\w)", re.IGNORECASE
)
NEGATED_ASKED = re.compile(
    r"(?<!\w)(?<!có )(?<!hay )(?<!hoặc )(không|chưa)\s(?!khí|gian|những|chỉ|kể)(?:[^\s,.;:?!]+\s){1,12}?"
    r"(phải |đúng )?không\s*\?",
    re.IGNORECASE,
)
YES_NO_FRAME = re.compile(r"(?<!\w)(có|đã|được|còn|bị)(?!\w)", re.IGNORECASE)
NEGATED_TWICE_ENGLISH = re.compile(
    r"(?<!\w)(not|never|no|\w+n['’]t)\s(?:[^\s,.;:?!]+\s){0,4}?(not|never|no|none|\w+n['’]t|un(?:able|fair|clear|likely)|without)(?!\w)",
    re.IGNORECASE,
)


def double_negations(passage: Passage) -> Iterator[Hint]:
    if passage.part not in (STEM, ROW, HINT):
        return
    if passage.language == "en" and (found := NEGATED_TWICE_ENGLISH.search(passage.text)):
        yield passage.hint("negation", found[0], TWO_NEGATIONS, POSITIVE)
    if passage.language != "vi":
        return
    if found := NEGATED_TWICE.search(NO_NEGATION.sub("·", passage.text)):
        yield passage.hint("negation", found[0], TWO_NEGATIONS, POSITIVE)
    elif (found := NEGATED_ASKED.search(passage.text)) and not YES_NO_FRAME.search(
        passage.text[: found.start()]
    ):
        yield passage.hint("negation", found[0], NEGATED_QUESTION, POSITIVE)
