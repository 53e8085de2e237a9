"""From an uploaded document to a draft that waits for acceptance."""

from datetime import datetime
from pathlib import Path

import sqlalchemy as sa
from sqlalchemy.orm import Session
from werkzeug.datastructures import FileStorage

from app.files import keep_content, read_upload
from plans.acceptance import accept_draft, plan_of_document
from plans.actors import Actor
from plans.base import new_id
from plans.corrections.commands import refuse_changed
from plans.corrections.errors import DraftStays
from plans.corrections.parts import keyed
from plans.models import KeptDraft, Plan
from plans.reading.reader import blocks_of, read_blocks
from plans.reading.sources import source_texts
from plans.rights import Act, check
from plans.same_document import plan_of_content
from plans.successor import hand_over


def read_document(
    session: Session, actor: Actor, upload: FileStorage, *, folder: Path, at: datetime
) -> KeptDraft | Plan:
    """Read a plan document and keep both file and draft; the plan itself if the document is one already.

    Only the leading group or the programme office. The same plan in another file format is the same document.
    Reading the same document again replaces its draft,
    unless somebody has corrected it: corrections are never thrown away.

    Raises ActNotAllowed, FileRefused, ReadingError.
    """
    check(actor, Act.EDIT_PLAN)
    content, name = read_upload(upload), upload.filename or ""
    blocks = blocks_of(content, name)
    body = keyed(read_blocks(blocks).to_json())
    file = keep_content(session, actor, content, name, folder=folder, at=at)
    accepted = plan_of_document(session, file.sha256) or plan_of_content(session, body)
    if accepted is not None:
        return accepted
    draft = session.scalar(sa.select(KeptDraft).where(KeptDraft.source_sha256 == file.sha256))
    if draft is None:
        draft = KeptDraft(id=new_id(), source_sha256=file.sha256)
        session.add(draft)
    if not draft.corrections:
        draft.source_name, draft.body, draft.original = file.name, body, body
        draft.source_texts = source_texts(blocks)
        draft.read_at, draft.read_by = at, actor.name
    return draft


def accept_kept(
    session: Session, actor: Actor, draft: KeptDraft, *, seen_version: int | None, at: datetime
) -> Plan:
    """Make a plan of a draft as it was seen; the next version of a plan takes over its work.

    Raises DraftChanged and what ``accept_draft`` raises.
    """
    refuse_changed(draft, seen_version)
    source = {"source_sha256": draft.source_sha256, "source_name": draft.source_name}
    plan = accept_draft(session, actor, draft=draft.body, at=at, **source)
    hand_over(session, draft, plan)
    return plan


def drop_kept(session: Session, actor: Actor, draft: KeptDraft, *, seen_version: int | None) -> None:
    """Throw away a draft as it was seen, with its corrections: a wrong file would wait for ever.

    Only the leading group or the programme office; what was handed down is not theirs to throw away.

    Raises ActNotAllowed, DraftChanged, DraftStays.
    """
    check(actor, Act.EDIT_PLAN)
    if draft.locked_by or plan_of_document(session, draft.source_sha256):
        raise DraftStays()
    refuse_changed(draft, seen_version)
    session.delete(draft)
    session.flush()
