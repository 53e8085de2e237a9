"""What each page shows, put together from queries and workings; the session is only read."""

from dataclasses import dataclass
from itertools import groupby

from flask_babel import gettext as _
from sqlalchemy.orm import Session

from app.assessments import sentences
from app.assessments.heat import sorted_sections
from app.assessments.items import ItemLine, item_lines
from app.assessments.queries import (
    IndicatorLine,
    SectionLine,
    indicator_lines,
    section_lines,
    standard_of,
    trend,
)
from app.assessments.retelling import retold
from app.assessments.runs import judged_again
from app.assessments.spread_charts import SpreadCharts, spread_charts
from app.assessments.trends import TrendCharts, trend_charts
from app.assessments.workings import (
    Outside,
    Spread,
    ValueLine,
    outside,
    short_name,
    sorted_lines,
    spread,
    value_lines,
)
from app.models import Assessment
from app.returns.values import YearValues
from plans.errors import NotFound
from scoring.elements import STAGE_LABELS
from scoring.standard import Standard

SORTABLE = ("students", "amount", "value", "share", "gap")


@dataclass(frozen=True)
class Page:
    """What every page of a result has."""

    headline: str
    basis: list[str]
    standard: Standard


@dataclass(frozen=True)
class IndicatorsPage(Page):
    stages: list[tuple[str, list[IndicatorLine]]]  # name of the stage, its indicators
    groups: list[tuple[str, list[ItemLine]]]  # name of the group, its items


@dataclass(frozen=True)
class IndicatorPage(Page):
    line: IndicatorLine
    values: list[ValueLine]
    spread: Spread
    pictures: SpreadCharts | None  # None while the CV cannot be worked out
    sort: str
    down: bool
    flips: list[str]
    trend: TrendCharts
    others: list[IndicatorLine]  # all indicators and stages, to go on to


@dataclass(frozen=True)
class SchoolsPage(Page):
    names: dict[str, str]  # indicator code → short name
    stages: list[tuple[str, str, list[SectionLine]]]  # code and name of the stage, its schools
    outside: list[Outside]
    chosen: dict[str, str]
    sort: str
    down: bool


def indicators_page(session: Session, assessment: Assessment) -> IndicatorsPage:
    """All indicators by stage, then the items with reason and clause."""
    standard, lines = standard_of(assessment), indicator_lines(session, assessment)
    stages = [
        (STAGE_LABELS[stage], [line for line in lines if line.stage == stage])
        for stage in STAGE_LABELS
        if any(line.stage == stage for line in lines)
    ]
    items = retold(item_lines(session, assessment), assessment)
    headline = sentences.county_sentence(assessment, lines, items)
    groups = [(name, list(own)) for name, own in groupby(items, key=lambda item: item.group)]
    return IndicatorsPage(headline, sentences.basis(assessment, standard), standard, stages, groups)


def indicator_page(
    session: Session, assessment: Assessment, code: str, stage: str, *, order: tuple[str, bool]
) -> IndicatorPage:
    """One indicator in one stage, every school's value and the working of the spread.

    Raises NotFound for an indicator or a stage that the assessment does not have.
    """
    lines = indicator_lines(session, assessment)
    line = next((one for one in lines if (one.code, one.stage) == (code, stage)), None)
    if line is None:
        raise NotFound(_("指标"))
    judged, standard = judged_again(assessment), standard_of(assessment)
    sort, down = order if order[0] in SORTABLE else ("value", False)
    values = sorted_lines(value_lines(judged, code, stage), sort, descending=down)
    working = spread(judged, code, stage)
    return IndicatorPage(
        headline=sentences.indicator_sentence(line),
        basis=[*sentences.basis(assessment, standard), line.clause],
        standard=standard,
        line=line,
        values=values,
        spread=working,
        pictures=spread_charts(working, line),
        sort=sort,
        down=down,
        flips=sentences.flip_sentences(line, {one.school_code: one.school_name for one in values}),
        trend=trend_charts(trend(session, code, stage), line),
        others=lines,
    )


def schools_page(
    session: Session, assessment: Assessment, *, stage: str, verdict: str, order: tuple[str, bool]
) -> SchoolsPage:
    """Every school and stage against the seven indicators, and the schools that are not assessed."""
    sort, down = order
    standard, lines = standard_of(assessment), section_lines(session, assessment)
    wanted = [line for line in lines if stage in ("", line.stage) and verdict in ("", line.verdict)]
    grouped = groupby(wanted, key=lambda line: line.stage)
    values = YearValues.from_json(assessment.data)
    return SchoolsPage(
        headline=sentences.schools_sentence(assessment, lines, standard),
        basis=sentences.basis(assessment, standard),
        standard=standard,
        names={one.code: short_name(one.label) for one in standard.indicators},
        stages=[
            (code, STAGE_LABELS[code], sorted_sections(list(own), sort, standard, descending=down))
            for code, own in grouped
        ],
        outside=outside(values.schools, {line.school_code for line in lines}, standard.inclusion),
        chosen={"stage": stage, "verdict": verdict},
        sort=sort,
        down=down,
    )
