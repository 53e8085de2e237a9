"""The same plan in another file format: what was read tells, not the bytes."""

from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from plans.acceptance import Draft
from plans.models import KeptDraft, Plan

# Where something stands depends on the format, and what is not found is told by place.
_OF_THE_FILE = frozenset({"paragraph", "table", "row", "key", "gaps"})


def plan_of_content(session: Session, read: Draft) -> Plan | None:
    """The plan that was made of a document in which the same was read; None for one without any measure."""
    wanted = _content(read)
    if not (wanted["groups"] or wanted["indicators"]):
        return None
    statement = (
        sa.select(KeptDraft, Plan)
        .join(Plan, Plan.source_sha256 == KeptDraft.source_sha256)
        .where(KeptDraft.source_sha256.not_like("%:%"))  # templates and next versions are no documents
    )
    made = session.execute(statement).all()
    return next((plan for draft, plan in made if _content(draft.original) == wanted), None)


def _content(part: Any) -> Any:
    if isinstance(part, dict):
        return {name: _content(value) for name, value in part.items() if name not in _OF_THE_FILE}
    return [_content(one) for one in part] if isinstance(part, list) else part
