"""Frameworks and questionnaires: which versions are here, what each says in plain words, writing new ones."""

from survey.builder import (  # noqa: F401 - their views register themselves
    framework_pages,
    questionnaire_editor,
    questionnaire_pages,
)
from survey.builder.blueprint import blueprint
from survey.builder.drafts import overtaken_page  # noqa: F401

__all__ = ["blueprint"]
