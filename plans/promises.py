"""Promised numbers follow the words: after a text was changed they are read from it anew."""

from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from plans.models import PlanTarget
from plans.reading.targets import Target, find_targets


def reread_promises(
    session: Session, plan_id: int, *, before: str, now: str, measure_id: int | None, code: str | None = None
) -> None:
    """Drop the numbers whose sentence left the text, and those that a new sentence replaces; add the new.

    ``code`` is the indicator of numbers that name none. Sentences that stay keep their rows. Numbers of no
    measure come from several texts, so that there only the sentence itself tells which one is meant.
    """
    known = list(session.scalars(_of(plan_id, measure_id)))
    said = {target.sentence for target in known if target.sentence in now}
    fresh = [target for target in find_targets(now, 0, code) if target.sentence not in said]
    figures = {(target.indicator_code, target.stage) for target in fresh if measure_id is not None}
    for target in known:
        is_replaced = target.sentence in before or (target.indicator_code, target.stage) in figures
        if target.sentence not in said and is_replaced:
            session.delete(target)
    session.flush()
    taken = sa.select(sa.func.max(PlanTarget.no)).where(PlanTarget.plan_id == plan_id)
    first = (session.scalar(taken) or 0) + 1
    session.add_all(_row(plan_id, measure_id, no, target) for no, target in enumerate(fresh, first))
    session.flush()


def _of(plan_id: int, measure_id: int | None) -> sa.Select[Any]:
    return sa.select(PlanTarget).where(PlanTarget.plan_id == plan_id, PlanTarget.measure_id == measure_id)


def _row(plan_id: int, measure_id: int | None, no: int, target: Target) -> PlanTarget:
    return PlanTarget(
        plan_id=plan_id,
        no=no,
        measure_id=measure_id,
        indicator_code=target.indicator_code,
        stage=target.stage,
        relation=target.relation.value,
        value=target.value,
        unit=target.unit,
        year=target.year,
        sentence=target.sentence,
        source_paragraph=None,
    )
