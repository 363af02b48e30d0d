"""Signals that an answer may have been given without care: for the analyst to look at, never to delete by.

    too_fast(items_answered, seconds)                  when a form comes in
    straight_lining(questionnaire, answers)            one level all the way down
    same_text(questionnaire, records)                  the same words in several responses
    signals_of(questionnaire, records, stored)         all of them, with what was noted when forms came in

Every signal has honest reasons too: who is content with everything ticks one level, who is asked by a
colleague repeats a common phrase. So each comes with its evidence. It loads no library of statistics.
"""

from questionnaires.quality.report import SAME_TEXT, STRAIGHT_LINING, SignalReport, signals_of
from questionnaires.quality.speed import SECONDS_PER_ITEM, too_fast
from questionnaires.quality.straight import LongString, StraightLine, long_strings, straight_lining
from questionnaires.quality.texts import SameText, same_text

__all__ = [
    "SAME_TEXT",
    "SECONDS_PER_ITEM",
    "STRAIGHT_LINING",
    "LongString",
    "SameText",
    "SignalReport",
    "StraightLine",
    "long_strings",
    "same_text",
    "signals_of",
    "straight_lining",
    "too_fast",
]
