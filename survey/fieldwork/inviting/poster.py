"""What a poster says, in Vietnamese and English; not yet how it looks."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from questionnaires.schema import Text, in_language
from survey.collection import minutes_of
from survey.fieldwork.inviting.places import as_typed, survey_address
from survey.models import Survey, Unit

GENERAL = ""
"""The unit of a poster that hangs anywhere: people choose the unit they rate."""


@dataclass(frozen=True)
class Both:
    """The same in Vietnamese and, smaller below it, in English."""

    vi: str
    en: str

    def __mod__(self, values: Mapping[str, object]) -> Both:
        return Both(self.vi % values, self.en % values)


ASKED_ABOUT = Both("Mời Ông/Bà đánh giá sự phục vụ của", "Please rate the service of")
ASKED = Both("Mời Ông/Bà cho ý kiến", "Please tell us what you think")
SCAN = Both("Quét mã bằng máy ảnh điện thoại hoặc Zalo", "Scan with the camera of your phone, or with Zalo")
TYPE = Both("hoặc gõ địa chỉ này vào trình duyệt", "or type this address into your browser")
TAKES = Both("Khoảng %(minutes)s phút", "About %(minutes)s minutes")
UNTIL = Both("Đến hết ngày %(vi)s", "Until %(en)s")
NAMELESS = Both("Không hỏi tên, không hỏi số điện thoại", "No name, no phone number is asked")
WITH_DOSSIER = Both(
    "Cần có số hồ sơ ghi trên giấy tiếp nhận", "You need the number on the receipt for your dossier"
)
ASKER = Both("Cơ quan khảo sát: %(contact)s", "Who asks: %(contact)s")
SYNTHETIC = Both("Dữ liệu mô phỏng, không phải khảo sát thật", "Synthetic data, not a real survey")


@dataclass(frozen=True)
class Poster:
    """`scanned` is the address in the code, `typed` the short one printed beside it."""

    headline: Both
    unit: str
    title: Both
    scanned: str
    typed: str
    facts: tuple[Both, ...]
    asker: Both | None
    notice: Both | None


def posters_of(survey: Survey, units: Iterable[Unit], general: bool) -> list[Poster]:
    """A poster for each unit; first the one that hangs anywhere, if it is wanted."""
    common = {
        "title": both(survey.questionnaire_version.questionnaire.title),
        "typed": as_typed(survey_address(survey)),
        "facts": tuple(facts_of(survey)),
        "asker": ASKER % {"contact": survey.contact} if survey.contact else None,
        "notice": SYNTHETIC if survey.round.synthetic else None,
    }
    anywhere = [Poster(ASKED, GENERAL, scanned=survey_address(survey), **common)] if general else []
    named = (
        Poster(ASKED_ABOUT, unit.name, scanned=survey_address(survey, unit.code), **common) for unit in units
    )
    return [*anywhere, *named]


def facts_of(survey: Survey) -> Iterable[Both]:
    yield TAKES % {"minutes": minutes_of(survey)}
    yield UNTIL % days(survey.closes_on)
    yield NAMELESS
    if survey.by_dossier and not survey.open_link:
        yield WITH_DOSSIER


def days(day: datetime.date) -> dict[str, str]:
    return {"vi": f"{day:%d/%m/%Y}", "en": f"{day.day} {day:%B %Y}"}


def both(text: Text) -> Both:
    return Both(in_language(text, "vi"), in_language(text, "en"))
