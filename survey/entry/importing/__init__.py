"""Forms keyed elsewhere: a template to fill, and files that are stored whole or not at all."""

from survey.entry.importing import job, pages  # noqa: F401 - the job and the views register themselves
from survey.entry.importing.storing import find_survey

__all__ = ["find_survey"]
