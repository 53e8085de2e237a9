"""How figures are written on pages: rounded half up as the national form does, thousands parted."""

from decimal import ROUND_HALF_UP, Decimal

from flask import Flask


def init_app(app: Flask) -> None:
    """Offer the filters to templates."""
    app.add_template_filter(printed)


def printed(value: float | Decimal, places: int = 2) -> str:
    """A figure with so many decimals; only for the eye, never for a verdict.

    >>> printed(12818, 0), printed(2.345), printed(0.5004, 3), printed(-0.001)
    ('12,818', '2.35', '0.500', '0.00')
    """
    exact = value if isinstance(value, Decimal) else Decimal(repr(float(value)))
    rounded = exact.quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP)
    return f"{rounded or abs(rounded):,f}"
