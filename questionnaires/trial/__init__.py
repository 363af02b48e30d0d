"""Trying a questionnaire before anybody answers it: its paths, the time it takes, its wording.

walk(questionnaire)             random answers on every path: what is never asked, what nobody can answer
answering_time(questionnaire)   seconds, with every assumption they rest on
wording_hints(questionnaire)    long, double, leading and other wordings that people stumble over
"""

from questionnaires.trial.finding import Finding
from questionnaires.trial.pace import PACE, Assumption, Pace, Spread
from questionnaires.trial.timing import Estimate, answering_time
from questionnaires.trial.walking import Length, Route, Walk, walk
from questionnaires.trial.wording import Hint, wording_hints

__all__ = [
    "PACE",
    "Assumption",
    "Estimate",
    "Finding",
    "Hint",
    "Length",
    "Pace",
    "Route",
    "Spread",
    "Walk",
    "answering_time",
    "walk",
    "wording_hints",
]
