"""From answers to estimates, sub-scores, index and report. Works without the web application."""

from analysis.comparison.chisquare import chisq
from analysis.comparison.goodness import goodness_of_fit
from analysis.comparison.multiple import adjust_p, pairwise
from analysis.comparison.ranktest import RankTest, ranktest
from analysis.comparison.result import ChiSquareTest
from analysis.comparison.stack import stack_waves
from analysis.comparison.ttest import TTest, ttest
from analysis.comparison.waves import compare_waves, wave_changes
from analysis.engines import FrameSource, ParquetSource, ShardSource, SourceDesign
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
from analysis.models.drivers import Drivers, drivers
from analysis.models.fit import Fit
from analysis.models.regression import regress
from analysis.models.term_tests import TermTest, term_test
from analysis.ranks.intervals import rank_intervals
from analysis.ranks.neighbours import indistinguishable_groups, neighbour_pairs
from analysis.ranks.probabilities import place_probabilities, rank_probabilities
from analysis.replication.replicate import replicate
from analysis.samples.allocation import allocate
from analysis.samples.multistage import select_multistage, select_stage
from analysis.samples.probabilities import inclusion_probabilities
from analysis.samples.sampford import sampford_joint_probabilities
from analysis.samples.selection import select_pps, select_sampford, select_simple, select_systematic
from analysis.samples.size import (
    margin_of_error,
    sample_size,
    sample_size_by_margin,
    sample_size_for_difference,
    sample_size_for_mean,
    sample_sizes,
)
from analysis.samples.stage import SelectionStage
from analysis.samples.stratified import select_by_stratum
from analysis.scales.alpha import Alpha, cronbach_alpha
from analysis.scales.components import Components, principal_components
from analysis.scales.confirmation import FactorCheck, factor_check
from analysis.scales.exploration import Exploration, explore_factors, number_of_factors
from analysis.scales.omega import Omega, omega
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
    "Alpha",
    "ChiSquareTest",
    "Components",
    "CrossTable",
    "Design",
    "DesignError",
    "Drivers",
    "Estimate",
    "Exploration",
    "FactorCheck",
    "Fit",
    "FrameSource",
    "Omega",
    "ParquetSource",
    "RankTest",
    "SelectionStage",
    "ShardSource",
    "SourceDesign",
    "TTest",
    "TermTest",
    "WeightStep",
    "__version__",
    "adjust_nonresponse",
    "adjust_p",
    "allocate",
    "base_weights",
    "calibrate",
    "chisq",
    "compare_waves",
    "contrast",
    "correlation",
    "cronbach_alpha",
    "crosstable",
    "domain_means",
    "drivers",
    "explore_factors",
    "factor_check",
    "factors_of",
    "geometric",
    "goodness_of_fit",
    "inclusion_probabilities",
    "indistinguishable_groups",
    "margin_of_error",
    "mean",
    "neighbour_pairs",
    "number_of_factors",
    "omega",
    "pairwise",
    "place_probabilities",
    "poststratify",
    "principal_components",
    "proportion",
    "quantile",
    "rake",
    "rank_intervals",
    "rank_probabilities",
    "ranktest",
    "ratio",
    "regress",
    "reliability_table",
    "replicate",
    "sampford_joint_probabilities",
    "sample_size",
    "sample_size_by_margin",
    "sample_size_for_difference",
    "sample_size_for_mean",
    "sample_sizes",
    "scale",
    "select_by_stratum",
    "select_multistage",
    "select_pps",
    "select_sampford",
    "select_simple",
    "select_stage",
    "select_systematic",
    "stack_waves",
    "standardise",
    "term_test",
    "total",
    "trim",
    "ttest",
    "variance",
    "wave_changes",
]
