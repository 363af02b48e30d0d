"""The questionnaire builder: sections and questions, scales, factors, routes, and what is still to do."""

from survey.builder.questionnaire_editor import (  # noqa: F401 - their views register themselves
    asking_pages,
    expression_pages,
    factor_pages,
    head_pages,
    outline_pages,
    question_pages,
    scale_pages,
    section_pages,
)
