"""Exact values → printed digits, without a float or a Decimal quotient on the way."""

from decimal import Decimal
from fractions import Fraction


def half_up(value: Fraction, digits: int) -> Decimal:
    """A value rounded half up, away from zero.

    >>> half_up(Fraction("1.005"), 2), half_up(Fraction(-1, 8), 2)
    (Decimal('1.01'), Decimal('-0.13'))
    """
    return _signed(value, int(abs(value) * 10**digits + Fraction(1, 2)), digits)


def cut_off(value: Fraction, digits: int) -> Decimal:
    """A value with its further digits dropped.

    >>> cut_off(Fraction("4.919"), 2)
    Decimal('4.91')
    """
    return _signed(value, int(abs(value) * 10**digits), digits)


def _signed(value: Fraction, whole: int, digits: int) -> Decimal:
    return Decimal(whole if value >= 0 else -whole).scaleb(-digits)
