"""What is written on a citizen's paper form, line by line, and the keys that say so."""

from __future__ import annotations

from typing import Any

import questionnaires.library

CITIZEN: dict[str, tuple[Any, list[str]]] = {
    "visits": (2, ["2", "Enter"]),
    "result_received": ("yes", ["1"]),
    "on_time": ("on_time", ["2"]),
    # The result was not late, so there is no question about an apology.
    "access_signs": ("satisfied", ["4"]),
    "access_seats": ("neutral", ["3"]),
    "access_equipment": ("satisfied", ["4"]),
    "access_information": ("very_satisfied", ["5"]),
    "access_channels": ("satisfied", ["4"]),
    "procedures_public": ("satisfied", ["4"]),
    "procedures_documents": ("satisfied", ["4"]),
    "procedures_fees": ("very_satisfied", ["5"]),
    "procedures_time_limit": ("dissatisfied", ["2"]),
    "servants_polite": ("satisfied", ["4"]),
    "servants_listen": ("satisfied", ["4"]),
    "servants_answers": ("neutral", ["3"]),
    "servants_guidance": ("satisfied", ["4"]),
    "servants_compliance": ("satisfied", ["4"]),
    "results_on_time": ("satisfied", ["4"]),
    "results_complete": ("satisfied", ["4"]),
    "results_accurate": ("satisfied", ["4"]),
    "results_fair": ("satisfied", ["4"]),
    "feedback_channels": ("dont_know", ["6"]),
    "feedback_reception": ("not_applicable", ["7"]),
    "feedback_resolution": ("not_applicable", ["7"]),
    "feedback_notice": ("not_applicable", ["7"]),
    "overall_satisfaction": ("satisfied", ["4"]),
    "procedures_ease": ("satisfied", ["4"]),
    "officials_conduct": ("satisfied", ["4"]),
    "digital_services": ("neutral", ["3"]),
    "public_dialogue": ("dont_know", ["6"]),
    "gave_feedback": ("no", ["2"]),
    # No feedback was given, so there is no question about how it was handled.
    "needs": (["shorter_time", "online_services"], ["4", "8", "Enter"]),
    "comment": (None, ["Enter"]),
    "sex": ("female", ["2"]),
    "age_group": ("age_35_49", ["3"]),
    "education": ("university", ["4"]),
    "area": ("urban", ["1"]),
    "ethnicity": (None, ["."]),
}
PROFILE = ("sex", "age_group", "education", "area", "ethnicity")


def keys_of(items: list[str]) -> list[str]:
    return [key for item in items for key in CITIZEN[item][1]]


def answers_of(items: list[str]) -> dict[str, Any]:
    return {item: CITIZEN[item][0] for item in items if CITIZEN[item][0] is not None}


def of_25_items() -> dict[str, Any]:
    """The citizens' questionnaire cut down to 25 items: the visit, 18 ratings in four parts, the profile."""
    content = questionnaires.library.source("citizen-satisfaction-2024")
    parts = ("last_visit", "access", "procedures", "civil_servants", "results", "about_you")
    sections = [section for section in content["sections"] if section["code"] in parts]
    visit = sections[0]
    asked = [question for question in visit["questions"] if question["code"] in ("visits", "result_received")]
    return {**content, "code": "citizen-25", "sections": [{**visit, "questions": asked}, *sections[1:]]}
