"""Replicate weights for a design whose strata and units are known."""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal, get_args

from analysis.estimation.design import Design
from analysis.estimation.design_error import DesignError
from analysis.estimation.estimation import check_option
from analysis.estimation.replicates import Replicates
from analysis.replication.bootstrap import bootstrap, rescaling_bootstrap
from analysis.replication.half_samples import half_samples
from analysis.replication.jackknife import jackknife
from questionnaires.faults import N_

Method = Literal["jackknife", "brr", "fay", "bootstrap", "rescaling_bootstrap"]


def replicate(
    design: Design,
    method: Method,
    replicates: int = 500,
    seed: int = 1,
    rho: float = 0.3,
    mse: bool = False,
) -> Design:
    """The same sample with replicate weights, from which every variance then comes.

    "jackknife" leaves out one primary unit at a time, with finite population corrections of the first
    stage; "brr" and "fay" (with `rho`) take balanced half-samples of designs with pairs of units;
    "bootstrap" (Canty & Davison) and "rescaling_bootstrap" (Rao, Wu & Yue) draw `replicates` times, the
    same for the same `seed`. Details and sources stand with each in `analysis.replication`.

    What was done to the weights after the design was made (post-stratification, raking, calibration) is done
    again in each replicate. `mse` takes distances from the full sample's estimate, not the replicates' mean.
    A domain stays a domain. Raises DesignError.
    """
    check_option("method", method, Method)
    if design.replicates is not None:
        raise DesignError(N_("The design has replicate weights already."))
    if method == "fay" and not 0 <= rho < 1:
        raise DesignError(N_("Fay's replicates need rho, at least 0 and below 1."))
    if replicates < 2:
        raise DesignError(N_("A bootstrap needs at least two replicates."))
    makers: dict[str, Callable[[], Replicates]] = {
        "jackknife": lambda: jackknife(design, mse),
        "brr": lambda: half_samples(design, 0.0, mse),
        "fay": lambda: half_samples(design, rho, mse),
        "bootstrap": lambda: bootstrap(design, replicates, seed, mse),
        "rescaling_bootstrap": lambda: rescaling_bootstrap(design, replicates, seed, mse),
    }
    assert set(makers) == set(get_args(Method))
    return design.with_replicates(makers[method]())
