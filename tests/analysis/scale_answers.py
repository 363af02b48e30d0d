"""Answers to items a, b, c … whose correlations are exactly those wanted."""

from string import ascii_lowercase

import numpy as np
import pandas as pd


def answers_with(correlations: np.ndarray, people: int = 60, seed: int = 3) -> pd.DataFrame:
    """Normal draws, cleared of what they share by chance, then given the correlations."""
    width = len(correlations)
    drawn = np.random.default_rng(seed).normal(size=(people, width))
    drawn -= drawn.mean(axis=0)
    unrelated = np.linalg.qr(drawn)[0] * np.sqrt(people)
    return pd.DataFrame(unrelated @ np.linalg.cholesky(correlations).T, columns=list(ascii_lowercase[:width]))
