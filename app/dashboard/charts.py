"""Lines → ECharts options. Pure; colours are names of the style sheet's tokens."""

from collections.abc import Sequence
from typing import Any

import pandas as pd
from flask_babel import gettext as _

from app.assessments.queries import TrendPoint
from app.charts import actual_series, frame_of, limit_line, lowest_of, projection_series
from scoring.exact import printed
from scoring.forecast import Projection, project
from scoring.targets import Direction

DECIMALS = 3  # as the national form prints a CV


def spread_trend(points: Sequence[TrendPoint], horizon_year: int, projection: Projection) -> dict[str, Any]:
    """A CV over the years against its limit, carried on to the horizon year where a trend can be told."""
    history, limit = spread_history(points), points[-1].cv_limit
    years = list(range(points[0].year, max(horizon_year, points[-1].year) + 1))
    across = limit_line(limit, _("限值 %(limit)s", limit=f"{limit:.2f}"))
    actual = actual_series(history, years, DECIMALS, _("差异系数")) | {"markLine": across}
    series = [actual, *projection_series(projection, history, years, DECIMALS)]
    return {**frame_of(years, lowest_of(series, limit)), "series": series}


def spread_projection(points: Sequence[TrendPoint], horizon_year: int) -> Projection:
    """Where the CV is heading, judged against its limit."""
    history, limit = spread_history(points), points[-1].cv_limit
    return project(history, limit, horizon_year, direction=Direction.AT_MOST, decimals=DECIMALS)


def spread_history(points: Sequence[TrendPoint]) -> "pd.Series[float]":
    """CVs by year; NaN = missing."""
    figures = {point.year: float("nan") if point.cv is None else point.cv for point in points}
    return pd.Series(figures, dtype="float64")


def spread_rows(points: Sequence[TrendPoint], projection: Projection) -> list[list[Any]]:
    """The same as a table: year, CV, limit; then the years to come with the middle of the projection."""
    limit = f"{points[-1].cv_limit:.2f}"
    middle = projection.table["middle"].to_dict()
    ahead = [[_("%(year)s（预计）", year=year), printed(cv, DECIMALS), limit] for year, cv in middle.items()]
    return _known_rows(points) + ahead


def _known_rows(points: Sequence[TrendPoint]) -> list[list[Any]]:
    return [
        [
            point.year,
            None if point.cv is None else printed(point.cv, 3),
            f"{point.cv_limit:.2f}",
        ]
        for point in points
    ]
