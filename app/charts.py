"""What charts of figures over the years are made of: axes, lines, limits, projections. Pure ECharts options.

Colours are names of the style sheet's tokens.
"""

from collections.abc import Sequence
from typing import Any

import pandas as pd
from flask_babel import gettext as _

from scoring.exact import printed
from scoring.forecast import Projection

BAND = "band"
ALL_NAMED = 8  # years that find room under an axis of the narrowest chart


def frame_of(years: Sequence[int], lowest: float) -> dict[str, Any]:
    """Axes and margins, with room for labels at the right end."""
    return {
        "grid": {"left": 48, "right": 84, "top": 22, "bottom": 24},
        "xAxis": {
            "type": "category",
            "data": [str(year) for year in years],
            "boundaryGap": True,
            "axisTick": {"show": False},
            "axisLabel": {"showMaxLabel": True, **({"interval": 0} if len(years) <= ALL_NAMED else {})},
            "axisLine": {"lineStyle": {"color": "var(--ink-soft)"}},
        },
        "yAxis": {
            "type": "value",
            "scale": True,
            "min": lowest,
            "splitNumber": 4,
            "splitLine": {"lineStyle": {"color": "var(--line-soft)"}},
        },
    }


def plane_frame(across: str, up: str) -> dict[str, Any]:
    """Two axes of figures, named, both from zero."""
    soft = {"color": "var(--ink-soft)"}
    axis = {"type": "value", "nameTextStyle": soft, "splitNumber": 4}
    return {
        "grid": {"left": 52, "right": 84, "top": 30, "bottom": 40},
        "xAxis": {
            **axis,
            "name": across,
            "nameLocation": "middle",
            "nameGap": 24,
            "splitLine": {"show": False},
            "axisLine": {"show": True, "lineStyle": soft},
        },
        "yAxis": {
            **axis,
            "name": up,
            "nameTextStyle": {**soft, "align": "left"},
            "min": 0,
            "splitLine": {"lineStyle": {"color": "var(--line-soft)"}},
        },
    }


def bar_frame(names: Sequence[str]) -> dict[str, Any]:
    """Bars that lie, the first on top, their names at the left and room for a figure at the end."""
    return {
        "grid": {"left": 168, "right": 52, "top": 8, "bottom": 8},
        "xAxis": {"type": "value", "show": False},
        "yAxis": {
            "type": "category",
            "data": list(names),
            "inverse": True,
            "axisTick": {"show": False},
            "axisLine": {"lineStyle": {"color": "var(--line)"}},
            "axisLabel": {"width": 152, "overflow": "truncate", "interval": 0, "color": "var(--ink)"},
        },
    }


def lowest_of(series: Sequence[dict[str, Any]], *lines: float) -> float:
    """Where the axis begins: a little below all that is drawn, lines across the chart included."""
    drawn = [value for one in series for value in one["data"] if value is not None and one["name"] != BAND]
    low, high = min([*drawn, *lines], default=0.0), max([*drawn, *lines], default=0.0)
    return max(0.0, round(low - (high - low) * 0.15, 2))


def actual_series(
    history: "pd.Series[float]", years: Sequence[int], decimals: int, name: str
) -> dict[str, Any]:
    """Known figures as a line with labels."""
    return {
        "type": "line",
        "name": name,
        "data": [rounded(history.get(year), decimals) for year in years],
        "symbol": "circle",
        "symbolSize": 7,
        "itemStyle": {"color": "var(--blue)"},
        "lineStyle": {"color": "var(--blue)"},
        "label": {"show": True, "position": "top"},
        "labelLayout": {"hideOverlap": True},
    }


def projection_series(
    projection: Projection, history: "pd.Series[float]", years: Sequence[int], decimals: int
) -> list[dict[str, Any]]:
    """The dashed line from the last known figure on, named at its end, over a pale band; none if untold."""
    table = projection.table
    if table.empty:
        return []
    past = history.dropna().sort_index()
    start = pd.DataFrame({name: past.iloc[[-1]] for name in ("middle", "low", "high")})
    drawn = pd.concat([start, table]).reindex(pd.Index(years))
    low, high = ([rounded(value, decimals) for value in drawn[name]] for name in ("low", "high"))
    heights = [
        None if a is None or b is None else round(b - a, decimals) for a, b in zip(low, high, strict=True)
    ]
    hidden = {"type": "line", "symbol": "none", "stack": BAND, "silent": True, "lineStyle": {"opacity": 0}}
    middle = [rounded(value, decimals) for value in drawn["middle"]]
    last = printed(float(table["middle"].iloc[-1]), decimals)
    return [
        {**hidden, "name": _("区间下限"), "data": low},
        {**hidden, "name": BAND, "data": heights, "areaStyle": {"color": "var(--band)", "opacity": 1}},
        {
            "type": "line",
            "name": _("预计"),
            "data": middle,
            "symbol": "none",
            "lineStyle": {"color": "var(--amber)", "type": "dashed", "width": 2},
            "endLabel": {"show": True, "formatter": _("预计 %(value)s", value=last), "color": "var(--amber)"},
            "labelLayout": {"moveOverlap": "shiftY"},
        },
    ]


def band_across(low: float, high: float) -> dict[str, Any]:
    """A pale band across the chart; goes into a series as ``markArea``."""
    return {
        "silent": True,
        "itemStyle": {"color": "var(--band)", "opacity": 1},
        "data": [[{"yAxis": round(max(low, 0.0), 4)}, {"yAxis": round(high, 4)}]],
    }


def limit_line(value: float, words: str, at: str = "end") -> dict[str, Any]:
    """A thin line across the chart, named at its end; goes into a series as ``markLine``."""
    return {
        "symbol": "none",
        "silent": True,
        "data": [{"yAxis": value}],
        "lineStyle": {"color": "var(--limit)", "type": "solid", "width": 1},
        "label": {"formatter": words, "color": "var(--limit)", "position": at},
    }


def rounded(value: float | None, decimals: int) -> float | None:
    """A figure as a chart draws it; missing is None."""
    return None if value is None or pd.isna(value) else float(printed(float(value), decimals))


def text(value: float | None, decimals: int) -> str | None:
    """A figure as the table twin of a chart shows it; missing is None."""
    return None if value is None or pd.isna(value) else printed(float(value), decimals)
