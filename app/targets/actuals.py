"""What the figures were: one series of years for each indicator, stage and quantity. One query."""

from collections.abc import Mapping

import pandas as pd
import sqlalchemy as sa
from sqlalchemy.orm import Session

from app.assessments.queries import by_main_standard
from app.models import Assessment, AssessmentIndicator
from plans.models import Quantity

Key = tuple[str, str, Quantity]  # indicator, stage, quantity
Actuals = Mapping[Key, "pd.Series[float]"]


def actuals(session: Session, until: int | None = None) -> Actuals:
    """Figures of every year's newest result up to a year; index = years, NaN = missing."""
    statement = (
        sa.select(Assessment.year, Assessment.id, AssessmentIndicator)
        .join(AssessmentIndicator, AssessmentIndicator.assessment_id == Assessment.id)
        .where(by_main_standard())
        .order_by(Assessment.year, Assessment.made_at, Assessment.id)
    )
    found = session.execute(statement if until is None else statement.where(Assessment.year <= until)).all()
    newest = {year: assessment_id for year, assessment_id, _row in found}
    figures: dict[Key, dict[int, float]] = {}
    for year, assessment_id, row in found:
        if newest[year] == assessment_id:
            _put(figures, year, row)
    return {key: pd.Series(by_year, dtype="float64") for key, by_year in figures.items()}


def known(series: "pd.Series[float] | None") -> "pd.Series[float]":
    """The series, or one without any year."""
    return pd.Series(dtype="float64") if series is None else series


def _put(figures: dict[Key, dict[int, float]], year: int, row: AssessmentIndicator) -> None:
    for quantity, figure in (
        (Quantity.MEAN, row.mean),
        (Quantity.SPREAD, row.cv),
        (Quantity.SHARE, _share(row)),
    ):
        by_year = figures.setdefault((row.code, row.stage, quantity), {})
        by_year[year] = float("nan") if figure is None else figure


def _share(row: AssessmentIndicator) -> float | None:
    # A school without figures may meet the standard or not.
    if row.mean is None or row.schools_met is None or not row.schools:
        return None
    return 100 * row.schools_met / row.schools
