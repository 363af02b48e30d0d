"""How well data were entered: error rates with their intervals, and samples by which a lot is accepted."""

from analysis.acceptance.error_rate import ErrorRate
from analysis.acceptance.sampling import SamplingPlan, acceptance_probability, find_plan

__all__ = ["ErrorRate", "SamplingPlan", "acceptance_probability", "find_plan"]
