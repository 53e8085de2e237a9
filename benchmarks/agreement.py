"""Whether three ways of scoring the same nation say the same; where floats err, fractions are the judge."""

from collections.abc import Iterator
from fractions import Fraction

import numpy as np
import numpy.typing as npt

from benchmarks.references import Figure, Figures
from scoring.evaluation import Evaluation, Judged
from scoring.exact import Ratio
from scoring.standard import Standard

Flags = npt.NDArray[np.bool_]


class Disagreement(Exception):
    """Two ways give different figures, or a flag that fractions refute."""


def check_agreement(
    evaluation: Evaluation, bincount: Figures, naive: Figures, standard: Standard
) -> Iterator[str]:
    """Compare every value, flag, mean and CV; a sentence about what was found. Raises Disagreement."""
    on_the_line = {"bincount": 0, "naive": 0}
    for stage in evaluation.stages:
        for indicator in standard.indicators:
            place = (indicator.code, stage.sections.stage)
            judged, threshold = stage.judged[indicator.code], Fraction(indicator.at_least[place[1]])
            for name, figures in (("bincount", bincount[place]), ("naive", naive[place])):
                _check_figures(judged, figures, f"{name} {place}")
                on_the_line[name] += _check_flags(judged, figures, threshold, f"{name} {place}")
    n_flags = sum(2 * len(one.values) for stage in evaluation.stages for one in stage.judged.values())
    yield f"all agree on values, means and CVs; {n_flags:,} flags against standard and floor"
    for name, wrong in on_the_line.items():
        yield f"float flags of {name} wrong on {wrong:,} values that stand exactly on a line; ours on none"


def _check_figures(judged: Judged, figures: Figure, place: str) -> None:
    pairs = {
        "values": (judged.values, figures.values),
        "means": (judged.spread.mean, figures.mean),
        "CVs": (judged.spread.cv, figures.cv),
    }
    for what, (ours, theirs) in pairs.items():
        if not np.allclose(ours, theirs, rtol=1e-9, atol=1e-12, equal_nan=True):
            raise Disagreement(f"{place}: {what} differ")


def _check_flags(judged: Judged, figures: Figure, threshold: Fraction, place: str) -> int:
    """Number of flags that the float way gets wrong."""
    floor = threshold * Fraction(85, 100)
    return _wrong(judged.met, figures.met, judged.ratio, threshold, place) + _wrong(
        judged.above_floor, figures.above_floor, judged.ratio, floor, place
    )


def _wrong(ours: Flags, theirs: Flags, ratio: Ratio, line: Fraction, place: str) -> int:
    differing = np.flatnonzero(ours != theirs)
    for position in differing:
        value = Fraction(int(ratio.num[position]), int(ratio.den[position])) * ratio.factor
        if value != line or not ours[position]:
            raise Disagreement(f"{place}: section {position} is {value}, the line {line}")
    return len(differing)
