"""A county with figures and points for tests of the rubric."""

import sqlalchemy as sa

from app.models import RubricScore
from app.models.rubric import ScoreKind
from app.rubric.commands import give_points
from app.rubric.pages import rubric
from plans.actors import Actor
from tests.app.county_data import measures, report, school
from tests.factories import Factory, Member

YEAR = 2026
FALLING = {  # money falls, but by less than revenue does
    2025: {"fiscal_recurrent_revenue_wan": 273_180, "education_appropriation_wan": 198_726},
    2026: {"fiscal_recurrent_revenue_wan": 231_760, "education_appropriation_wan": 172_748},
}
LAND = {"land_income_wan": 0, "land_income_used_wan": 0}


def reporting_office(make: Factory) -> Member:
    """The office of a county that reported two years."""
    member = make.member(make.county())
    report(make, member, measures(school(), county=FALLING[2025]), year=2025)
    report(make, member, measures(school(), county=FALLING[2026] | LAND), year=YEAR)
    return member


def give(
    make: Factory, actor: Actor, points: float | None, *, item: str = "C1", kind: str = "self", seen: int = 0
) -> None:
    with make.session(actor.county_id) as session:
        give_points(
            session, actor, rubric(), year=YEAR, item=item, kind=ScoreKind(kind),
            points=points, seen=seen, at=make.now,
        )  # fmt: skip


def points_of(make: Factory, actor: Actor, item: str = "C1") -> dict[str, float | None]:
    with make.session(actor.county_id) as session:
        rows = session.scalars(sa.select(RubricScore).where(RubricScore.item == item))
        return {row.kind.value: row.points for row in rows}


def story(make: Factory, actor: Actor) -> list[tuple[float | None, float | None, str]]:
    with make.session(actor.county_id) as session:
        (score,) = session.scalars(sa.select(RubricScore))
        return [(event.before, event.after, event.actor_name) for event in score.events]
