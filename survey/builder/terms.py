"""The words for codes that definitions use: types of units, kinds of questions, respondent groups."""

from __future__ import annotations

import math

from flask_babel import format_decimal, gettext

from questionnaires import words
from questionnaires.coverage import GROUP_NAMES
from questionnaires.faults import N_
from survey.language import NO_FIGURE, language

UNIT_TYPES = {
    "so": N_("department (sở)"),
    "ban": N_("board (ban)"),
    "thanh_tra": N_("inspectorate (thanh tra)"),
    "van_phong": N_("office (văn phòng)"),
    "ban_quan_ly": N_("management board (ban quản lý)"),
    "phong": N_("division (phòng chuyên môn)"),
    "tinh": N_("province (tỉnh)"),
    "thanh_pho": N_("city (thành phố)"),
    "huyen": N_("district (huyện)"),
    "xa": N_("commune (xã)"),
    "phuong": N_("ward (phường)"),
    "thi_tran": N_("township (thị trấn)"),
    "dac_khu": N_("special zone (đặc khu)"),
    "bo": N_("ministry (bộ, cơ quan ngang bộ)"),
}
QUESTION_KINDS = words.QUESTION_KINDS
MISSING_WORDS = {
    "refused": N_("does not want to answer"),
    "dont_know": N_("does not know"),
    "not_applicable": N_("does not apply"),
}
ASSESSED_BY = {"evidence": N_("evidence"), "survey": N_("survey"), "none": ""}
CHANGE_KINDS = {"dropped": N_("dropped"), "renamed": N_("renamed"), "added": N_("added")}
COMBINE_WORDS = {
    "group_means": N_("Means of the groups"),
    "pooled": N_("All answers together"),
}
TIE_WORDS = {
    "shared": N_("they share a place"),
    "criterion": N_("a criterion decides"),
}


def unit_type(code: str) -> str:
    """A type of unit in words; its code where we know none."""
    return gettext(UNIT_TYPES[code]) if code in UNIT_TYPES else code


def assessed_by(code: str) -> str:
    """How a leaf is assessed; nothing for an inner node."""
    return gettext(ASSESSED_BY[code]) if ASSESSED_BY.get(code) else ""


def group(code: str) -> str:
    """A respondent group as a sentence names it; its code where a draft names one we do not know."""
    return gettext(GROUP_NAMES[code]) if code in GROUP_NAMES else code


def figure(value: float) -> str:
    """A number with the decimals it has, three at most: 4,1; a dash for none."""
    return format_decimal(value) if math.isfinite(value) else NO_FIGURE


def share(percent: float) -> str:
    """A percentage with the decimals it has: 85 %, 62,5 %; a dash for none."""
    if not math.isfinite(percent):
        return NO_FIGURE
    figure = format_decimal(percent)
    return f"{figure}\N{NO-BREAK SPACE}%" if language() == "vi" else f"{figure}%"
