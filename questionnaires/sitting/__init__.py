"""One person rates several units in one sitting: deputies and leaders judge many by the same criteria.

    sitting_faults(questionnaire)              before a survey is opened: what cannot be asked this way
    for_units(questionnaire, units)            what the person fills in: a matrix over the units per item
    by_unit(questionnaire, units, answers)     unit → answers to the questionnaire itself
    units_rated(questionnaire, units, answers, today=…)    unit → how many items have a level, of how many

Asked once per unit: questions with `unit_of_rating` whose kind is rated by levels (one answer, scale, matrix)
and that do not describe the respondent. All else, open questions with `unit_of_rating` too, is asked once and
stands in the record of every unit that was rated.
"""

from questionnaires.sitting.expanding import for_units
from questionnaires.sitting.rated import Units, is_per_unit, rates_units, sitting_faults
from questionnaires.sitting.splitting import UnitRated, by_unit, units_rated

__all__ = [
    "UnitRated",
    "Units",
    "by_unit",
    "for_units",
    "is_per_unit",
    "rates_units",
    "sitting_faults",
    "units_rated",
]
