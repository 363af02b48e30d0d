"""Two things judged by one answer: “polite and quick”."""

from __future__ import annotations

import re
from collections.abc import Iterator

from questionnaires.faults import N_
from questionnaires.trial.wording.hint import Hint
from questionnaires.trial.wording.passages import Passage

TWO_THINGS = N_("Two things are asked at once: whoever sees them differently cannot answer.")
ONE_THING = N_("Ask about each in a question of its own, or keep the one that matters.")

FIXED_PAIRS = {
    "vi": re.compile(
        r"ông\s*/\s*bà|anh\s*/\s*chị|(?<=\d)/(?=\d)|và/hoặc"
        r"|tiếp nhận và (trả|hẹn trả) kết quả|người dân và (doanh nghiệp|tổ chức)"
        r"|tổ chức và (cá nhân|công dân)|(cá nhân|công dân) và tổ chức"
        r"|(cán bộ|công chức|viên chức) và (công chức|viên chức|người lao động)"
        r"|phí và lệ phí|kinh phí và tài sản( công)?|thời gian và địa điểm|quyền và (nghĩa vụ|lợi ích)"
        r"|và tương đương|và (các )?(phòng|đơn vị|cơ quan) (khác|liên quan)|và ngược lại"
        r"|đất đai và (môi trường|nhà ở)|(kinh tế|văn hóa|giáo dục|khoa học|tài nguyên) và \w+ \w+"
        r"|giữa .{1,40}? và|từ .{1,30}? đến|cả .{1,30}? và",
        re.IGNORECASE,
    ),
    "en": re.compile(
        r"(?<=\d)/(?=\d)|and/or|he/she|his/her|terms and conditions|rules and regulations"
        r"|people and (businesses|organi[sz]ations)|rights and (duties|interests)"
        r"|between .{1,40}? and|both .{1,40}? and",
        re.IGNORECASE,
    ),
}
"""Pairs that are one thing, and joins that part nothing."""

JOIN = {
    "vi": re.compile(r"(?<!\w)(và|hoặc|cũng như|đồng thời|lẫn)(?!\w)|(?<=\w)\s*/\s*(?=\w)", re.IGNORECASE),
    "en": re.compile(r"(?<!\w)(and|or|as well as)(?!\w)|(?<=\w)\s*/\s*(?=\w)", re.IGNORECASE),
}
ASIDE = re.compile(r"\([^)]*\)")
CIRCUMSTANCE = re.compile(
    r"^\s*(khi|nếu|trong|tại|qua|đối với|when|if|during|at)\s[^,]*,"
    r"|(?<!\w)(do|bằng|qua|tại|theo|khi|by|in|through)\s[^,]*?(?<!\w)(hoặc|or)(?!\w)",
    re.IGNORECASE,
)
"""When, where and how, which are not judged: "khi nộp trực tiếp hoặc qua bưu chính"."""


def double_questions(passage: Passage) -> Iterator[Hint]:
    """A judgement that joins two things. In a translation the author's own language speaks for both."""
    join = JOIN.get(passage.language)
    if not (passage.rated and passage.original and join):
        return
    plain = CIRCUMSTANCE.sub("·", FIXED_PAIRS[passage.language].sub("·", ASIDE.sub("", passage.text)))
    if found := join.search(plain):
        yield passage.hint("double", _around(plain, found), TWO_THINGS, ONE_THING)


def _around(text: str, found: re.Match[str]) -> str:
    """The words on both sides of the join."""
    before, after = text[: found.start()].split()[-3:], text[found.end() :].split()[:3]
    return " ".join([*before, found[0].strip(), *after]).strip(" ?.,")
