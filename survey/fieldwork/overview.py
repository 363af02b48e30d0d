"""How far a round is: the chain from framework to report, each step with its state."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from flask import url_for
from flask_babel import gettext, ngettext

from questionnaires.faults import N_
from survey.builder.tree import figures
from survey.fieldwork.round_facts import Facts
from survey.language import localdate, number, percent

STATES = {
    "done": (N_("done"), "green"),
    "going": (N_("under way"), "blue"),
    "waiting": (N_("not begun"), "grey"),
    "attention": (N_("needs attention"), "orange"),
}


@dataclass(frozen=True)
class Step:
    """One link of the chain. `addresses`: words → where they lead."""

    title: str
    state: str
    sentence: str
    addresses: Mapping[str, str] = field(default_factory=dict)


def steps(facts: Facts) -> list[Step]:
    return [step(facts) for step in STEPS]


def whole(count: int) -> str:
    return number(count, 0)


def framework_step(facts: Facts) -> Step:
    version = facts.round.framework_version
    counted = figures(version.framework)
    sentence = gettext(
        "%(evidence)s criteria by evidence, %(survey)s by survey; %(points)s points.",
        evidence=counted.evidence_leaves,
        survey=counted.survey_leaves,
        points=number(counted.points),
    )
    address = url_for("builder.show_framework", version_id=version.id, round=facts.round.id)
    return Step(
        gettext("Framework"),
        "done" if counted.adds_up else "attention",
        sentence,
        {gettext("Look at the framework"): address},
    )


def unit_step(facts: Facts) -> Step:
    sentence = ngettext("%(num)d unit.", "%(num)d units.", facts.units)
    address = url_for("fieldwork.choose_members", round_id=facts.round.id)
    return Step(
        gettext("Units"),
        "done" if facts.units else "waiting",
        sentence,
        {gettext("Choose the units"): address},
    )


def survey_step(facts: Facts) -> Step:
    sentence = ngettext("%(num)d survey.", "%(num)d surveys.", len(facts.surveys))
    if facts.covering.unasked:
        sentence += " " + ngettext(
            "%(num)d criterion lacks answers of a group that counts.",
            "%(num)d criteria lack answers of a group that counts.",
            facts.covering.unasked,
        )
    elif facts.surveys:
        sentence += " " + gettext("Every criterion by survey is asked of everybody who counts.")
    state = "waiting" if not facts.surveys else "done" if facts.covering.is_complete else "attention"
    framework_id = facts.round.framework_id
    coverage = url_for("builder.show_framework", version_id=framework_id, round=facts.round.id)
    addresses = {
        gettext("New survey"): url_for("fieldwork.new_survey", round_id=facts.round.id),
        gettext("Who is asked about what"): f"{coverage}#coverage",
    }
    return Step(gettext("Surveys"), state, sentence, addresses)


def sample_step(facts: Facts) -> Step:
    lacking = [survey.code for survey in facts.surveys if not facts.sizes.get(survey.id)]
    selected = sum(size.selected for size in facts.sizes.values())
    sentence = gettext("%(selected)s people chosen.", selected=whole(selected))
    if lacking:
        sentence += " " + gettext("Without a sample: %(surveys)s.", surveys=", ".join(lacking))
    state = "waiting" if not facts.sizes else "attention" if lacking else "done"
    return Step(gettext("Samples"), state, sentence)


def answer_step(facts: Facts) -> Step:
    answers = sum(facts.answers.values())
    selected = sum(size.selected for size in facts.sizes.values())
    sentence = gettext("%(answers)s answers.", answers=whole(answers))
    if selected:
        uninvited = sum(facts.by_open_link.values())
        sentence = gettext(
            "%(answers)s answers of %(selected)s people chosen (%(rate)s).",
            answers=whole(answers - uninvited),
            selected=whole(selected),
            rate=percent(100 * (answers - uninvited) / selected, 1),
        )
        if uninvited:
            sentence += " " + gettext("By the open link: %(answers)s more.", answers=whole(uninvited))
    all_closed = facts.surveys and all(survey.state == "closed" for survey in facts.surveys)
    state = "waiting" if not answers else "done" if all_closed else "going"
    return Step(gettext("Answers"), state, sentence)


def evidence_step(facts: Facts) -> Step:
    expected, self_scored, appraised = facts.evidence
    sentence = gettext(
        "%(appraised)s of %(expected)s appraised; %(self_scored)s self-scored.",
        appraised=whole(appraised),
        expected=whole(expected),
        self_scored=whole(self_scored),
    )
    is_done = expected and appraised >= expected
    state = "done" if is_done else "going" if self_scored or appraised else "waiting"
    address = f"/rounds/{facts.round.id}/scores"
    return Step(gettext("Evidence scores"), state, sentence, {gettext("Look at the scores"): address})


def run_step(facts: Facts) -> Step:
    runs = facts.runs
    sentence = ngettext("%(num)d run.", "%(num)d runs.", runs.number)
    if runs.last:
        sentence += " " + gettext("The last one: %(moment)s.", moment=localdate(runs.last))
    address = f"/rounds/{facts.round.id}/runs"
    return Step(
        gettext("Runs"),
        "done" if runs.number else "waiting",
        sentence,
        {gettext("Look at the runs"): address},
    )


def report_step(facts: Facts) -> Step:
    if not facts.runs.published:
        return Step(gettext("Publication"), "waiting", gettext("Nothing is published yet."))
    sentence = gettext("Published %(moment)s.", moment=localdate(facts.runs.published))
    address = f"/results/{facts.round.code}"
    return Step(gettext("Publication"), "done", sentence, {gettext("Look at what the public sees"): address})


STEPS: Sequence[Callable[[Facts], Step]] = (
    framework_step,
    unit_step,
    survey_step,
    sample_step,
    answer_step,
    evidence_step,
    run_step,
    report_step,
)
