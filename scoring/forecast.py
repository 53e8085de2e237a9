"""Where a figure is heading: a robust straight trend with a band, and the year in which it crosses a line."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import inf

import numpy as np
import pandas as pd
from scipy.stats import theilslopes

from scoring.exact import printed
from scoring.targets import Direction, reached
from scoring.words import _

FEWEST_YEARS = 3
CONFIDENCE = 0.9  # of the band's slopes
_NAN = float("nan")


@dataclass(frozen=True)
class Projection:
    """A trend carried on from the last known year to the last year asked for.

    table : index = years; columns middle, low, high; empty where nothing can be said.
    ``crosses``, ``earliest``, ``latest``: years in which the middle line, the better and the worse edge of
    the band reach the target; None = not within the table. Of a target already reached: the last known year.
    """

    sentence: str
    slope: float  # per year; NaN = no trend can be told
    table: pd.DataFrame
    crosses: int | None = None
    earliest: int | None = None
    latest: int | None = None


def project(
    actuals: "pd.Series[float]",
    target: float,
    until: int,
    *,
    direction: Direction = Direction.AT_LEAST,
    lowest: float = 0.0,
    highest: float = inf,
    decimals: int = 2,
) -> Projection:
    """Carry the trend of the known years on.

    Parameters
    ----------
    actuals : Series of float
        Index = years; NaN = missing. At least three known years are needed.
    target : float
        The line, in the unit of the figures.
    until : int
        Last year of the projection.
    direction : Direction
        Which side of the line is good.
    lowest, highest : float
        Physical bounds (0; 100 for a percentage): no line leaves them.
    decimals : int
        Digits printed in the sentence.

    Returns
    -------
    Projection
        Slope: median of the slopes between all pairs of years (Theil–Sen), so one odd year does not turn it.
        Band: the 90 % range of that slope from the middle of the known years, wider by the largest distance
        of a known year from the trend. With three or four years it is the range of all pairs. It speaks of
        the past going on, not of measures yet to be taken.
    """
    known = actuals.dropna().sort_index()
    if len(known) < FEWEST_YEARS:
        return _untold(
            _("只有 %(n)s 年数据，至少要 %(least)s 年才能推算走势。", n=len(known), least=FEWEST_YEARS)
        )
    last = int(known.index[-1])
    slope, table = _trend(known, np.arange(last + 1, until + 1), lowest, highest)
    if reached(float(known.iloc[-1]), target, direction):
        sentence = _("%(last)s 年已达到 %(printed)s。", last=last, printed=printed(target, decimals))
        return Projection(sentence, slope, table, last, last, last)
    better, worse = ("high", "low") if direction is Direction.AT_LEAST else ("low", "high")
    years = [_first(table[edge], target, direction) for edge in ("middle", better, worse)]
    return Projection(_sentence(known, slope, until, years, decimals), slope, table, *years)


def _untold(reason: str) -> Projection:
    return Projection(reason, _NAN, pd.DataFrame(columns=["middle", "low", "high"], dtype=float))


def _trend(
    known: "pd.Series[float]",
    years: "np.ndarray[tuple[int], np.dtype[np.int64]]",
    lowest: float,
    highest: float,
) -> tuple[float, pd.DataFrame]:
    past, figures = known.index.to_numpy(dtype=float), known.to_numpy(dtype=float)
    slope, intercept, slowest, fastest = (float(part) for part in theilslopes(figures, past, CONFIDENCE))
    scatter = float(np.abs(figures - (intercept + slope * past)).max())
    ahead = years - float(np.median(past))
    middle = float(np.median(figures)) + slope * ahead
    lines = {
        "middle": middle,
        "low": middle + (slowest - slope) * ahead - scatter,
        "high": middle + (fastest - slope) * ahead + scatter,
    }
    return slope, pd.DataFrame(lines, index=pd.Index(years, name="year")).clip(lowest, highest)


def _first(line: "pd.Series[float]", target: float, direction: Direction) -> int | None:
    years = (
        int(year) for year, figure in zip(line.index, line, strict=True) if reached(figure, target, direction)
    )
    return next(years, None)


def _sentence(
    known: "pd.Series[float]", slope: float, until: int, years: Sequence[int | None], decimals: int
) -> str:
    crosses, earliest, latest = years
    step = printed(abs(slope), decimals)
    way = (
        _("基本持平")
        if not float(step)
        else _("每年%(words)s %(step)s", words=_("提高") if slope > 0 else _("降低"), step=step)
    )
    head = _(
        "按 %(index)s—%(index_2)s 年走势%(way)s，", index=known.index[0], index_2=known.index[-1], way=way
    )
    if crosses is not None:
        sure = (
            _("最迟 %(latest)s 年", latest=latest)
            if latest is not None
            else _("到 %(until)s 年仍无把握", until=until)
        )
        return _(
            "%(head)s预计 %(crosses)s 年达到（最早 %(earliest)s 年，%(sure)s）。",
            head=head,
            crosses=crosses,
            earliest=earliest,
            sure=sure,
        )
    if earliest is not None:
        return _(
            "%(head)s到 %(until)s 年预计达不到，最好的情形为 %(earliest)s 年达到。",
            head=head,
            until=until,
            earliest=earliest,
        )
    return _("%(head)s到 %(until)s 年达不到。", head=head, until=until)
