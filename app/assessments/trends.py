"""Indicators over the years: of the county as charts, of one school as a table."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd
import sqlalchemy as sa
from flask_babel import gettext as _
from sqlalchemy.orm import Session

from app.assessments.queries import IndicatorLine, TrendPoint, by_main_standard
from app.assessments.workings import short_name
from app.charts import actual_series, frame_of, limit_line, lowest_of, text
from app.models import Assessment, AssessmentSection
from scoring.elements import STAGE_LABELS, STAGES
from scoring.exact import printed
from scoring.standard import Standard


@dataclass(frozen=True)
class TrendCharts:
    """An indicator's county figures over the years; the rows are the table twin of both charts."""

    mean: dict[str, Any]
    cv: dict[str, Any]
    rows: list[list[Any]]
    mean_words: str
    cv_words: str


@dataclass(frozen=True)
class YearCell:
    """One value of a school in one year; None = missing. ``mark``: met, close, not_met or no_data."""

    value: float | None
    mark: str


@dataclass(frozen=True)
class SchoolTrend:
    """One stage of a school over the years; a year in which the stage was not assessed has no cell."""

    stage_name: str
    years: list[int]
    rows: list[tuple[str, str, str, list[YearCell | None]]]  # code, name, unit, a cell a year
    verdicts: list[str | None]


def trend_charts(points: Sequence[TrendPoint], line: IndicatorLine) -> TrendCharts:
    """County mean against the standard and CV against its limit, year by year."""
    standard, limit = line.at_least, line.cv_limit
    return TrendCharts(
        mean=_chart(points, "mean", standard, _("标准 %(value)s", value=f"{standard:g}"), 2),
        cv=_chart(points, "cv", limit, _("限值 %(value)s", value=f"{limit:g}"), 3),
        rows=[_twin(point) for point in points],
        mean_words=_change_words(points, "mean", _("全县均值"), 2),
        cv_words=_change_words(points, "cv", _("差异系数"), 3),
    )


def school_trends(session: Session, standard: Standard, school_code: str) -> list[SchoolTrend]:
    """Each indicator of a school in every year, from each year's newest result. One query."""
    statement = (
        sa.select(Assessment.year, AssessmentSection)
        .join(AssessmentSection, AssessmentSection.assessment_id == Assessment.id)
        .where(AssessmentSection.school_code == school_code, by_main_standard())
        .order_by(Assessment.year, Assessment.made_at, Assessment.id)
    )
    newest = {(row.stage, year): row for year, row in session.execute(statement)}
    years = sorted({year for _stage, year in newest})
    stages = [stage for stage in STAGES if any(held == stage for held, _year in newest)]
    return [_school_trend(newest, standard, stage, years) for stage in stages]


def _chart(points: Sequence[TrendPoint], name: str, line: float, words: str, places: int) -> dict[str, Any]:
    history, years = _history(points, name), [point.year for point in points]
    series = actual_series(history, years, places, words) | {"markLine": limit_line(line, words)}
    return {**frame_of(years, lowest_of([series], line)), "series": [series]}


def _history(points: Sequence[TrendPoint], name: str) -> "pd.Series[float]":
    figures = {point.year: getattr(point, name) for point in points}
    return pd.Series(figures, dtype="float64")


def _twin(point: TrendPoint) -> list[Any]:
    state = _("上报版") if point.is_frozen else _("草稿")
    return [
        _("%(year)s 年", year=point.year),
        text(point.mean, 2),
        text(point.cv, 3),
        f"{point.schools_met} / {point.schools}",
        state,
    ]


def _change_words(points: Sequence[TrendPoint], name: str, what: str, places: int) -> str:
    known = [(point.year, getattr(point, name)) for point in points if getattr(point, name) is not None]
    if len(known) < 2:
        return _("%(what)s只有一个年度的数据，尚看不出变化。", what=what)
    (first, then), (last, now) = known[0], known[-1]
    return _(
        "%(what)s从 %(first)s 年的 %(then)s 到 %(last)s 年的 %(now)s。",
        what=what,
        first=first,
        then=printed(then, places),
        last=last,
        now=printed(now, places),
    )


def _school_trend(
    newest: Mapping[tuple[str, int], AssessmentSection], standard: Standard, stage: str, years: list[int]
) -> SchoolTrend:
    held = [newest.get((stage, year)) for year in years]
    rows = [
        (one.code, short_name(one.label), one.unit, [_cell(row, one.code) for row in held])
        for one in standard.indicators
    ]
    return SchoolTrend(STAGE_LABELS[stage], years, rows, [row.verdict if row else None for row in held])


def _cell(row: AssessmentSection | None, code: str) -> YearCell | None:
    if row is None:
        return None
    value = row.values.get(code)
    if value is None:
        return YearCell(None, "no_data")
    if code in row.below_floor:
        return YearCell(value, "not_met")
    return YearCell(value, "close" if code in row.missed else "met")
