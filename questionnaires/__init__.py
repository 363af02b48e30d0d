"""What is asked, and what it counts for: pure data and pure functions."""

from questionnaires.faults import DefinitionError, Fault
from questionnaires.parse import dump as dump_questionnaire
from questionnaires.parse import examine as examine_questionnaire
from questionnaires.parse import parse as parse_questionnaire
from questionnaires.parse_framework import dump_framework, examine_framework, parse_framework

__all__ = [
    "DefinitionError",
    "Fault",
    "dump_framework",
    "dump_questionnaire",
    "examine_framework",
    "examine_questionnaire",
    "parse_framework",
    "parse_questionnaire",
]
