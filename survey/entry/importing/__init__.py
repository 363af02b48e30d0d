"""Forms keyed elsewhere: a template to fill, and files that are stored whole or not at all."""

from survey.entry.importing.pages import find_survey

__all__ = ["find_survey"]
