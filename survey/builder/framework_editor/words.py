"""The words of the framework editor for what a definition says in codes."""

from questionnaires.faults import N_
from survey.builder.terms import CHANGE_KINDS as CHANGE_WORDS  # noqa: F401 - for the templates
from survey.builder.terms import COMBINE_WORDS, TIE_WORDS  # noqa: F401 - for the templates

KIND_WORDS = {
    "points": N_("points of the scale"),
    "bonus": N_("bonus"),
    "penalty": N_("penalty"),
}
KIND_HELP = {
    "points": N_("They are part of the 100 and of the percentage."),
    "bonus": N_("Added to the points that a unit obtains, never more than the points given here."),
    "penalty": N_("Taken from the points that a unit obtains, never more than the points given here."),
}
ASSESSED_WORDS = {
    "none": N_("not said yet"),
    "evidence": N_("evidence: the unit scores itself, then it is appraised"),
    "survey": N_("survey: people are asked"),
}
COMBINE_HELP = {
    "group_means": N_("Each group has its own rate; the rates are averaged with the weights above."),
    "pooled": N_("All answers of these groups count as one heap: who answers more often weighs more."),
}
READING_OF_RATE = {
    "top2_share": N_("Satisfied, in percent"),
    "scaled_mean": N_("Mean level, in percent"),
    "fact": N_("The unit's figure, in percent"),
}
GIVES = {
    "top2_share": N_("%(rate)s satisfied gives %(points)s of %(most)s points."),
    "scaled_mean": N_("A mean level of %(rate)s gives %(points)s of %(most)s points."),
    "option_weights": N_("These answers are worth %(rate)s and give %(points)s of %(most)s points."),
    "fact": N_("A figure of %(rate)s gives %(points)s of %(most)s points."),
}
"""What a preview says, by the reading of the rule."""
