"""Scales that lean to one side, that have no middle, or that leave no way out for people who cannot know."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from questionnaires.faults import N_
from questionnaires.schema import Choice, Question, Questionnaire, levels
from questionnaires.trial.wording.hint import Hint, hint

NEGATIVE = {
    "vi": re.compile(
        r"^(rất |hoàn toàn |tương đối |khá |hơi )?"
        r"(không|chưa|kém|tệ|yếu|xấu|khó|phản đối|thất vọng|chậm|phức tạp)(?!\w)",
        re.IGNORECASE,
    ),
    "en": re.compile(
        r"(dis(satisfied|agree)|unsatisf|(?<!\w)(not|poor|bad|weak|very poor|difficult|never))", re.IGNORECASE
    ),
}
MIDDLE = {
    "vi": re.compile(
        r"^(bình thường|trung bình|trung lập|phân vân|vừa phải|trung tính|lưỡng lự)", re.IGNORECASE
    ),
    "en": re.compile(r"(neutral|average|neither|undecided|moderate)", re.IGNORECASE),
}
POSITIVE = {
    "vi": re.compile(
        r"^(rất |hoàn toàn |tương đối |khá |cực kỳ )?"
        r"(hài lòng|đồng ý|tốt|khá|xuất sắc|dễ|thuận lợi|hiệu quả|nhanh|tin tưởng|đơn giản|rõ ràng)(?!\w)",
        re.IGNORECASE,
    ),
    "en": re.compile(
        r"(satisfied|(?<!\w)(agree|strongly agree|good|fair|excellent|easy|very good))", re.IGNORECASE
    ),
}
FEWEST = 3
"""Levels of a scale; two are a yes and a no."""

LEANS_UP = N_(
    "The scale leans to the good side: %(good)s good levels, %(bad)s bad. Results look better than people "
    "mean."
)
LEANS_DOWN = N_(
    "The scale leans to the bad side: %(good)s good levels, %(bad)s bad. Results look worse than people mean."
)
BALANCE = N_("Give both sides as many levels, unless a decision prescribes this scale.")
NO_MIDDLE = N_("The scale has no middle: people without a leaning must take a side or skip.")
MIDDLE_LEVEL = N_("Add a level such as “Bình thường” in the middle, unless a decision prescribes this scale.")
NO_WAY_OUT = N_(
    "An answer is needed, but nothing is there for people who cannot know: they will choose at random."
)
WAY_OUT = N_("Add “Không biết” or “Không áp dụng” (marked as no answer), or let the question be left blank.")


@dataclass(frozen=True)
class Listed:
    """A list of levels where it is written: a scale, or a question with levels of its own."""

    place: str
    choices: Sequence[Choice]
    demanded: bool


def scale_hints(questionnaire: Questionnaire) -> Iterator[Hint]:
    for listed in _lists(questionnaire):
        yield from _balance(listed, questionnaire.languages)
        yield from _way_out(listed, questionnaire.languages)


def _lists(questionnaire: Questionnaire) -> Iterator[Listed]:
    """Scales that questions use, then the questions of the kinds that rate with levels of their own."""
    questions = list(questionnaire.questions())
    for scale in questionnaire.scales:
        users = [question for question in questions if question.scale == scale.code]
        if users:
            yield Listed(scale.code, scale.choices, any(map(_demands_judgement, users)))
    for question in questions:
        if question.scale is None and question.kind in ("scale", "matrix"):
            yield Listed(question.code, question.choices, _demands_judgement(question))


def _demands_judgement(question: Question) -> bool:
    """Whether an answer must be given to what feeds a criterion or factor."""
    return question.required and any(item.criterion or item.factor for item in question.items())


def _balance(listed: Listed, languages: Sequence[str]) -> Iterator[Hint]:
    """Leaning and middle, where every level can be told good, middle or bad in one of the languages."""
    for language in languages:
        words = [choice.text.get(language, "") for choice in levels(listed.choices)]
        sides = [_side(word, language) for word in words]
        if len(sides) < FEWEST or 0 in map(len, sides):
            continue
        good, bad, middle = (sides.count(side) for side in ("good", "bad", "middle"))
        quoted = " / ".join(words)
        if good != bad:
            why = LEANS_UP if good > bad else LEANS_DOWN
            yield hint(listed.place, "leaning", language, quoted, why, BALANCE, good=good, bad=bad)
        elif not middle:
            yield hint(listed.place, "no_middle", language, quoted, NO_MIDDLE, MIDDLE_LEVEL)
        return


def _side(words: str, language: str) -> str:
    """On which side of the middle a level is; blank where its words do not tell."""
    tests = {"middle": MIDDLE, "bad": NEGATIVE, "good": POSITIVE}
    sides = (side for side, test in tests.items() if language in test and test[language].search(words))
    return next(sides, "")


def _way_out(listed: Listed, languages: Sequence[str]) -> Iterator[Hint]:
    if listed.demanded and listed.choices and all(choice.missing is None for choice in listed.choices):
        language = next(iter(languages), "vi")
        quoted = " / ".join(choice.text.get(language, "") for choice in listed.choices)
        yield hint(listed.place, "no_way_out", language, quoted, NO_WAY_OUT, WAY_OUT)
