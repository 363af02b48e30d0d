"""Evidence scores: units score themselves, appraisers decide, both see who changed what."""

from survey.scoring import matrix_page, table_page, unit_page  # noqa: F401 - their views register
from survey.scoring.blueprint import blueprint

__all__ = ["blueprint"]
