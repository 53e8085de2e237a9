"""Reading assessments: ready lines for pages, each function with a constant number of queries."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from app.assessments.inputs import Inputs
from app.assessments.workings import short_name
from app.models import Assessment, AssessmentIndicator, AssessmentSection
from app.models.assessments import AssessmentState
from app.rules.local import local_standard
from plans.base import County
from scoring.elements import STAGE_LABELS
from scoring.loader import load_standard
from scoring.standard import Indicator, Standard


@dataclass(frozen=True)
class IndicatorLine:
    """One indicator and stage over the county. Numbers are unrounded; None = missing."""

    code: str
    label: str
    name: str  # the label without its "per hundred pupils", for narrow places
    unit: str
    clause: str
    stage: str
    stage_name: str
    mean: float | None  # in ``unit``
    at_least: float  # the standard, in ``unit``
    sd: float | None
    cv: float | None
    cv_limit: float
    cv_verdict: str
    schools_met: int
    schools: int
    failing: int  # sections that fail the school rule and miss this indicator
    verdict: str  # met, not_met or no_data: spread and schools together
    rounding_flips: list[Any]

    @property
    def mean_is_below(self) -> bool:
        return self.mean is not None and self.mean < self.at_least


@dataclass(frozen=True)
class SectionLine:
    """One school and stage."""

    school_code: str
    school_name: str
    stage: str
    stage_name: str
    students: int | None
    values: dict[str, float | None]  # indicator code → value in the indicator's unit
    marks: dict[str, str]  # indicator code → met, close (missed, but not below the floor), not_met or no_data
    met: list[str]
    missed: list[str]
    below_floor: list[str]
    worst_code: str | None  # the indicator that is furthest below its standard
    worst_name: str
    worst_share: float | None  # its value in % of the standard
    verdict: str | None  # None = no rule judges a school


@dataclass(frozen=True)
class TrendPoint:
    """One indicator and stage in one year, from that year's newest assessment."""

    year: int
    mean: float | None
    cv: float | None
    cv_limit: float
    schools_met: int | None
    schools: int
    is_frozen: bool


def by_main_standard() -> sa.ColumnElement[bool]:
    """Assessments by the standard that their county aims at; others may stand beside them."""
    main = sa.select(County.standard).where(County.id == Assessment.county_id)
    return Assessment.standard == main.correlate(Assessment).scalar_subquery()


def latest(session: Session, year: int, standard: str | None = None) -> Assessment | None:
    """The newest assessment of a year, draft or frozen, by a standard (None: the county's own). One query."""
    statement = (
        sa.select(Assessment)
        .where(Assessment.year == year, Assessment.standard == standard if standard else by_main_standard())
        .order_by(Assessment.made_at.desc(), Assessment.id.desc())
        .limit(1)
    )
    return session.scalar(statement)


def standards_of(session: Session, year: int) -> set[str]:
    """Standards that a year has been judged by. One query."""
    return set(session.scalars(sa.select(Assessment.standard).where(Assessment.year == year).distinct()))


def standard_of(assessment: Assessment) -> Standard:
    """The very version of the standard that the assessment was judged by, local rules put on. No query."""
    national = load_standard(assessment.standard, date.fromisoformat(assessment.standard_version))
    inputs = Inputs.from_json(assessment.inputs)
    return local_standard(national, inputs.variant, inputs.targets)


def indicator_lines(session: Session, assessment: Assessment) -> list[IndicatorLine]:
    """All indicators by stage in the order of the standard. Two queries.

    Indicators that no rule judges by themselves (basic balance) have no line.
    """
    standard, sections = standard_of(assessment), _sections(session, assessment)
    of_assessment = AssessmentIndicator.assessment_id == assessment.id
    lines = [
        _indicator_line(row, row.cv_verdict, row.schools_met, standard.indicator(row.code), sections)
        for row in session.scalars(sa.select(AssessmentIndicator).where(of_assessment))
        if row.cv_verdict is not None and row.schools_met is not None
    ]
    stages = list(STAGE_LABELS)
    return sorted(lines, key=lambda line: (standard.codes.index(line.code), stages.index(line.stage)))


def section_lines(session: Session, assessment: Assessment) -> list[SectionLine]:
    """All schools and stages, primary before junior, by school code. One query."""
    standard = standard_of(assessment)
    return [_section_line(row, standard) for row in _sections(session, assessment)]


def worst_sections(session: Session, assessment: Assessment, limit: int) -> list[SectionLine]:
    """Sections that fail, those with most indicators below the floor first. One query."""
    failing = [line for line in section_lines(session, assessment) if line.verdict == "not_met"]
    failing.sort(key=lambda line: (-len(line.below_floor), -len(line.missed), line.worst_share or 0))
    return failing[:limit]


def trend(
    session: Session, code: str, stage: str, *, of: sa.ColumnElement[bool] | None = None
) -> list[TrendPoint]:
    """One indicator and stage over the years by the county's own standard, oldest first. One query.

    ``of``: which assessments count; None = all.
    """
    statement = (
        sa.select(Assessment.year, Assessment.state, AssessmentIndicator)
        .join(AssessmentIndicator, AssessmentIndicator.assessment_id == Assessment.id)
        .where(by_main_standard(), AssessmentIndicator.code == code, AssessmentIndicator.stage == stage)
        .where(sa.true() if of is None else of)
        .order_by(Assessment.year, Assessment.made_at, Assessment.id)
    )
    newest = {year: _point(year, state, row) for year, state, row in session.execute(statement)}
    return list(newest.values())


def _sections(session: Session, assessment: Assessment) -> list[AssessmentSection]:
    statement = (
        sa.select(AssessmentSection)
        .where(AssessmentSection.assessment_id == assessment.id)
        .order_by(AssessmentSection.stage.desc(), AssessmentSection.school_code)
    )
    return list(session.scalars(statement))


def _indicator_line(
    row: AssessmentIndicator,
    cv_verdict: str,
    schools_met: int,
    indicator: Indicator,
    sections: Iterable[AssessmentSection],
) -> IndicatorLine:
    own = [section for section in sections if section.stage == row.stage]
    failing = sum(section.verdict == "not_met" and row.code in section.missed for section in own)
    missing = any(section.values.get(row.code) is None for section in own)
    return IndicatorLine(
        code=row.code,
        label=indicator.label,
        name=short_name(indicator.label),
        unit=indicator.unit,
        clause=indicator.clause,
        stage=row.stage,
        stage_name=STAGE_LABELS[row.stage],
        mean=row.mean,
        at_least=float(indicator.at_least[row.stage]),
        sd=row.sd,
        cv=row.cv,
        cv_limit=float(indicator.cv_at_most[row.stage]),
        cv_verdict=cv_verdict,
        schools_met=schools_met,
        schools=row.schools,
        failing=failing,
        verdict=_line_verdict(cv_verdict, failing, missing),
        rounding_flips=row.rounding_flips,
    )


def _line_verdict(cv_verdict: str, failing: int, missing: bool) -> str:
    if cv_verdict == "not_met" or failing:
        return "not_met"
    return "no_data" if missing else cv_verdict


def _section_line(row: AssessmentSection, standard: Standard) -> SectionLine:
    shares = {code: _share(row, standard.indicator(code)) for code in row.missed}
    worst = min(shares, key=lambda code: shares[code], default=None)
    return SectionLine(
        school_code=row.school_code,
        school_name=row.school_name or row.school_code,
        stage=row.stage,
        stage_name=STAGE_LABELS[row.stage],
        students=row.students,
        values=row.values,
        marks={code: _mark(row, code) for code in standard.codes},
        met=row.met,
        missed=row.missed,
        below_floor=row.below_floor,
        worst_code=worst,
        worst_name=short_name(standard.indicator(worst).label) if worst else "",
        worst_share=shares[worst] if worst else None,
        verdict=row.verdict,
    )


def _share(row: AssessmentSection, indicator: Indicator) -> float:
    value: float = row.values[indicator.code]
    return 100 * value / float(indicator.at_least[row.stage])


def _mark(row: AssessmentSection, code: str) -> str:
    if row.values.get(code) is None:
        return "no_data"
    if code in row.below_floor:
        return "not_met"
    return "close" if code in row.missed else "met"


def _point(year: int, state: AssessmentState, row: AssessmentIndicator) -> TrendPoint:
    is_frozen = state is not AssessmentState.DRAFT
    limit = float("nan") if row.cv_limit is None else row.cv_limit
    return TrendPoint(year, row.mean, row.cv, limit, row.schools_met, row.schools, is_frozen)
