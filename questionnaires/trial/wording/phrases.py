"""Phrases that lead, that know no exception, or that only offices use: found word for word."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from questionnaires.faults import N_
from questionnaires.trial.wording.hint import Hint
from questionnaires.trial.wording.passages import ASKING, HINT, INTRO, Passage

WORD = r"(?<!\w)(?:{})(?!\w)"


@dataclass(frozen=True)
class Phrase:
    """A pattern and, where the language has them, plain words to write instead."""

    pattern: re.Pattern[str]
    plain: str = ""


def phrase(pattern: str, plain: str = "") -> Phrase:
    return Phrase(re.compile(WORD.format(pattern), re.IGNORECASE), plain)


@dataclass(frozen=True)
class PhraseRule:
    """Phrases of one kind: the parts of a questionnaire they are looked for in, and what to say of them."""

    name: str
    parts: tuple[str, ...]
    phrases: Mapping[str, tuple[Phrase, ...]]
    why: str
    instead: str
    groups: tuple[str, ...] = ()
    """The respondents it is for; none: all."""

    def hints(self, passage: Passage, group: str) -> Iterator[Hint]:
        if passage.part not in self.parts or (self.groups and group not in self.groups):
            return
        for one in self.phrases.get(passage.language, ()):
            if found := one.pattern.search(passage.text):
                yield passage.hint(self.name, found[0], self.why, self.instead, plain=one.plain)
                return


LEADING = PhraseRule(
    "leading",
    ASKING,
    {
        "vi": (
            phrase(r"có đồng ý (rằng|là|với (nhận định|ý kiến) (rằng|là))"),
            phrase(r"^có phải|có phải (là|rằng)"),
            phrase(r"(đúng|phải) không(?=\s*\?)"),
            phrase(r"chắc chắn (rằng|là|sẽ)|hẳn là|hiển nhiên|rõ ràng là|tất nhiên"),
            phrase(r"ai cũng (biết|thấy|thừa nhận)|như (chúng ta|ông/bà|mọi người|quý vị) (đều |đã )+biết"),
            phrase(r"chẳng lẽ|lẽ nào|phải chăng|không (thấy|nghĩ) rằng"),
            phrase(r"(rất|cực kỳ|vô cùng) (tốt|kém|tệ|tồi|hiệu quả|thuận lợi|tận tình|phiền hà)"),
            phrase(r"(hài lòng|tốt) như thế nào"),
        ),
        "en": (
            phrase(r"(do|would) you (not )?agree that|don['’]t you (agree|think|feel)"),
            phrase(r"isn['’]t it|surely|obviously|of course|everybody knows|as you know"),
            phrase(r"(very|extremely) (good|bad|poor|helpful|efficient)|excellent"),
        ),
    },
    N_("These words lead people towards an answer."),
    N_("Ask openly and let the choices carry the judgement: “How do you rate …?”, “To what extent …?”."),
)

ABSOLUTE = PhraseRule(
    "absolute",
    ASKING,
    {
        "vi": (
            phrase(r"luôn luôn|luôn|lúc nào cũng|không bao giờ|chưa bao giờ"),
            phrase(r"tất cả (mọi|các)|mọi lúc|mọi nơi|mọi trường hợp|100 ?%|tuyệt đối"),
        ),
        "en": (phrase(r"always|never|every time|at all times|absolutely"),),
    },
    N_("Few things are without exception: people who know one exception cannot say yes."),
    N_("Leave the word out, or ask how often and offer choices from seldom to always."),
)

OFFICIALESE = PhraseRule(
    "officialese",
    (*ASKING, HINT, INTRO),
    {
        "vi": (
            phrase("thụ lý", "tiếp nhận, giải quyết"),
            phrase("triển khai thực hiện|tổ chức thực hiện|tiến hành thực hiện", "thực hiện"),
            phrase("tiến hành", "làm"),
            phrase("thực hiện việc", "bỏ, dùng thẳng động từ"),
            phrase("cầu thị", "sẵn sàng lắng nghe, sửa đổi"),
            phrase("tham mưu", "đề xuất, soạn thảo"),
            phrase("quán triệt", "phổ biến, nắm rõ"),
            phrase("nêu trên|nói trên|dưới đây nêu", "tên cụ thể của nội dung"),
            phrase("hiện hành", "đang áp dụng"),
            phrase("hữu quan", "liên quan, có liên quan"),
            phrase("nâng cao (hiệu lực|hiệu quả|chất lượng)", "làm tốt hơn"),
            phrase("công tác (?=tiếp nhận|giải quyết|trả|hướng dẫn|tuyên truyền|phục vụ)", "việc"),
            phrase("hành vi nhũng nhiễu|nhũng nhiễu", "gây khó khăn để đòi tiền, quà"),
            phrase("tổ chức, cá nhân có nhu cầu", "người cần làm thủ tục"),
            phrase("cơ chế một cửa liên thông", "nộp và nhận kết quả tại một nơi"),
        ),
        "en": (
            phrase("aforementioned|above-mentioned", "the thing by its name"),
            phrase("utili[sz]e", "use"),
            phrase("pursuant to|in accordance with", "under, by"),
            phrase("prior to", "before"),
        ),
    },
    N_("These are words of offices; many people outside do not use them."),
    N_("Plainer: %(plain)s."),
    groups=("citizen", "business"),
)

PHRASE_RULES = (LEADING, ABSOLUTE, OFFICIALESE)
