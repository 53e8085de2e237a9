"""What of a plan is locked from above, told by the draft that it was made of."""

import sqlalchemy as sa
from sqlalchemy.orm import Session

from plans.models import KeptDraft


def locks_of(session: Session, source_sha256: str | None) -> tuple[list[str], str | None]:
    """The locked parts of a plan, and by whom they were locked."""
    draft = session.scalar(sa.select(KeptDraft).where(KeptDraft.source_sha256 == source_sha256))
    return (list(draft.locked_parts), draft.locked_by) if draft else ([], None)
