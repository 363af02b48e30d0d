"""Every check of definitions: of a questionnaire, of a framework, and of what they leave unasked together."""

from questionnaires.check_framework import check_framework
from questionnaires.check_questionnaire import check_questionnaire
from questionnaires.coverage import Coverage, coverage

__all__ = ["Coverage", "check_framework", "check_questionnaire", "coverage"]
