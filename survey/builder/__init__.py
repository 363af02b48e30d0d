"""Frameworks and questionnaires: which versions are here, what each says in plain words, adding one."""

from survey.builder import framework_pages, questionnaire_pages  # noqa: F401 - their views register themselves
from survey.builder.blueprint import blueprint

__all__ = ["blueprint"]
