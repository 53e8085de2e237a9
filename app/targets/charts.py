"""Charts of figures over the years with their path and their projection. Pure ECharts options."""

from collections.abc import Sequence
from typing import Any

import pandas as pd
from flask_babel import gettext as _

from app.targets.lines import TargetLine
from scoring.exact import printed
from scoring.forecast import Projection


def target_chart(line: TargetLine) -> dict[str, Any]:
    """Actual figures, the path to the target and the projection with its band."""
    years = chart_years(line)
    due = [_rounded(line.path.target_at(year), line.decimals) for year in years]
    path = {
        "type": "line",
        "name": _("应达到"),
        "data": due,
        "symbol": "none",
        "step": "end" if line.path.steps else False,
        "lineStyle": {"color": "var(--limit)", "width": 1, "type": "solid"},
        "endLabel": {
            "show": True,
            "formatter": _("目标 %(value)s", value=printed(line.path.target, line.decimals)),
            "color": "var(--limit)",
        },
    }
    series = [actual_series(line.history, years, line.decimals, line.quantity_name), path]
    series += projection_series(line.projection, line.history, years, line.decimals)
    return {**frame_of(years, lowest_of(series)), "series": series}


def chart_years(line: TargetLine) -> list[int]:
    """From the first figure or the baseline to the horizon."""
    told = [int(year) for year in line.history.dropna().index]
    return list(range(min([line.path.baseline_year, *told]), max([line.path.horizon, *told]) + 1))


def target_rows(line: TargetLine) -> list[list[Any]]:
    """The same as a table: year, actual, due, projected, low, high."""
    years = chart_years(line)
    drawn = line.projection.table.reindex(pd.Index(years)).to_dict("list")
    columns = [
        line.history.reindex(pd.Index(years)).tolist(),
        [line.path.target_at(year) for year in years],
        *(drawn[name] for name in ("middle", "low", "high")),
    ]
    rows = zip(years, *columns, strict=True)
    return [[year, *(_text(value, line.decimals) for value in values)] for year, *values in rows]


def frame_of(years: Sequence[int], lowest: float) -> dict[str, Any]:
    """Axes and margins, with room for labels at the right end."""
    return {
        "grid": {"left": 48, "right": 84, "top": 22, "bottom": 24},
        "xAxis": {
            "type": "category",
            "data": [str(year) for year in years],
            "boundaryGap": True,
            "axisTick": {"show": False},
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
        "data": [_rounded(history.get(year), decimals) for year in years],
        "symbol": "circle",
        "symbolSize": 7,
        "itemStyle": {"color": "var(--blue)"},
        "lineStyle": {"color": "var(--blue)"},
        "label": {"show": True, "position": "top"},
        "labelLayout": {"hideOverlap": True},
    }


BAND = "band"


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
    low, high = ([_rounded(value, decimals) for value in drawn[name]] for name in ("low", "high"))
    heights = [
        None if a is None or b is None else round(b - a, decimals) for a, b in zip(low, high, strict=True)
    ]
    hidden = {"type": "line", "symbol": "none", "stack": BAND, "silent": True, "lineStyle": {"opacity": 0}}
    middle = [_rounded(value, decimals) for value in drawn["middle"]]
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


def _rounded(value: float | None, decimals: int) -> float | None:
    return None if value is None or pd.isna(value) else float(printed(float(value), decimals))


def _text(value: float | None, decimals: int) -> str | None:
    return None if value is None or pd.isna(value) else printed(float(value), decimals)
