"""A built-in plan sent down to a county, with parts that the county may not change."""

from collections.abc import Sequence
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Session

from plans.acceptance import plan_of_document
from plans.actors import Actor
from plans.base import new_id
from plans.corrections.parts import Part, keyed, rows_of, with_rows
from plans.corrections.recounting import recounted
from plans.errors import PlanAlreadyAccepted
from plans.models import KeptDraft, Plan
from plans.rights import Act, check
from plans.templates import load_template


def start_from_template(session: Session, actor: Actor, *, name: str, at: datetime) -> KeptDraft | Plan:
    """The draft of a built-in plan, the one begun before, or the plan that it has become.

    Only the leading group or the programme office.

    Raises ActNotAllowed, UnknownTemplate.
    """
    check(actor, Act.EDIT_PLAN)
    made = plan_of_document(session, _source(name))
    return made or _draft(session, name, actor.name, at)


def push_template(session: Session, *, name: str, locked: Sequence[Part], by: str, at: datetime) -> KeptDraft:
    """Put a built-in plan before the county in scope, some of its parts locked.

    A draft that the county has begun keeps its corrections elsewhere; locked parts go back to the template.

    Raises UnknownTemplate, PlanAlreadyAccepted.
    """
    if (plan := plan_of_document(session, _source(name))) is not None:
        raise PlanAlreadyAccepted(plan.title)
    draft = _draft(session, name, by, at)
    body, original = keyed(draft.body), keyed(draft.original)
    for part in locked:
        body = with_rows(body, part, rows_of(original, part))
    draft.body = recounted(body) if locked else body
    draft.locked_parts, draft.locked_by = [part.value for part in locked], by
    return draft


def _source(name: str) -> str:
    return f"template:{name}"


def _draft(session: Session, name: str, by: str, at: datetime) -> KeptDraft:
    body = load_template(name)
    draft = session.scalar(sa.select(KeptDraft).where(KeptDraft.source_sha256 == _source(name)))
    if draft is None:
        draft = KeptDraft(
            id=new_id(),
            source_sha256=_source(name),
            source_name=body["title"],
            body=keyed(body),
            original=keyed(body),
            read_at=at,
            read_by=by,
            locked_parts=[],
        )
        session.add(draft)
        session.flush()
    return draft
