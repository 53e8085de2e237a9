"""The next version of a plan: the current one as a draft, and the work that goes over to its heir."""

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Session, selectinload

from plans.acceptance import plan_of_document
from plans.actors import Actor
from plans.base import new_id
from plans.corrections.parts import Part, keyed, rows_of
from plans.corrections.recounting import recounted
from plans.duty_heirs import inherit_duties
from plans.errors import NotFound
from plans.locks import locks_of
from plans.milestone_heirs import inherit_milestones
from plans.models import KeptDraft, Measure, MeasureIndicator, Plan, Target, Task
from plans.plan_body import body_of
from plans.rights import Act, check
from plans.words import _

PREFIX = "plan:"


def draft_next_version(session: Session, actor: Actor, *, plan_id: int, at: datetime) -> KeptDraft | Plan:
    """The draft of a plan's next version, the one begun before, or the plan that it has become.

    Locks from above go along.

    Only the leading group or the programme office.

    Raises ActNotAllowed, NotFound.
    """
    check(actor, Act.EDIT_PLAN)
    plan = session.scalar(sa.select(Plan).where(Plan.id == plan_id))
    if plan is None:
        raise NotFound(_("实施方案"))
    source = f"{PREFIX}{plan.id}"
    if (made := plan_of_document(session, source)) is not None:
        return made
    draft = session.scalar(sa.select(KeptDraft).where(KeptDraft.source_sha256 == source))
    if draft is None:
        body = keyed(recounted(body_of(session, plan_id)))
        locked_parts, locked_by = locks_of(session, plan.source_sha256)
        draft = KeptDraft(
            id=new_id(),
            source_sha256=source,
            source_name=plan.title,
            body=body,
            original=body,
            read_at=at,
            read_by=actor.name,
            locked_parts=locked_parts,
            locked_by=locked_by,
        )
        session.add(draft)
        session.flush()
    return draft


def hand_over(session: Session, draft: KeptDraft, plan: Plan) -> None:
    """Let the plan made of a next version's draft take over the work, the targets and what was reached.

    A task whose measure was dropped stays a task of the plan without a measure. Other drafts change nothing.
    """
    if not draft.source_sha256.startswith(PREFIX):
        return
    old_id = int(draft.source_sha256.removeprefix(PREFIX))
    heirs = _heirs(draft, plan)
    _inherit_measures(session, old_id, heirs)
    for task in session.scalars(sa.select(Task).where(Task.plan_id == old_id)):
        heir = heirs.get(task.measure_id) if task.measure_id is not None else None
        task.plan_id, task.measure_id = plan.id, heir.id if heir else None
    for target in session.scalars(sa.select(Target).where(Target.plan_id == old_id)):
        session.add(_copy(target, plan.id))
    session.flush()
    inherit_milestones(session, old_id, plan, rows_of(draft.body, Part.MILESTONES))
    inherit_duties(session, old_id, plan.id)


def _heirs(draft: KeptDraft, plan: Plan) -> dict[int, Measure]:
    """Measure of the old plan → the one in the new plan that was made of its row."""
    rows = rows_of(keyed(draft.body), Part.MEASURES)
    return {
        row["from_id"]: measure
        for row, measure in zip(rows, plan.measures, strict=True)
        if row.get("from_id") is not None
    }


def _inherit_measures(session: Session, old_id: int, heirs: dict[int, Measure]) -> None:
    """What a draft does not show: who watches, who answers in person, the weight, the indicators."""
    statement = sa.select(Measure).where(Measure.plan_id == old_id).options(selectinload(Measure.indicators))
    for measure in session.scalars(statement):
        if (heir := heirs.get(measure.id)) is not None:
            heir.supervising_unit_id, heir.weight = measure.supervising_unit_id, measure.weight
            heir.person_id, heir.person_name = measure.person_id, measure.person_name
            known = {link.code for link in heir.indicators}
            codes = [link.code for link in measure.indicators if link.code not in known]
            heir.indicators.extend(MeasureIndicator(id=new_id(), code=code) for code in codes)


def _copy(target: Target, plan_id: int) -> Target:
    return Target(
        id=new_id(),
        plan_id=plan_id,
        indicator_code=target.indicator_code,
        stage=target.stage,
        quantity=target.quantity,
        baseline_year=target.baseline_year,
        baseline=target.baseline,
        horizon_year=target.horizon_year,
        due=target.due,
        steps=dict(target.steps),
    )
