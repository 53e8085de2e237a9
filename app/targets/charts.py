"""The chart of a target: actual figures, the path, the projection. Pure ECharts options."""

from typing import Any

import pandas as pd
from flask_babel import gettext as _

from app.charts import actual_series, frame_of, lowest_of, projection_series, rounded, text
from app.targets.lines import TargetLine
from scoring.exact import printed


def target_chart(line: TargetLine) -> dict[str, Any]:
    """Actual figures, the path to the target and the projection with its band."""
    years = chart_years(line)
    due = [rounded(line.path.target_at(year), line.decimals) for year in years]
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
    return [[year, *(text(value, line.decimals) for value in values)] for year, *values in rows]
