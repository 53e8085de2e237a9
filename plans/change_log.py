"""The way to change a row of a plan: held, not stale, with a reason once approved, written down."""

import hashlib
from collections.abc import Mapping
from datetime import datetime
from typing import TypeVar

from sqlalchemy.orm import Session
from sqlalchemy.orm.attributes import flag_modified

from plans.actors import Actor
from plans.commands.finding import found, hold
from plans.commands.moving import check_reason
from plans.corrections.errors import PartLocked
from plans.corrections.parts import PART_NAMES, Part
from plans.locks import locks_of
from plans.models import Plan, PlanChange, PlanPart
from plans.part_fields import Fields, Row, fields_of, part_of, title_of
from plans.rights import Act, check
from plans.snapshots import changed_fields
from plans.words import _
from plans.work_errors import StalePlan

R = TypeVar("R", bound=Row)
# What a lock from above forbids; units, persons, weights and indicators are the county's own everywhere.
LOCKED = {
    (PlanPart.PLAN, "title"): Part.HEAD,
    (PlanPart.PLAN, "document_no"): Part.HEAD,
    (PlanPart.PLAN, "horizon_year"): Part.HEAD,
    (PlanPart.PLAN, "goals"): Part.GOALS,
    (PlanPart.PHASE, "title"): Part.PHASES,
    (PlanPart.PHASE, "starts_on"): Part.PHASES,
    (PlanPart.PHASE, "ends_on"): Part.PHASES,
    (PlanPart.PHASE, "steps"): Part.PHASES,
    (PlanPart.MEASURE, "title"): Part.MEASURES,
    (PlanPart.MEASURE, "text"): Part.MEASURES,
    (PlanPart.MEASURE, "stated_due_on"): Part.MEASURES,
    (PlanPart.MILESTONE, "text"): Part.MILESTONES,
    (PlanPart.MILESTONE, "stated_due_on"): Part.MILESTONES,
    (PlanPart.INDICATOR, "text"): Part.INDICATORS,
    (PlanPart.INDICATOR, "indicator_code"): Part.INDICATORS,
    (PlanPart.UNIT_DUTY, "text"): Part.DUTIES,
}


def held_row(
    session: Session,
    actor: Actor,
    kind: type[R],
    row_id: int,
    name: str,
    seen_version: int,
    reason: str,
    act: Act = Act.EDIT_PLAN,
) -> R:
    """A row of a plan as it was shown, held until the transaction ends.

    Raises ActNotAllowed, NotFound, StalePlan, ReasonMissing.
    """
    check(actor, act)
    row: R = found(session, kind, row_id, name)
    hold(session, row)
    if version_of(row) != seen_version:
        raise StalePlan(name)
    check_revision(session, plan_id_of(row), reason)
    return row


def check_revision(session: Session, plan_id: int, reason: str) -> Plan:
    """The plan, where a change of it is explained or it is not approved yet.

    Raises NotFound, ReasonMissing.
    """
    plan: Plan = found(session, Plan, plan_id, _("实施方案"))
    if plan.approved_at is not None:
        check_reason(reason, _("调整已批准的方案"))
    return plan


def version_of(row: Row) -> int:
    """A number that is another one after every change of the row."""
    version: int | None = getattr(row, "version", None)
    if version is None:  # rows without a counter are told apart by what they say
        version = int(hashlib.sha256(repr(sorted(fields_of(row).items())).encode()).hexdigest()[:12], 16)
    return version


def plan_id_of(row: Row) -> int:
    """The plan that a row belongs to."""
    return row.id if isinstance(row, Plan) else row.plan_id


def write_change(
    session: Session, actor: Actor, row: Row, before: Fields, reason: str, at: datetime
) -> dict[str, tuple[str, str]]:
    """Write down what of a row is not as ``before``; the changed fields.

    Raises PartLocked.
    """
    called = before.get("title") or before.get("text") or title_of(row)
    if hasattr(row, "version"):
        flag_modified(row, "plan_id")  # a change of units alone is a new version too
    session.flush()
    session.expire(row)
    changed = changed_fields(before, fields_of(row))
    _check_locks(session, row, changed)
    record_change(session, actor, part_of(row), row, changed, reason, at, called[:200])
    return changed


def record_change(
    session: Session,
    actor: Actor,
    part: PlanPart,
    row: Row,
    changed: Mapping[str, tuple[str, str]],
    reason: str,
    at: datetime,
    title: str = "",
) -> None:
    """Write each changed field of a row; ``title`` is what it was called before, if it changed."""
    session.add_all(
        PlanChange(
            plan_id=plan_id_of(row),
            at=at,
            actor_id=actor.user_id,
            actor_name=actor.name,
            part=part,
            row_id=row.id,
            title=title or title_of(row),
            field=field,
            before=before,
            after=after,
            reason=reason,
        )
        for field, (before, after) in changed.items()
    )
    session.flush()


def locked_fields(session: Session, row: Row) -> set[str]:
    """The fields of a row that a lock from above forbids to change."""
    plan: Plan = found(session, Plan, plan_id_of(row), _("实施方案"))
    parts, _by = locks_of(session, plan.source_sha256)
    return {field for (part, field), lock in LOCKED.items() if part is part_of(row) and lock.value in parts}


def _check_locks(session: Session, row: Row, changed: Mapping[str, object]) -> None:
    plan: Plan = found(session, Plan, plan_id_of(row), _("实施方案"))
    parts, by = locks_of(session, plan.source_sha256)
    for field in changed:
        lock = LOCKED.get((part_of(row), field))
        if lock is not None and lock.value in parts:
            raise PartLocked(PART_NAMES[lock], by or _("上级"))
