"""Results of basic balance as ready lines. None = missing."""

from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.orm import Session

from app.assessments.queries import standard_of
from app.assessments.workings import short_name
from app.models import Assessment, AssessmentIndicator, AssessmentItem
from scoring.elements import STAGE_LABELS
from scoring.words import _ as marked

STANDARD = "basic-2012"


@dataclass(frozen=True)
class SpreadFigure:
    """How far schools of one stage differ in one indicator."""

    mean: float | None
    sd: float | None
    cv: float | None


@dataclass(frozen=True)
class BasicLine:
    """One indicator with its figures by stage."""

    code: str
    name: str
    label: str
    unit: str
    clause: str
    stages: dict[str, SpreadFigure]


@dataclass(frozen=True)
class CompositeLine:
    """The composite of one stage: the mean of the CVs, which alone is judged."""

    stage: str
    stage_name: str
    value: float | None
    limit: float
    verdict: str
    cvs: list[float]  # those known, in the order of the standard
    n_indicators: int
    printed_otherwise: bool  # the printed value would give the other verdict

    @property
    def total(self) -> float | None:
        """Sum of the CVs; None while one is missing."""
        return sum(self.cvs) if self.value is not None else None


def basic_lines(session: Session, assessment: Assessment) -> list[BasicLine]:
    """The eight indicators in the order of the standard. One query."""
    of_assessment = AssessmentIndicator.assessment_id == assessment.id
    figures: dict[str, dict[str, SpreadFigure]] = {}
    for row in session.scalars(sa.select(AssessmentIndicator).where(of_assessment)):
        figures.setdefault(row.code, {})[row.stage] = SpreadFigure(row.mean, row.sd, row.cv)
    return [
        BasicLine(one.code, short_name(one.label), one.label, one.unit, one.clause, figures[one.code])
        for one in standard_of(assessment).indicators
        if one.code in figures
    ]


def composite_lines(
    session: Session, assessment: Assessment, lines: list[BasicLine]
) -> tuple[str, list[CompositeLine]]:
    """Clause of the composite rule, and the composite of each stage that has schools. One query."""
    of_assessment = AssessmentItem.assessment_id == assessment.id
    item = session.scalars(sa.select(AssessmentItem).where(of_assessment)).one()
    return marked(item.clause), [
        CompositeLine(
            stage=part["key"],
            stage_name=STAGE_LABELS[part["key"]],
            value=part["value"],
            limit=part["limit"],
            verdict=part["verdict"],
            cvs=[cv for line in lines if (cv := line.stages[part["key"]].cv) is not None],
            n_indicators=len(lines),
            printed_otherwise=part["printed_otherwise"],
        )
        for part in item.parts
    ]
