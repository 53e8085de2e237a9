"""Exact comparison of ratios in 64-bit integers, so that float dust never decides."""

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from math import ceil
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

Ints = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]
Flags = npt.NDArray[np.bool_]
_ROOM = 2**63
_DUST = Fraction(1, 10**12)  # far above the error of a float quotient, far below what figures differ by


@dataclass(frozen=True)
class Counted:
    """Figures as integers of 10^-decimals; zero stands in where ``known`` is false."""

    ints: Ints
    known: Flags


@dataclass(frozen=True)
class Ratio:
    """Exact value ``num / den × factor`` of each section; meaningless where ``known`` is false."""

    num: Ints
    den: Ints  # at least 1
    factor: Fraction
    known: Flags

    def floats(self) -> Floats:
        """The same as floats, NaN where unknown."""
        values: Floats = self.num * float(self.factor) / self.den
        values[~self.known] = np.nan
        return values

    def at(self, positions: npt.NDArray[np.intp]) -> "Ratio":
        """The ratios of some sections."""
        return Ratio(self.num[positions], self.den[positions], self.factor, self.known[positions])


def counted(column: "pd.Series[float]", decimals: int) -> Counted:
    """Figures scaled to integers, rounded to ``decimals`` digits (more digits are spreadsheet dust).

    >>> counted(pd.Series([4507.86, float("nan")]), 2).ints.tolist()
    [450786, 0]
    """
    figures = column.to_numpy(dtype=np.float64)
    known = ~np.isnan(figures)
    scaled = figures * 10.0**decimals
    scaled[~known] = 0.0
    return Counted(np.rint(scaled, out=scaled).astype(np.int64), known)


def at_least(ratio: Ratio, threshold: Fraction) -> Flags:
    """Whether each known value reaches a threshold, decided without rounding.

    >>> dust = Ratio(np.array([9]), np.array([1000]), Fraction(100), np.array([True]))
    >>> at_least(dust, Fraction("0.9")).tolist(), 9 / 1000 * 100 >= 0.9
    ([True], False)
    """
    return reaches(ratio, ratio.floats(), threshold)


def reaches(ratio: Ratio, values: Floats, threshold: Fraction) -> Flags:
    """As ``at_least``, for a ratio whose ``values`` in floats are at hand.

    A float is off by less than ``_DUST`` of itself, so it decides whatever is further away from the
    threshold; the few values that are nearer are compared in integers.
    """
    surely, perhaps = values >= float(threshold * (1 + _DUST)), values >= float(threshold * (1 - _DUST))
    close = np.flatnonzero(surely != perhaps)
    surely[close] = _at_least_in_integers(ratio.at(close), threshold)
    return surely


def printed_at_least(ratio: Ratio, threshold: Fraction, decimals: int = 2) -> Flags:
    """Whether each known value would reach the threshold once rounded half up for print.

    >>> shy = Ratio(np.array([4496]), np.array([1000]), Fraction(1), np.array([True]))
    >>> at_least(shy, Fraction("4.5")).tolist(), printed_at_least(shy, Fraction("4.5")).tolist()
    ([False], [True])
    """
    return at_least(ratio, printed_as(threshold, decimals))


def printed_as(threshold: Fraction, decimals: int = 2) -> Fraction:
    """The smallest value that reaches a threshold once it is rounded half up for print.

    >>> printed_as(Fraction("4.5")), printed_as(Fraction("3.825"))
    (Fraction(899, 200), Fraction(153, 40))
    """
    step = Fraction(1, 10**decimals)
    # Half-up rounding reaches the threshold from half a printed step below the next printable number on.
    return ceil(threshold / step) * step - step / 2


def printed(value: float, decimals: int = 2) -> str:
    """A number as the forms print it: rounded half up; missing is a dash.

    >>> printed(2.345), printed(0.5004, 3), printed(float("nan"))
    ('2.35', '0.500', '—')
    """
    if np.isnan(value):
        return "—"
    return str(Decimal(repr(float(value))).quantize(Decimal(1).scaleb(-decimals), rounding=ROUND_HALF_UP))


def _at_least_in_integers(ratio: Ratio, threshold: Fraction) -> Flags:
    scale = ratio.factor / threshold
    left, right = _times(ratio.num, scale.numerator), _times(ratio.den, scale.denominator)
    return ratio.known & np.asarray(left >= right, dtype=np.bool_)


def _times(ints: Ints, factor: int) -> npt.NDArray[Any]:
    largest = max(int(ints.max(initial=0)), -int(ints.min(initial=0)))
    # Python integers never overflow; they are slow, and only absurd figures need them.
    return ints * factor if largest * factor < _ROOM and factor < _ROOM else ints.astype(object) * factor
