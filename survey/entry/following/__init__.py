"""Where the paper is: a form by its number, the forms of a batch, a survey's forms by state and by person."""

from survey.entry.following import (  # noqa: F401 - their views register themselves
    batch_pages,
    form_deeds,
    form_pages,
    survey_page,
)
