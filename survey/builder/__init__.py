"""Frameworks and questionnaires: which versions are here, what each says in plain words, writing new ones."""

from survey.builder import (  # noqa: F401 - their views register themselves
    bank,
    comparison,
    framework_pages,
    questionnaire_editor,
    questionnaire_pages,
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

__all__ = ["blueprint"]
