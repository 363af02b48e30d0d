"""The kinds of questions in one table: how an answer is read, checked and shown, what the question needs.

KINDS["integer"].read(question, ["12"])           12
KINDS["integer"].check(question, 12.5)            what is wrong with the value, None where nothing is
KINDS["integer"].show(question, 1200, "vi")       "1.200"
"""

from questionnaires.kinds.checking import LARGEST_NUMBER, LONGEST_CODE, LONGEST_TEXT
from questionnaires.kinds.table import KINDS, Kind, is_rated

__all__ = [
    "KINDS",
    "LARGEST_NUMBER",
    "LONGEST_CODE",
    "LONGEST_TEXT",
    "Kind",
    "is_rated",
]
