"""Basic balance and the rubric in the demo: every year judged, the last one scored."""

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy.orm import Session

from app.assessments.runs import assess_by
from app.basic.queries import STANDARD
from app.demo.county import DemoCounty
from app.models.rubric import ScoreKind
from app.rubric.commands import give_points
from app.rubric.pages import rubric
from plans.actors import Actor

# Item, own points, the reviewer's (- = none yet).
POINTS = """
C1  20 20
C2  10 10
C3  20 20
C4  10 10
C5  10 9
C6  40 30
C7  10 -
C8  10 10
C9  15 15
C10 10 10
C11 15 15
C12 15 14
C13 24 20
C14 30 30
C15 30 30
C16 20 18
C17 30 30
C18 15 15
C19 22 20
C20 30 30
C21 18 -
C22 20 -
C23 20 20
C24 20 20
C25 18 18
C26 10 -
C27 20 19.5
C28 20 -
C29 18 16
C30 20 20
C31 20 20
C32 16 15
C33 18 -
C34 65 65
C35 60 55
C36 20 20
A4-E 200 200
"""


def load_rubric_scores(
    session: Session, offices: Mapping[str, Actor], county: DemoCounty, at: datetime
) -> None:
    """Judge every year by basic balance and score the last; nothing is committed.

    The session must have entered the county and hold its returns.
    """
    for year in sorted(county.years):
        assess_by(session, offices["office"], standard=STANDARD, year=year, at=at)
    for line in POINTS.strip().splitlines():
        code, own, reviewer = line.split()
        _give(session, offices["office"], county.last_year, code, ScoreKind.SELF, own, at)
        if reviewer != "-":
            _give(session, offices["supervisor"], county.last_year, code, ScoreKind.REVIEWER, reviewer, at)


def _give(
    session: Session, actor: Actor, year: int, item: str, kind: ScoreKind, points: str, at: datetime
) -> None:
    give_points(
        session, actor, rubric(), year=year, item=item, kind=kind, points=float(points), seen=0, at=at
    )
