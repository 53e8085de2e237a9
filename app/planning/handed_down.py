"""Plans that came from above: drafts that wait for the county, and what of the plan in force is locked."""

from collections.abc import Iterator
from dataclasses import dataclass

import sqlalchemy as sa
from flask_babel import gettext as _
from sqlalchemy.orm import Session

from plans.models import KeptDraft, Plan
from plans.origins import template_source
from plans.pushing import lock_words


@dataclass(frozen=True)
class HandedDown:
    """What those above have sent, as the plan page tells it."""

    waiting: list[KeptDraft]  # sent down, and no plan yet
    origin: str  # of the plan that is shown; "" = the county's own

    @property
    def sentences(self) -> Iterator[tuple[str, int]]:
        """Each waiting draft in words, with its key."""
        for draft in self.waiting:
            parts = lock_words(draft)
            head = _("%(by)s下发了方案草稿《%(title)s》", by=draft.locked_by, title=draft.source_name)
            tail = _("，锁定：%(parts)s", parts=parts) if parts else ""
            yield head + tail + _("。"), draft.id


def handed_down(session: Session, source_sha256: str | None = None) -> HandedDown:
    """What came from above, seen from the plan of a source. One query."""
    made = sa.select(Plan.id).where(Plan.source_sha256 == KeptDraft.source_sha256).exists()
    statement = (
        sa.select(KeptDraft, made)
        .where(KeptDraft.locked_by.is_not(None))
        .order_by(KeptDraft.read_at, KeptDraft.id)
    )
    rows = session.execute(statement).all()
    waiting = [
        draft
        for draft, is_made in rows
        if not is_made and draft.source_sha256.startswith(template_source(""))
    ]
    own = next((draft for draft, _made in rows if draft.source_sha256 == source_sha256), None)
    return HandedDown(waiting, origin_words(own) if own else "")


def origin_words(draft: KeptDraft) -> str:
    """Who sent a draft down, and what of it stays locked."""
    parts = lock_words(draft)
    if not parts:
        return _("%(by)s下发", by=draft.locked_by)
    return _("%(by)s下发，锁定：%(parts)s", by=draft.locked_by, parts=parts)
