"""Pictures of one CV: each school's value about the mean, its part of S². Pure ECharts options."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from flask import url_for
from flask_babel import gettext as _

from app.assessments.queries import IndicatorLine
from app.assessments.workings import Spread, SpreadLine
from app.charts import band_across, bar_frame, limit_line, plane_frame, text
from app.counting import counted as _n
from app.punctuation import listed
from scoring.exact import printed

NAMED = 3  # schools that a sentence names, and bubbles with a label
BARS = 10  # the others share one bar
NEAR = 0.08  # of the highest value: names closer than this would meet
SMALLEST, LARGEST = 8, 34  # bubbles [px]


@dataclass(frozen=True)
class SpreadCharts:
    """Both pictures with their sentences; the rows are their table twins."""

    plot: dict[str, Any]
    plot_words: str
    plot_rows: list[list[Any]]
    parts: dict[str, Any]
    parts_words: str
    parts_rows: list[list[Any]]


def spread_charts(found: Spread, line: IndicatorLine) -> SpreadCharts | None:
    """The pictures of an indicator in one stage; None while its CV cannot be worked out."""
    if found.mean is None or found.sd is None or found.cv is None:
        return None
    ranked = sorted(found.lines, key=lambda one: (-(one.contribution or 0), one.school_code))
    return SpreadCharts(
        plot=_plot(ranked, found, line),
        plot_words=_plot_words(found, line),
        plot_rows=[
            [one.school_name, text(one.students, 0), text(one.value, 2), text(one.deviation, 2)]
            for one in ranked
        ],
        parts=_parts(ranked, line),
        parts_words=_parts_words(ranked),
        parts_rows=[
            [one.school_name, text(one.value, 2), text(one.deviation, 2), text(one.contribution, 1)]
            for one in ranked
        ],
    )


def _plot(ranked: Sequence[SpreadLine], found: Spread, line: IndicatorLine) -> dict[str, Any]:
    mean, allowed = found.mean or 0.0, (found.mean or 0.0) * found.cv_limit
    most = max((one.students or 0.0 for one in ranked), default=1.0) or 1.0
    named = _named(ranked, most)
    bubbles = [_bubble(one, most, line, is_named=one.school_code in named) for one in ranked]
    edges = [(mean, _("均值 %(value)s", value=printed(mean)), "var(--blue)", "solid")]
    edges += [(mean + allowed, _("限值 +%(n)s%%", n=_percent(found.cv_limit)), "var(--limit)", "dashed")]
    edges += [(mean - allowed, _("限值 −%(n)s%%", n=_percent(found.cv_limit)), "var(--limit)", "dashed")]
    lines = limit_line(line.at_least, _("标准 %(value)s", value=f"{line.at_least:,g}"), at="insideStartTop")
    lines["data"] += [_edge(*edge) for edge in edges]
    series = {
        "type": "scatter",
        "data": bubbles,
        "itemStyle": {"opacity": 0.75, "borderColor": "var(--surface)"},
        "z": 6,  # above the lines, so that none crosses a label
        "markLine": lines,
        "markArea": band_across(mean - (found.sd or 0.0), mean + (found.sd or 0.0)),
    }
    frame = plane_frame(_("在校生（人）"), _("%(name)s（%(unit)s）", name=line.name, unit=line.unit))
    return {**frame, "tooltip": {"formatter": "{b}"}, "series": [series]}


def _bubble(one: SpreadLine, most: float, line: IndicatorLine, *, is_named: bool) -> dict[str, Any]:
    size = SMALLEST + (LARGEST - SMALLEST) * math.sqrt((one.students or 0.0) / most)
    label = {
        "show": True,
        "formatter": one.school_name,
        "position": "left" if _is_right(one, most) else "right",
        "color": "var(--ink)",
        "backgroundColor": "var(--surface)",
        "padding": [1, 3],
    }
    return {
        "name": _(
            "%(school)s：%(value)s %(unit)s，学生 %(students)s 人，占 S² 的 %(part)s%%",
            school=one.school_name,
            value=text(one.value, 2),
            unit=line.unit,
            students=text(one.students, 0),
            part=text(one.contribution, 1),
        ),
        "value": [one.students, one.value],
        "symbolSize": round(size),
        "itemStyle": {"color": _side(one)},
        "label": label if is_named else {"show": False},
        "url": _working_url(one, line),
    }


def _named(ranked: Sequence[SpreadLine], most: float) -> set[str]:
    """Schools whose bubble carries its name: those that matter most, as far as names do not meet."""
    highest = max((one.value or 0.0 for one in ranked), default=0.0)
    told: list[SpreadLine] = []
    for one in ranked[:NAMED]:
        beside = (other for other in told if _is_right(other, most) == _is_right(one, most))
        if all(abs((one.value or 0.0) - (other.value or 0.0)) > NEAR * highest for other in beside):
            told.append(one)
    return {one.school_code for one in told}


def _is_right(one: SpreadLine, most: float) -> bool:
    return (one.students or 0.0) > most / 2


def _parts(ranked: Sequence[SpreadLine], line: IndicatorLine) -> dict[str, Any]:
    shown, others = ranked[:BARS], ranked[BARS:]
    bars = [
        _bar(one.school_name, one.contribution or 0.0, _side(one), url=_working_url(one, line))
        for one in shown
    ]
    if others:
        rest = math.fsum(one.contribution or 0.0 for one in others)
        bars.append(_bar(_n("其余 %(n)s 所", n=len(others)), rest, "var(--line)"))
    series = {"type": "bar", "data": bars, "barMaxWidth": 14, "label": {"show": True, "position": "right"}}
    return {**bar_frame([bar["name"] for bar in bars]), "series": [series]}


def _bar(name: str, share: float, colour: str, **more: str) -> dict[str, Any]:
    label = {"formatter": f"{printed(share, 1)}%"}
    return {"name": name, "value": round(share, 1), "itemStyle": {"color": colour}, "label": label, **more}


def _edge(at: float, words: str, colour: str, kind: str) -> dict[str, Any]:
    label = {"formatter": words, "color": colour, "position": "end"}
    return {"yAxis": round(at, 4), "lineStyle": {"color": colour, "type": kind, "width": 1}, "label": label}


def _side(one: SpreadLine) -> str:
    return "var(--bar-below)" if (one.deviation or 0.0) < 0 else "var(--bar)"


def _working_url(one: SpreadLine, line: IndicatorLine) -> str:
    return url_for("explain.verdict", item=line.code, school=one.school_code)


def _percent(share: float) -> str:
    return f"{100 * share:g}"


def _plot_words(found: Spread, line: IndicatorLine) -> str:
    return _(
        "圆点大小为在校生数；色带为均值上下一个标准差（±%(cv)s%%，即差异系数 %(exact)s），"
        "虚线为限值允许的 ±%(limit)s%%，色带%(how)s虚线。",
        cv=printed(100 * (found.cv or 0.0), 1),
        exact=printed(found.cv or 0.0, 3),
        limit=_percent(found.cv_limit),
        how=_("宽出") if line.cv_verdict == "not_met" else _("没有超出"),
    )


def _parts_words(ranked: Sequence[SpreadLine]) -> str:
    first = [one for one in ranked[:NAMED] if one.contribution]
    if not first:
        return _("各校的值相同，没有差异。")
    names = listed(
        _("%(school)s %(part)s%%", school=one.school_name, part=text(one.contribution, 1)) for one in first
    )
    above = sum((one.deviation or 0.0) > 0 for one in first)
    return _(
        "对差异影响最大的是%(names)s，其中 %(above)s 所高于均值、%(below)s 所低于均值。",
        names=names,
        above=above,
        below=len(first) - above,
    )
