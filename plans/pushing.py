"""A built-in plan sent down to a county, with parts that the county may not change."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sqlalchemy.orm import Session

from plans.acceptance import plan_of_document
from plans.corrections.errors import LockedByAnother
from plans.corrections.parts import PART_NAMES, Part, keyed, rows_of, with_rows
from plans.corrections.recounting import recounted
from plans.errors import PlanAlreadyAccepted
from plans.models import KeptDraft, Plan
from plans.origins import draft_of_template, template_draft, template_source
from plans.words import listed


class Outcome(StrEnum):
    """What comes of sending a template down to a county."""

    NEW = "new"  # a draft is put before it
    RENEWED = "renewed"  # its draft gets other locks
    SAME = "same"  # it has exactly this already
    ACCEPTED = "accepted"  # its plan was made of the template: nothing is sent
    LOCKED = "locked"  # somebody else has locked parts: nothing is sent


@dataclass(frozen=True)
class Foreseen:
    """What sending would do, and what of it is there already."""

    outcome: Outcome
    draft: KeptDraft | None
    plan: Plan | None  # made of the template


def foresee_push(
    session: Session, *, name: str, locked: Collection[Part], by: str, below: Collection[str] = ()
) -> Foreseen:
    """What ``push_template`` would do in the county in scope. Two queries."""
    plan, draft = plan_of_document(session, template_source(name)), template_draft(session, name)
    return Foreseen(_outcome(plan, draft, locked, by, below), draft, plan)


def push_template(
    session: Session,
    *,
    name: str,
    locked: Sequence[Part],
    by: str,
    at: datetime,
    below: Collection[str] = (),
) -> KeptDraft:
    """Put a built-in plan before the county in scope, some of its parts locked.

    Done twice it changes nothing. A draft that the county has begun keeps its corrections elsewhere; locked
    parts go back to the template.
    ``below`` names those whose locks give way to ``by``; the locks of others stay.

    Raises UnknownTemplate, PlanAlreadyAccepted, LockedByAnother.
    """
    found = foresee_push(session, name=name, locked=locked, by=by, below=below)
    if found.plan is not None:
        raise PlanAlreadyAccepted(found.plan.title)
    if found.draft is not None and found.outcome is Outcome.LOCKED:
        raise LockedByAnother(lock_words(found.draft), found.draft.locked_by or "")
    draft = draft_of_template(session, name, by, at)
    if found.outcome is not Outcome.SAME:
        _lock(draft, locked, by)
    return draft


def lock_words(draft: KeptDraft) -> str:
    """The locked parts of a draft by name; "" = none."""
    return listed(PART_NAMES[Part(part)] for part in draft.locked_parts)


def _outcome(
    plan: Plan | None, draft: KeptDraft | None, locked: Collection[Part], by: str, below: Collection[str]
) -> Outcome:
    if plan is not None:
        return Outcome.ACCEPTED
    if draft is None:
        return Outcome.NEW
    if draft.locked_parts and draft.locked_by not in (by, *below):
        return Outcome.LOCKED
    is_same = draft.locked_by == by and set(draft.locked_parts) == {part.value for part in locked}
    return Outcome.SAME if is_same else Outcome.RENEWED


def _lock(draft: KeptDraft, locked: Sequence[Part], by: str) -> None:
    body, original = keyed(draft.body), keyed(draft.original)
    for part in locked:
        body = with_rows(body, part, rows_of(original, part))
    draft.body = recounted(body) if locked else body
    draft.locked_parts, draft.locked_by = [part.value for part in locked], by
