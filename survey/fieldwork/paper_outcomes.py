"""What became of the paper forms of a survey: those no answers come of count for the response rate."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from questionnaires.faults import N_
from survey.collection.paper import BatchOutcome, outcomes_by_batch
from survey.models import Batch
from survey.models.paper import GONE_STATES

GONE_NAMES = {"spoiled": N_("spoiled"), "refused": N_("refused"), "lost": N_("lost")}


@dataclass(frozen=True)
class PaperOutcomes:
    batches: Sequence[BatchOutcome]

    def gone(self, unit_id: int) -> dict[str, int]:
        """Of a unit, the forms of which no answers come, by state."""
        of_unit = [each for each in self.batches if each.unit_id == unit_id]
        counts = {state: sum(each.count(state) for each in of_unit) for state in GONE_STATES}
        return {state: count for state, count in counts.items() if count}

    @property
    def handed_out(self) -> int:
        return sum(each.handed_out for each in self.batches)

    @property
    def answered(self) -> int:
        return sum(each.count("accepted") for each in self.batches)

    @property
    def rate(self) -> float | None:
        """Percent of the forms handed out that came back answered; those still out are not answered yet."""
        return 100 * self.answered / self.handed_out if self.handed_out else None


def paper_outcomes(survey_id: int) -> PaperOutcomes:
    return PaperOutcomes(outcomes_by_batch(Batch.survey_id == survey_id))
