"""A draft as people read it: what the page of a stored version would show, as far as it is written."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from questionnaires import Fault, examine_framework, examine_questionnaire
from questionnaires.check_framework import MOST_DECIMALS
from questionnaires.framework import Framework
from questionnaires.schema import Questionnaire
from survey.builder import terms
from survey.builder.covering import STATES, covering, newest_questionnaires, of_group
from survey.builder.drafts.places import anchor, place_in_words, place_of_fault
from survey.builder.form_view import sections, weighed_criteria
from survey.builder.tree import band_in_words, figures, lines
from survey.language import text
from survey.models import DefinitionDraft


@dataclass(frozen=True)
class PlacedFault:
    """A fault with the part it is in, in words, and that part's element on the review page."""

    fault: Fault
    place: str
    words: str
    anchor: str


@dataclass(frozen=True)
class Shown:
    """A draft to read: `places` are the parts that stand on the page, `context` is for its template."""

    faults: tuple[PlacedFault, ...]
    places: frozenset[str]
    context: Mapping[str, Any]


def shown(draft: DefinitionDraft) -> Shown:
    faults, places, context = VIEWS[draft.kind](draft)
    return Shown(tuple(placed(fault, draft, places) for fault in faults), places, context)


def placed(fault: Fault, draft: DefinitionDraft, places: frozenset[str]) -> PlacedFault:
    place = place_of_fault(fault.place, draft.content)
    return PlacedFault(fault, place, place_in_words(place), anchor(place) if place in places else "")


def title_of(content: Mapping[str, Any]) -> str:
    """A draft's title in the language of the page, whatever stands in its place; else its code."""
    title = content.get("title")
    if isinstance(title, Mapping):
        title = text({language: str(words) for language, words in title.items() if words})
    return title if isinstance(title, str) and title else str(content.get("code") or "–")


Seen = tuple[tuple[Fault, ...], frozenset[str], dict[str, Any]]


def show_framework(draft: DefinitionDraft) -> Seen:
    framework, faults = examine_framework(draft.content)
    framework = with_decimals(framework)
    context = {
        "framework": framework,
        "figures": figures(framework),
        "lines": lines(framework, newest_questionnaires()),
        "bands": [(band, band_in_words(framework, band)) for band in framework.bands],
        "terms": terms,
    }
    return faults, frozenset(f"node:{node.code}" for node in framework.nodes), context


def with_decimals(framework: Framework) -> Framework:
    """The framework with a number of decimals that figures can be written with."""
    return replace(framework, decimals=min(max(framework.decimals, 0), MOST_DECIMALS))


def show_questionnaire(draft: DefinitionDraft) -> Seen:
    questionnaire, faults = examine_questionnaire(draft.content)
    places = {f"section:{section.code}" for section in questionnaire.sections}
    places |= {f"question:{question.code}" for question in questionnaire.questions()}
    context = {"questionnaire": questionnaire, "sections": sections(questionnaire), "criteria": {}}
    if draft.framework_version and not faults:
        context |= against(questionnaire, draft.framework_version.framework)
    return faults, frozenset(places), context


def against(questionnaire: Questionnaire, framework: Framework) -> dict[str, Any]:
    """What a questionnaire without faults gives the framework that it is to cover."""
    found = of_group(covering(framework, [questionnaire]), questionnaire.group)
    return {"criteria": weighed_criteria(questionnaire, framework), "covering": found, "states": STATES}


VIEWS: dict[str, Callable[[DefinitionDraft], Seen]] = {
    "framework": show_framework,
    "questionnaire": show_questionnaire,
}
