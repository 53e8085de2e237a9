"""From an uploaded document to a draft that waits for acceptance."""

from datetime import datetime
from pathlib import Path

import sqlalchemy as sa
from sqlalchemy.orm import Session
from werkzeug.datastructures import FileStorage

from app.files import keep_content, read_upload
from plans.acceptance import plan_of_document
from plans.actors import Actor
from plans.base import new_id
from plans.guards import only_assigners
from plans.models import KeptDraft, Plan
from plans.reading import read_plan


def read_document(
    session: Session, actor: Actor, upload: FileStorage, *, folder: Path, at: datetime
) -> KeptDraft | Plan:
    """Read a plan document and keep both file and draft; the plan itself if the document is one already.

    Only the leading group or the programme office. Reading the same document again replaces its draft.

    Raises ActNotAllowed, FileRefused, ReadingError.
    """
    only_assigners(actor)
    content, name = read_upload(upload), upload.filename or ""
    body = read_plan(content, name).to_json()
    file = keep_content(session, actor, content, name, folder=folder, at=at)
    accepted = plan_of_document(session, file.sha256)
    if accepted is not None:
        return accepted
    draft = session.scalar(sa.select(KeptDraft).where(KeptDraft.source_sha256 == file.sha256))
    if draft is None:
        draft = KeptDraft(id=new_id(), source_sha256=file.sha256)
        session.add(draft)
    draft.source_name, draft.body = file.name, body
    draft.read_at, draft.read_by = at, actor.name
    return draft
