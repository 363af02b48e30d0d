"""The sentences for what tables and manifests hold as keys: remarks, settings, inputs."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import Any

from flask_babel import gettext

from questionnaires.coverage import GROUP_NAMES
from questionnaires.faults import N_
from survey.builder.terms import group
from survey.language import number, percent, text
from survey.results.settings import DEFAULTS, SETTINGS
from survey.results.stored import Names

NOTES = {
    "missing_points": N_("Waits for points on: %(about)s."),
    "missing_facts": N_("Waits for the figures: %(about)s."),
    "absent_groups": N_("No answers of: %(about)s."),
    "few_answers": N_("Only %(about)s responses."),
}
INPUTS = {
    "framework": N_("Framework"),
    "units": N_("Agencies and their figures"),
    "evidence": N_("Evidence scores"),
    "questionnaire": N_("Survey %(survey)s: form"),
    "answers": N_("Survey %(survey)s: answers"),
    "strata": N_("Survey %(survey)s: sample"),
    "targets": N_("Survey %(survey)s: known population"),
}

SATISFACTION = {
    "citizen": N_("Satisfaction of citizens"),
    "business": N_("Satisfaction of businesses"),
    "official": N_("View of officials"),
    "deputy": N_("View of deputies"),
    "leader": N_("View of leaders"),
}
FURTHER = N_("and %(count)s more")
MOST_NAMED = 4
LEVEL = N_("Confidence level of intervals")
DRAWS = N_("Simulated rankings")


def note(remark: tuple[str, str], names: Names) -> str:
    """A remark of a table in words, with the names behind its codes."""
    key, about = remark
    spoken = [name_of(code, names) for code in about.split(", ")]
    if further := spoken[MOST_NAMED:]:
        spoken = [*spoken[:MOST_NAMED], gettext(FURTHER) % {"count": len(further)}]
    return gettext(NOTES[key]) % {"about": "; ".join(spoken)}


def name_of(code: str, names: Names) -> str:
    """A respondent group or criterion in words; anything else as it is."""
    return group(code) if code in GROUP_NAMES else text(names.of("node", code))


def input_name(key: str) -> str:
    """What a hash in a manifest is of: "citizen.answers" → "Survey citizen: answers"."""
    survey, _, part = key.rpartition(".")
    return gettext(INPUTS[part]) % {"survey": survey} if part in INPUTS else key


def recipe_in_words(recipe: Mapping[str, Any]) -> list[tuple[str, str]]:
    """(what is chosen, the choice) for every setting that a reader needs."""
    chosen = [
        (gettext(setting.label), setting_in_words(name, recipe[name])) for name, setting in SETTINGS.items()
    ]
    return [
        *chosen,
        (gettext(LEVEL), percent(100 * recipe["level"], 0)),
        (gettext(DRAWS), number(recipe["draws"], 0)),
    ]


def unusual(recipe: Mapping[str, Any]) -> list[tuple[str, str]]:
    """The settings that differ from the defaults."""
    return [
        (gettext(setting.label), setting_in_words(name, recipe[name]))
        for name, setting in SETTINGS.items()
        if recipe[name] != DEFAULTS[name]
    ]


def setting_in_words(name: str, value: Any) -> str:
    choices = SETTINGS[name].choices
    return gettext(choices[value]) if choices else str(value)


def survey_name(manifest: Mapping[str, Any], code: str) -> str:
    """What a survey measures, by whom it asks; with its code where several ask the same people."""
    groups = {survey["code"]: survey["group"] for survey in manifest["surveys"]}
    name = gettext(SATISFACTION[groups[code]])
    return name if list(groups.values()).count(groups[code]) == 1 else f"{name} ({code})"


def dimensions(names: Names, survey: Mapping[str, Any]) -> str:
    """The questions whose answers a survey's weights are brought in line with."""
    return "; ".join(text(names.of("item", item, survey["code"])) for item in survey["targets"])


def day(written: str) -> datetime.date:
    return datetime.date.fromisoformat(written)
