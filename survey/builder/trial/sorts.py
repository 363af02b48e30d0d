"""Every page of a trial stands twice: below a draft and below a stored version, for those who may read it.

The pages that people answer on are shown here as they are. They name one another within their own blueprint,
by the `slug` of what is answered: here that is the number of the draft or version.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Any

from flask import Blueprint, make_response, request
from flask.typing import ResponseReturnValue

from survey.access import roles
from survey.builder.blueprint import READERS
from survey.builder.drafts.life import REVIEWERS, WRITERS
from survey.builder.drafts.storing import found
from survey.builder.trial.subject import Tried, of_draft, of_version
from survey.db import db
from survey.models import QuestionnaireVersion
from survey.security import let_own_pages_frame

Page = Callable[..., ResponseReturnValue]


@dataclass(frozen=True)
class Sort:
    """What can be tried: the address below which its pages stand, who opens them, how it is found."""

    noun: str
    root: str
    readers: tuple[str, ...]
    find: Callable[[int], Tried]
    pages: Blueprint


def draft_tried(draft_id: int) -> Tried:
    return of_draft(found(draft_id, "questionnaire"))


def version_tried(version_id: int) -> Tried:
    return of_version(db.get_or_404(QuestionnaireVersion, version_id))


SORTS = (
    Sort(
        "draft",
        "/questionnaires/drafts/{}/try",
        (*WRITERS, *REVIEWERS),
        draft_tried,
        Blueprint("draft_trial", __name__),
    ),
    Sort(
        "version",
        "/questionnaires/{}/try",
        READERS,
        version_tried,
        Blueprint("version_trial", __name__),
    ),
)


def page(rule: str, *methods: str, framed: bool = False) -> Callable[[Page], Page]:
    """Show a view, which takes what is tried, at `rule` below each sort.

    A `framed` page may stand inside other pages of this site.
    """

    def register(view: Page) -> Page:
        for sort in SORTS:
            opened = roles(*sort.readers)(opening(sort, view, framed))
            sort.pages.add_url_rule(rule, view_func=opened, methods=methods or ("GET",))
        return view

    return register


def opening(sort: Sort, view: Page, framed: bool) -> Page:
    @wraps(view)
    def open_page(slug: int, **values: Any) -> ResponseReturnValue:
        response = make_response(view(sort.find(slug), **values))
        return let_own_pages_frame(response) if framed else response

    return open_page


def result_address(tried: Tried, leaf: str) -> str:
    """The address of a page of the trial, for a job that has no request."""
    root = next(sort.root for sort in SORTS if tried.name.startswith(sort.noun))
    return f"{root.format(tried.id)}/{leaf}"


def same_address() -> dict[str, Callable[[], str]]:
    """Every address here can be opened, so choosing a language keeps the place after a POST too."""
    return {"this_page": lambda: request.full_path.rstrip("?")}


for each in SORTS:
    each.pages.context_processor(same_address)
