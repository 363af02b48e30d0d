"""From answers to estimates, sub-scores, index and report. Works without the web application."""

from analysis.estimation.contrasts import contrast, geometric
from analysis.estimation.crosstable import CrossTable, crosstable
from analysis.estimation.design import Design
from analysis.estimation.design_error import DesignError
from analysis.estimation.estimate import Estimate
from analysis.estimation.estimates import domain_means, mean, ratio, total
from analysis.estimation.proportions import proportion
from analysis.estimation.quantiles import quantile
from analysis.estimation.spread import correlation, variance
from analysis.estimation.weightsteps import WeightStep
from analysis.replication.replicate import replicate
from analysis.scales.alpha import cronbach_alpha
from analysis.scales.components import principal_components
from analysis.scales.confirmation import factor_check
from analysis.scales.exploration import explore_factors, number_of_factors
from analysis.scales.omega import omega
from analysis.scales.reliability import factors_of, reliability_table
from analysis.version import __version__
from analysis.weighting.base import base_weights
from analysis.weighting.calibrating import calibrate
from analysis.weighting.nonresponse import adjust_nonresponse
from analysis.weighting.poststratification import poststratify
from analysis.weighting.raking import rake
from analysis.weighting.standardising import standardise
from analysis.weighting.trimming import scale, trim

__all__ = [
    "CrossTable",
    "Design",
    "DesignError",
    "Estimate",
    "WeightStep",
    "__version__",
    "adjust_nonresponse",
    "base_weights",
    "calibrate",
    "contrast",
    "correlation",
    "cronbach_alpha",
    "crosstable",
    "domain_means",
    "explore_factors",
    "factor_check",
    "factors_of",
    "geometric",
    "mean",
    "number_of_factors",
    "omega",
    "poststratify",
    "principal_components",
    "proportion",
    "quantile",
    "rake",
    "ratio",
    "reliability_table",
    "replicate",
    "scale",
    "standardise",
    "total",
    "trim",
    "variance",
]
