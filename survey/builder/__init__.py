"""Frameworks and questionnaires: which versions are here, what each says in plain words, writing new ones."""

from survey.builder import (  # noqa: F401 - their views register themselves
    bank,
    comparison,
    framework_editor,
    framework_pages,
    questionnaire_editor,
    questionnaire_pages,
    trial,
)
from survey.builder.blueprint import blueprint
from survey.builder.drafts import (  # noqa: F401
    begin_pages,
    comment_pages,
    history_pages,
    life_pages,
    list_pages,
    overtaken_page,
    review_pages,
)
from survey.builder.exchange import confirm_pages, copy_pages  # noqa: F401

__all__ = ["blueprint"]
