"""Lines → ECharts options. Pure; colours are names of the style sheet's tokens."""

from collections.abc import Sequence
from typing import Any

from flask_babel import gettext as _

from app.assessments.queries import TrendPoint
from scoring.exact import printed


def spread_trend(points: Sequence[TrendPoint], horizon_year: int) -> dict[str, Any]:
    """A CV over the years against its limit, with room up to the horizon year."""
    limit = points[-1].cv_limit
    years = [str(year) for year in range(points[0].year, max(horizon_year, points[-1].year) + 1)]
    # Three decimals, as the national form prints a CV; the verdict was made on the unrounded value.
    known = {str(point.year): float(printed(point.cv, 3)) for point in points if point.cv is not None}
    values = [known.get(year) for year in years]
    floor = min([limit, *(v for v in values if v is not None)])
    return {
        "grid": {"left": 44, "right": 76, "top": 22, "bottom": 24},
        "xAxis": {
            "type": "category",
            "data": years,
            "axisTick": {"show": False},
            "axisLine": {"lineStyle": {"color": "var(--ink-soft)"}},
        },
        "yAxis": {
            "type": "value",
            "scale": True,
            "min": round(floor - 0.03, 2),
            "splitNumber": 4,
            "splitLine": {"lineStyle": {"color": "var(--line-soft)"}},
        },
        "series": [
            {
                "type": "line",
                "name": _("差异系数"),
                "data": values,
                "symbol": "circle",
                "symbolSize": 7,
                "itemStyle": {"color": "var(--blue)"},
                "lineStyle": {"color": "var(--blue)"},
                "label": {"show": True, "position": "top"},
                "labelLayout": {"hideOverlap": True},
                "markLine": _limit_line(limit),
            }
        ],
    }


def spread_rows(points: Sequence[TrendPoint]) -> list[list[Any]]:
    """The same as a table: year, CV, limit."""
    return [
        [
            point.year,
            None if point.cv is None else printed(point.cv, 3),
            f"{point.cv_limit:.2f}",
        ]
        for point in points
    ]


def _limit_line(limit: float) -> dict[str, Any]:
    return {
        "symbol": "none",
        "silent": True,
        "data": [{"yAxis": limit}],
        "lineStyle": {"color": "var(--limit)", "type": "solid", "width": 1},
        "label": {"formatter": _("限值 %(limit)s", limit=f"{limit:.2f}"), "color": "var(--limit)"},
    }
