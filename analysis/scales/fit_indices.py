"""How well a factor model fits, corrected for the design.

Of F, the discrepancy at the minimum, so much is sampling error in the mean: tr(U A), A the design-based
covariance of the correlations and U what the model leaves of the weight of F (Satorra & Bentler, 1994).
Indices take it off F, as the robust RMSEA and CFI of Brosseau-Liard, Savalei & Li (2012) and
Brosseau-Liard & Savalei (2014) do; in a simple random sample of normal answers it is df / n.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy import special

from analysis.scales.structure import Discrepancy


@dataclass(frozen=True)
class Fit:
    """`chi2`: F scaled so that its mean is `df` where the model holds, with its `p`. `scaling`: by how much
    n F exceeds it; above 1 for clustered or heavy-tailed answers. `srmr`: root mean square of the residual
    correlations, diagonal included (Hu & Bentler, 1999). `rmsea` nan and `chi2` 0 where df is 0.
    """

    n: int
    discrepancy: float
    chi2: float
    df: int
    p: float
    scaling: float
    srmr: float
    rmsea: float
    cfi: float


@dataclass(frozen=True, eq=False)
class Weight:
    """Second derivatives of F about a fitted model, over pairs of items.

    `slopes`: (P, q) derivatives of the implied correlations. `full`: (P, P), F ≈ e′ full e for residuals e.
    `left`: (P, P) what remains of it when the parameters follow.
    """

    slopes: np.ndarray
    full: np.ndarray
    left: np.ndarray


def weight_of(discrepancy: Discrepancy, theta: np.ndarray) -> Weight:
    implied = discrepancy.structure.correlations(theta)
    pairs = np.triu_indices(len(implied), 1)
    full = _weight(np.linalg.inv(implied))
    slopes = discrepancy.structure.slopes(theta)[:, *pairs].T
    pulled = full @ slopes
    left = full - pulled @ np.linalg.solve(slopes.T @ pulled, pulled.T)
    return Weight(slopes, full, left)


def fit_indices(
    discrepancy: Discrepancy, theta: np.ndarray, weight: Weight, covariance: np.ndarray, n: int
) -> Fit:
    """`covariance`: (P, P) of the correlations, in the order of `np.triu_indices(p, 1)`."""
    structure, observed = discrepancy.structure, discrepancy.observed
    width = len(observed)
    value, noise = max(float(discrepancy.value(theta)), 0.0), float(np.vdot(weight.left, covariance))
    apart = -float(np.linalg.slogdet(observed)[1])  # F of items that have nothing in common
    apart_noise = float(np.trace(covariance))
    misfit, apart_misfit = max(value - noise, 0.0), max(apart - apart_noise, value - noise, 0.0)
    testable = structure.df > 0 and noise > 0
    chi2 = float(structure.df * value / noise) if testable else 0.0
    residuals = (observed - structure.correlations(theta))[np.triu_indices(width, 1)]
    return Fit(
        n=n,
        discrepancy=value,
        chi2=chi2,
        df=structure.df,
        p=float(special.chdtrc(structure.df, chi2)) if testable else np.nan,
        scaling=n * noise / structure.df if testable else np.nan,
        srmr=float(np.sqrt((residuals**2).sum() / (width * (width + 1) / 2))),
        rmsea=float(np.sqrt(misfit / structure.df)) if testable else np.nan,
        cfi=1 - misfit / apart_misfit if apart_misfit > 0 else 1.0,
    )


def _weight(inverse: np.ndarray) -> np.ndarray:
    """V with e′ V e = ½ tr((P⁻¹ E)²), E symmetric with e above a diagonal of 0."""
    one, other = np.triu_indices(len(inverse), 1)
    direct = inverse[np.ix_(one, one)] * inverse[np.ix_(other, other)]
    return direct + inverse[np.ix_(one, other)] * inverse[np.ix_(other, one)]
