"""From answers to estimates, sub-scores, index and report. Works without the web application."""

from analysis.contrasts import contrast
from analysis.design import Design
from analysis.design_error import DesignError
from analysis.estimate import Estimate
from analysis.estimates import domain_means, mean, ratio, total
from analysis.proportions import proportion
from analysis.version import __version__
from analysis.weights import base_weights, poststratify
from analysis.weightsteps import WeightStep

__all__ = [
    "Design",
    "DesignError",
    "Estimate",
    "WeightStep",
    "__version__",
    "base_weights",
    "contrast",
    "domain_means",
    "mean",
    "poststratify",
    "proportion",
    "ratio",
    "total",
]
