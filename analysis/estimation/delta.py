"""Functions of estimates, with their first derivatives carried along (forward differentiation)."""

from __future__ import annotations

import ast
import operator
import re
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from analysis.estimation.design_error import DesignError
from questionnaires.faults import N_


@dataclass(frozen=True, eq=False)
class Dual:
    """A value with its derivative by each of the estimates."""

    value: float
    gradient: np.ndarray

    def scaled(self, factor: float) -> Dual:
        return Dual(self.value * factor, self.gradient * factor)

    def __add__(self, other: Dual) -> Dual:
        return Dual(self.value + other.value, self.gradient + other.gradient)

    def __sub__(self, other: Dual) -> Dual:
        return self + other.scaled(-1)

    def __mul__(self, other: Dual) -> Dual:
        return Dual(self.value * other.value, self.gradient * other.value + other.gradient * self.value)

    def __truediv__(self, other: Dual) -> Dual:
        return self * other.power(-1)

    def __pow__(self, other: Dual) -> Dual:
        return exp(other * log(self)) if other.gradient.any() else self.power(other.value)

    def power(self, exponent: float) -> Dual:
        return self.through(self.value**exponent, exponent * self.value ** (exponent - 1))

    def through(self, value: float, slope: float) -> Dual:
        """The value of a function of this one, by the chain rule."""
        return Dual(value, self.gradient * slope)


def exp(x: Dual) -> Dual:
    return x.through(np.exp(x.value), np.exp(x.value))


def log(x: Dual) -> Dual:
    return x.through(np.log(x.value), 1 / x.value)


def sqrt(x: Dual) -> Dual:
    return x.power(0.5)


FUNCTIONS: dict[str, Callable[[Dual], Dual]] = {"exp": exp, "log": log, "sqrt": sqrt}
OPERATIONS: dict[type, Callable[[Dual, Dual], Dual]] = {
    ast.Add: operator.add,
    ast.Sub: operator.sub,
    ast.Mult: operator.mul,
    ast.Div: operator.truediv,
    ast.Pow: operator.pow,
}


def evaluate(expression: str, look_up: Callable[[str], Dual]) -> Dual:
    """The value of an expression of numbers, names, + - * / **, exp, log and sqrt; `look_up` knows the names.

    Names that are no plain words stand in backticks. Raises DesignError where it cannot be read or has no
    finite value.
    """
    quoted: list[str] = []

    def put_aside(found: re.Match[str]) -> str:
        quoted.append(found[1])
        return f"__{len(quoted) - 1}"

    try:
        tree = ast.parse(re.sub(r"`([^`]+)`", put_aside, expression).strip(), mode="eval")
        names = {f"__{place}": name for place, name in enumerate(quoted)}
        with np.errstate(all="ignore"):
            found = _value(tree.body, lambda name: look_up(names.get(name, name)))
    except (SyntaxError, RecursionError, MemoryError, _Unknown) as error:
        raise DesignError(
            N_("The expression “%(expression)s” cannot be read."), expression=expression
        ) from error
    except (ZeroDivisionError, OverflowError):
        found = Dual(np.nan, np.zeros(1))
    if not (
        isinstance(found.value, float) and np.isfinite(found.value) and np.isfinite(found.gradient).all()
    ):
        raise DesignError(
            N_("The expression “%(expression)s” has no value at these estimates."), expression=expression
        )
    return found


class _Unknown(Exception):
    """A part of an expression that is not in the language."""


def _value(node: ast.expr, look_up: Callable[[str], Dual]) -> Dual:
    match node:
        case ast.Constant(value=bool()):
            raise _Unknown
        case ast.Constant(value=int() | float() as number):
            return Dual(float(number), np.zeros(1))
        case ast.Name(id=name):
            return look_up(name)
        case ast.UnaryOp(op=ast.USub(), operand=part):
            return _value(part, look_up).scaled(-1)
        case ast.BinOp(left=left, op=sign, right=right) if type(sign) in OPERATIONS:
            return OPERATIONS[type(sign)](_value(left, look_up), _value(right, look_up))
        case ast.Call(func=ast.Name(id=name), args=[part], keywords=[]) if name in FUNCTIONS:
            return FUNCTIONS[name](_value(part, look_up))
    raise _Unknown
