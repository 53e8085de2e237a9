"""Rows → what a scorecard is made of. Each function with a constant number of queries."""

from collections.abc import Mapping
from typing import Any

import pandas as pd
import sqlalchemy as sa
from sqlalchemy.orm import Session, selectinload

from app.basic.queries import STANDARD as BASIC
from app.models import Assessment, CountyReturn, RubricScore
from app.models.rubric import ScoreKind
from scoring.elements import STAGES
from scoring.rubric import Rubric

COMPOSITE = "composite_cv"  # stem of the elements that basic balance gives
Scores = Mapping[tuple[str, ScoreKind], RubricScore]


def scores_in(session: Session, rubric: Rubric, year: int) -> Scores:
    """All points of a year by item and kind. One query."""
    of_year = (RubricScore.rubric == rubric.id, RubricScore.year == year)
    return {(row.item, row.kind): row for row in session.scalars(sa.select(RubricScore).where(*of_year))}


def story_of(session: Session, rubric: Rubric, year: int, item: str) -> list[RubricScore]:
    """The scores of an item with every change. Two queries."""
    place = (RubricScore.rubric == rubric.id, RubricScore.year == year, RubricScore.item == item)
    statement = sa.select(RubricScore).where(*place).order_by(RubricScore.kind.desc())
    return list(session.scalars(statement.options(selectinload(RubricScore.events))))


def annual_figures(session: Session, rubric: Rubric) -> pd.DataFrame:
    """Yearly figures as ``scoring.rubric.hints`` takes them: index = year, columns = elements, NaN = missing.

    Where a county filled in no composite CV, the result of its own assessment of basic balance stands in.
    Two queries.
    """
    returns = session.execute(sa.select(CountyReturn.year, CountyReturn.values))
    told = {year: values for year, values in returns}  # noqa: C416 -- rows, not pairs
    own = _composites(session)
    codes = [element.code for element in rubric.elements]
    rows = {year: {**own.get(year, {}), **told.get(year, {})} for year in sorted({*told, *own})}
    return pd.DataFrame.from_dict(rows, orient="index").reindex(columns=codes).astype("float64")


def scores_frame(scores: Scores) -> pd.DataFrame:
    """Points as ``scoring.rubric.scorecard`` takes them."""
    columns = {
        kind.value: pd.Series(
            {item: row.points for (item, of_kind), row in scores.items() if of_kind is kind}, dtype="float64"
        )
        for kind in ScoreKind
    }
    return pd.DataFrame(columns)


def _composites(session: Session) -> dict[int, dict[str, Any]]:
    statement = sa.select(Assessment.year, Assessment.summary).where(Assessment.standard == BASIC)
    newest = session.execute(statement.order_by(Assessment.year, Assessment.made_at, Assessment.id))
    return {
        year: {f"{COMPOSITE}_{stage}": summary["composite_cv"][stage] for stage in STAGES}
        for year, summary in newest
    }
