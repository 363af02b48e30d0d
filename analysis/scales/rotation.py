"""Turning factors until each item loads on few of them."""

from __future__ import annotations

import numpy as np

_ROUNDS = 2000
_SETTLED = 1e-13
_POWER = 4


def varimax(loadings: np.ndarray) -> np.ndarray:
    """(p, m) loadings turned so that their squares vary most within factors, items scaled to equal length
    (Kaiser, 1958, Psychometrika 23).
    """
    length = np.sqrt((loadings**2).sum(axis=1, keepdims=True))
    scaled = loadings / np.where(length > 0, length, 1.0)
    turn, reached = np.eye(loadings.shape[1]), 0.0
    for _ in range(_ROUNDS):
        turned = scaled @ turn
        left, values, right = np.linalg.svd(scaled.T @ (turned**3 - turned * (turned**2).mean(axis=0)))
        turn = left @ right
        if values.sum() < reached * (1 + _SETTLED):
            break
        reached = values.sum()
    return loadings @ turn


def promax(loadings: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Varimax loadings moved towards their own fourth powers, and the correlations of the factors that
    then lean on each other (Hendrickson & White, 1964, British J. Statistical Psychology 17).
    """
    target = loadings * np.abs(loadings) ** (_POWER - 1)
    move = np.linalg.lstsq(loadings, target, rcond=None)[0]
    move *= np.sqrt(np.diag(np.linalg.inv(move.T @ move)))
    back = np.linalg.inv(move)
    return loadings @ move, back @ back.T
