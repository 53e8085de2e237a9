"""The figures that targets are about: name, unit, digits, which side is good, the standard's own line."""

from flask_babel import gettext as _

from plans.models import Quantity
from scoring.standard import Indicator
from scoring.targets import Direction

ALL_SCHOOLS = 100.0


def quantity_name(quantity: Quantity) -> str:
    """What the figure is called."""
    names = {
        Quantity.MEAN: _("全县均值"),
        Quantity.SPREAD: _("差异系数"),
        Quantity.SHARE: _("达标学校比例"),
    }
    return str(names[quantity])


def direction_of(quantity: Quantity) -> Direction:
    """A spread shall fall, the others shall rise."""
    return Direction.AT_MOST if quantity is Quantity.SPREAD else Direction.AT_LEAST


def unit_of(quantity: Quantity, indicator: Indicator) -> str:
    """Unit of the figure; a spread has none."""
    return {Quantity.MEAN: indicator.unit, Quantity.SPREAD: "", Quantity.SHARE: "%"}[quantity]


def decimals_of(quantity: Quantity) -> int:
    """Digits that the national form prints."""
    return {Quantity.MEAN: 2, Quantity.SPREAD: 3, Quantity.SHARE: 1}[quantity]


def standard_line(quantity: Quantity, indicator: Indicator, stage: str) -> float | None:
    """What the standard asks for; None where it asks for nothing."""
    if quantity is Quantity.SHARE:
        return ALL_SCHOOLS
    limits = indicator.at_least if quantity is Quantity.MEAN else indicator.cv_at_most
    return float(limits[stage]) if stage in limits else None
