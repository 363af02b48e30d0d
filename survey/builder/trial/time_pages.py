"""The time a questionnaire takes to answer, with everything the estimate rests on."""

from __future__ import annotations

from flask import render_template
from flask_babel import gettext, ngettext

from questionnaires.faults import N_
from questionnaires.trial import Walk, answering_time, walk
from survey.builder.trial.sorts import page
from survey.builder.trial.subject import Tried
from survey.builder.trial.walk_job import last_walk

SHORT_WALK = 200
LONGEST_IN_SECONDS = 90
WHOLE = N_("%(minutes)s minutes")
AND_A_HALF = N_("%(minutes)s½ minutes")


@page("/time")
def time(tried: Tried) -> str:
    ways, languages = ways_of(tried), tried.presentable.questionnaire.languages
    return render_template(
        "builder/trial/time.html",
        tried=tried,
        estimates={each: answering_time(tried.questionnaire, ways, language=each) for each in languages},
        duration=duration,
    )


def ways_of(tried: Tried) -> Walk:
    """The ways of the last walk where that still holds, else those of a short one."""
    walked = last_walk(tried)
    return walked.walk if walked and walked.is_of(tried) else walk(tried.questionnaire, SHORT_WALK)


def duration(seconds: float) -> str:
    """A time as people say it, no finer than an estimate is: to five seconds, or to half a minute."""
    if seconds < LONGEST_IN_SECONDS:
        return ngettext("%(num)d second", "%(num)d seconds", 5 * max(round(seconds / 5), 1))
    minutes, half = divmod(round(seconds / 30), 2)
    return gettext(AND_A_HALF if half else WHOLE) % {"minutes": minutes}
