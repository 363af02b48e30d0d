"""Numbering what occurs: of many possible codes the few that rows have, in order."""

from __future__ import annotations

import numpy as np

# Tables of what occurs are made up to so many times the rows; beyond that, sorting takes less memory.
_SPACE = 8


def occurring_codes(codes: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """(K,) the codes that occur, in order, and (rows,) the place of each row's code among them.

    `codes`: (rows,) integers of at least 0. As `numpy.unique` does it, but without sorting where a table of
    all possible codes is small enough.
    """
    if not len(codes) or int(codes.max()) >= _SPACE * len(codes):
        found, places = np.unique(codes, return_inverse=True)
        return found, places
    occurs = np.zeros(int(codes.max()) + 1, dtype=bool)
    occurs[codes] = True
    return np.flatnonzero(occurs), (np.cumsum(occurs) - 1)[codes]


def joint_codes(first: np.ndarray, second: np.ndarray) -> tuple[np.ndarray, tuple[np.ndarray, np.ndarray]]:
    """Number the pairs that occur, in order of (first, second); returns codes and the pair behind each
    code.
    """
    width = int(second.max()) + 1 if len(second) else 1
    keys, codes = occurring_codes(first.astype(np.int64) * width + second)
    return codes, (keys // width, keys % width)
