"""Where the paper is: a form by its number, the forms of a batch, a survey's forms by state and by person."""

from survey.entry.following import batch_pages, form_pages, survey_page  # noqa: F401 - views register themselves
