"""Numbers asked for without saying of what: people write months where years are meant."""

from __future__ import annotations

import re
from collections.abc import Iterator

from questionnaires.faults import N_
from questionnaires.schema import Question
from questionnaires.trial.wording.hint import Hint, hint

NO_UNIT = N_(
    "The question asks for a number without saying of what: one person writes years, another months."
)
NAME_UNIT = N_("Name the unit in the question or its hint, such as “(đồng)”, “(ngày)” or “(lần)”.")

NAMES_UNIT = {
    "vi": re.compile(
        r"(bao nhiêu|mấy)\s+\w+|(?<!\w)số\s+(?!liệu|tiền|hiệu)\w+|%|\([^)]+\)"
        r"|(?<!\w)(đồng|nghìn|triệu|tỷ|giờ|phút|ngày|tháng|tuần|tuổi|lần|người)(?!\w)"
        r"|(?<!\w)(km|mét|m2|m²|ha|héc-ta|điểm|bộ hồ sơ)(?!\w)",
        re.IGNORECASE,
    ),
    "en": re.compile(
        r"how many\s+\w+|number of|%|\([^)]+\)"
        r"|(?<!\w)(VND|dong|hours?|minutes?|days?|weeks?|months?|years?|times|people|km|points?|age|percent)(?!\w)",
        re.IGNORECASE,
    ),
}


def missing_units(question: Question) -> Iterator[Hint]:
    if question.kind not in ("integer", "decimal"):
        return
    for language, words in question.text.items():
        test = NAMES_UNIT.get(language)
        said = f"{words} {question.hint.get(language, '')}"
        if test and words and not test.search(said):
            yield hint(question.code, "no_unit", language, words, NO_UNIT, NAME_UNIT)
