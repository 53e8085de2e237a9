"""How well each school is off beside the mean of its county."""

from collections.abc import Sequence
from math import fsum, sqrt

from app.demo.chance import draw
from app.demo.county import DemoCounty

_POOREST = 0.2  # of the mean


def wealth(county: DemoCounty, code: str, pupils: int, indicator: str) -> float:
    """How well a school is off: the small have more per pupil, and chance plays its part."""
    return draw(820, 1180, county.seed, code, indicator) / (pupils + county.lean)


def levels(raw: Sequence[float], pupils: Sequence[int], cv: float) -> list[float]:
    """The same ranking around a mean of 1 with a given CV, schools weighing by their pupils.

    None falls below a fifth of the mean, even if that costs some of the spread.
    """
    away = [value - _mean(raw, pupils) for value in raw]
    sd = sqrt(_mean([value * value for value in away], pupils))
    return [max(1 + cv * value / sd, _POOREST) for value in away]


def _mean(values: Sequence[float], weights: Sequence[int]) -> float:
    return fsum(v * w for v, w in zip(values, weights, strict=True)) / sum(weights)
