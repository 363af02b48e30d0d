"""Words that LimeSurvey shows of its own accord, and so leaves out of what it exports."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

YES_NO = {"Y": {"vi": "Có", "en": "Yes"}, "N": {"vi": "Không", "en": "No"}}
GENDER = {"F": {"vi": "Nữ", "en": "Female"}, "M": {"vi": "Nam", "en": "Male"}}
UNCERTAIN = {
    "Y": {"vi": "Có", "en": "Yes"},
    "U": {"vi": "Không chắc chắn", "en": "Uncertain"},
    "N": {"vi": "Không", "en": "No"},
}
CHANGE = {
    "I": {"vi": "Tăng", "en": "Increase"},
    "S": {"vi": "Không đổi", "en": "Same"},
    "D": {"vi": "Giảm", "en": "Decrease"},
}
OTHER = {"vi": "Khác", "en": "Other"}
SPECIFY = {"vi": "Xin ghi rõ", "en": "Please specify"}
COMMENT = {"vi": "Ý kiến thêm", "en": "Comment"}

AT_LEAST = {"vi": "Số nhỏ nhất là {least}.", "en": "The least is {least}."}
AT_MOST = {"vi": "Số lớn nhất là {most}.", "en": "The most is {most}."}
CHOOSE_LEAST = {"vi": "Chọn ít nhất {least}.", "en": "Choose {least} or more."}
CHOOSE_MOST = {"vi": "Chọn nhiều nhất {most}.", "en": "Choose {most} at most."}


def points(count: int) -> dict[str, Mapping[str, str]]:
    """The levels 1 to `count`, which have no other words."""
    return {str(level): {"en": str(level)} for level in range(1, count + 1)}


def spoken(words: Mapping[str, str], languages: Iterable[str], **values: object) -> dict[str, str]:
    """The words in the languages of a survey; English where we have none."""
    return {language: words.get(language, words["en"]).format(**values) for language in languages}
