"""The template: an empty workbook but for a tiny framework that shows how to write one."""

from __future__ import annotations

from typing import Any

from questionnaires.exchange.framework_sheet.marks import MARK, MARK_EN
from questionnaires.exchange.framework_sheet.writing import workbook


def words(vi: str, en: str) -> dict[str, str]:
    return {"vi": MARK + vi, "en": MARK_EN + en}


EXAMPLE: dict[str, Any] = {
    "title": words("Bộ chỉ số", "Index"),
    "scale": 100,
    "nodes": [
        {"code": "1", "title": words("Lĩnh vực thứ nhất", "First field"), "max_points": 60},
        {
            "code": "1.1",
            "title": words("Tiêu chí chấm qua tài liệu", "Criterion assessed by evidence"),
            "max_points": 40,
            "assessed_by": "evidence",
            "evidence": {"vi": "Kế hoạch, báo cáo", "en": "Plans, reports"},
            "in_charge": "Sở Nội vụ",
        },
        {
            "code": "1.2",
            "title": words("Tiêu chí hỏi người dân", "Criterion that citizens are asked about"),
            "max_points": 20,
            "assessed_by": "survey",
            "groups": {"citizen": 0.6, "business": 0.4},
            "rule": {"name": "top2_share"},
        },
        {"code": "2", "title": words("Lĩnh vực thứ hai", "Second field"), "max_points": 40},
        {
            "code": "2.1",
            "title": words("Tiêu chí tính theo ngưỡng", "Criterion with thresholds"),
            "max_points": 40,
            "assessed_by": "survey",
            "groups": {"official": 1.0},
            "rule": {"name": "thresholds", "of": "scaled_mean", "full": 80, "zero": 50},
        },
    ],
    "bands": [
        {"code": "tot", "title": words("Tốt", "Good"), "when": "${index} >= 80"},
        {"code": "chua_tot", "title": words("Chưa tốt", "Not good"), "when": "${index} < 80"},
    ],
}


def template_sheet(language: str) -> bytes:
    """An XLSX file with headings in Vietnamese ("vi") or English ("en"), with notes and drop-down lists.

    Its criteria are an example, coloured and marked as such; reading refuses what is left of them. Code,
    decision and unit types are left to fill in. English stands only in the English one: whoever writes in
    Vietnamese alone would have to delete it.
    """
    depths = [1 + node["code"].count(".") for node in EXAMPLE["nodes"]]
    example = EXAMPLE if language == "en" else in_vietnamese(EXAMPLE)
    return workbook(example, depths, language, example=True)


def in_vietnamese(value: Any) -> Any:
    """The example without its texts in English."""
    if isinstance(value, list):
        return [in_vietnamese(entry) for entry in value]
    if isinstance(value, dict):
        texts = {"vi": value["vi"]} if "vi" in value else value
        return {key: in_vietnamese(entry) for key, entry in texts.items()}
    return value
