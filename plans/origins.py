"""A draft begun from a built-in plan; one draft a template, one plan a template."""

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Session

from plans.acceptance import plan_of_document
from plans.actors import Actor
from plans.base import new_id
from plans.corrections.parts import keyed
from plans.models import KeptDraft, Plan
from plans.rights import Act, check
from plans.templates import load_template


def start_from_template(session: Session, actor: Actor, *, name: str, at: datetime) -> KeptDraft | Plan:
    """The draft of a built-in plan, the one begun before, or the plan that it has become.

    Only the leading group or the programme office.

    Raises ActNotAllowed, UnknownTemplate.
    """
    check(actor, Act.EDIT_PLAN)
    made = plan_of_document(session, template_source(name))
    return made or draft_of_template(session, name, actor.name, at)


def template_source(name: str) -> str:
    """What a draft of a template carries where one of a document has its hash."""
    return f"template:{name}"


def template_draft(session: Session, name: str) -> KeptDraft | None:
    """The draft that was begun from a template, if any."""
    return session.scalar(sa.select(KeptDraft).where(KeptDraft.source_sha256 == template_source(name)))


def draft_of_template(session: Session, name: str, by: str, at: datetime) -> KeptDraft:
    """The draft of a template, made where there is none.

    Raises UnknownTemplate.
    """
    body = load_template(name)
    draft = template_draft(session, name)
    if draft is None:
        draft = KeptDraft(
            id=new_id(),
            source_sha256=template_source(name),
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
