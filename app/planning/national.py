"""The limits of the national standard as the plan check takes them."""

from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal

from app.rules.local import limits_of
from plans.checks import NationalLimit
from plans.models import Quantity
from scoring.loader import load_standard
from scoring.standard import Standard

STAGES = ("primary", "junior")
# There the limit is the area of one room while the words count rooms.
COUNTED_IN_ROOMS = "间"


def national_limits(standard_id: str, on: date) -> list[NationalLimit]:
    """Every limit of a standard in force on a day that a plan's target can be held against.

    Raises what ``load_standard`` raises.
    """
    standard = load_standard(standard_id, on)
    units = _units(standard)
    return [
        limit
        for (code, part, sense), by_key in limits_of(standard).items()
        if units.get((code, part)) != COUNTED_IN_ROOMS
        for limit in _limits(code, part, sense, by_key, units.get((code, part), ""))
    ]


def _limits(
    code: str, part: str, sense: str, by_key: Mapping[str, Decimal], unit: str
) -> Iterator[NationalLimit]:
    for key, bound in by_key.items():
        stage = next((name for name in (key, part) if name in STAGES), None)
        if sense == "at_least":
            yield NationalLimit(code, stage, at_least=float(bound), unit=unit)
            yield NationalLimit(code, stage, at_least=float(bound), quantity=Quantity.MEAN.value)
        elif sense == "cv_at_most":
            yield NationalLimit(code, stage, at_most=float(bound), quantity=Quantity.SPREAD.value)
        else:
            yield NationalLimit(code, stage, at_most=float(bound), unit=unit)


def _units(standard: Standard) -> dict[tuple[str, str], str]:
    resources = {(one.code, ""): one.unit for one in standard.indicators}
    return resources | {(item.code, part.key): part.unit for item in standard.items for part in item.parts}
