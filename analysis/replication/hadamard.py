"""Hadamard matrices: square, of plus and minus one, with rows at right angles to each other."""

from __future__ import annotations

import itertools

import numpy as np
from scipy import linalg


def hadamard_of_at_least(size: int) -> np.ndarray:
    """The smallest Hadamard matrix known here with at least `size` rows; its first row is all 1."""
    for multiple in itertools.count(max(1, -(-size // 4))):
        matrix = hadamard(4 * multiple)
        if matrix is not None:
            return matrix * matrix[0]
    raise AssertionError("there is always a power of 2")


def hadamard(size: int) -> np.ndarray | None:
    """A Hadamard matrix by Sylvester's doubling or Paley's constructions (Paley, 1933, J. Math. Phys. 12)."""
    if size & (size - 1) == 0:
        return linalg.hadamard(size)
    if size % 4:
        return None
    if _is_prime(size - 1):
        return _paley_first(size - 1)
    if _is_prime(size // 2 - 1) and size // 2 % 4 == 2:
        return _paley_second(size // 2 - 1)
    half = hadamard(size // 2)
    return None if half is None else np.kron(linalg.hadamard(2), half)


def _is_prime(number: int) -> bool:
    return number > 1 and all(number % divisor for divisor in range(2, int(number**0.5) + 1))


def _jacobsthal(prime: int) -> np.ndarray:
    """(p, p) 1 where the difference of the indices is a square modulo p, −1 where not, 0 on the diagonal."""
    signs = np.full(prime, -1)
    signs[np.arange(1, prime) ** 2 % prime] = 1
    signs[0] = 0
    return signs[np.subtract.outer(np.arange(prime), np.arange(prime)) % prime]


def _bordered(prime: int, corner: int) -> np.ndarray:
    matrix = np.zeros((prime + 1, prime + 1), dtype=int)
    matrix[0, 1:], matrix[1:, 0], matrix[1:, 1:] = 1, corner, _jacobsthal(prime)
    return matrix


def _paley_first(prime: int) -> np.ndarray:
    """For primes 3 modulo 4, of size p + 1."""
    return _bordered(prime, -1) + np.eye(prime + 1, dtype=int)


def _paley_second(prime: int) -> np.ndarray:
    """For primes 1 modulo 4, of size 2 (p + 1)."""
    symmetric = _bordered(prime, 1)
    return np.kron(symmetric, [[1, 1], [1, -1]]) + np.kron(np.eye(prime + 1, dtype=int), [[1, -1], [-1, -1]])
