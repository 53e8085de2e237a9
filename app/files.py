"""Kept files: evidence and plan documents, known by their hash, outside of what the web server serves.

A file lies under ``FILES/<county>/<first two digits>/<sha256>``. It is written before the row about it is
committed; should the transaction fail, a file without a row stays behind, which the next upload of the same
content takes over.
"""

import os
import tempfile
from datetime import datetime
from hashlib import sha256
from pathlib import Path, PurePath

import sqlalchemy as sa
from sqlalchemy.orm import Session
from werkzeug.datastructures import FileStorage

from app.file_kinds import FileRefused, Kind, kind_of
from plans.actors import Actor
from plans.base import new_id
from plans.models import Evidence
from plans.words import _

LIMIT_MB = 20
BATCH_MB = 48  # of one save; leaves room for the words within MAX_CONTENT_LENGTH
_NAME_LENGTH = 200


class FileLost(LookupError):
    """A row names a file that is not on the disk."""

    def __init__(self, path: Path) -> None:
        super().__init__(f"No file at {path}; restore it from the backup.")


def chosen(uploads: list[FileStorage]) -> list[FileStorage]:
    """The uploads that hold a file; a file field left empty sends one without a name."""
    return [upload for upload in uploads if upload and upload.filename]


def keep_files(
    session: Session, actor: Actor, uploads: list[FileStorage], *, folder: Path, at: datetime
) -> list[Evidence]:
    """Keep several uploads, all or none.

    Raises FileRefused, its message names the file.
    """
    contents = [(upload.filename or "", read_upload(upload)) for upload in chosen(uploads)]
    for name, content in contents:
        check_content(name, content)
    return [keep_content(session, actor, content, name, folder=folder, at=at) for name, content in contents]


def read_upload(upload: FileStorage) -> bytes:
    """The bytes of an upload.

    Raises FileRefused above the limit.
    """
    content = upload.read((LIMIT_MB << 20) + 1)
    if len(content) > LIMIT_MB << 20:
        refusal = _("超过 %(most)s MB。请压缩图片或拆分文件后再上传。", most=LIMIT_MB)
        raise _refused(upload.filename, refusal)
    return content


def check_content(name: str, content: bytes) -> Kind:
    """The kind of a file.

    Raises FileRefused, its message names the file.
    """
    if not content:
        raise _refused(name, _("文件是空的，请核对是否选错。"))
    try:
        return kind_of(content)
    except FileRefused as refusal:
        raise _refused(name, refusal.args[0]) from refusal


def keep_content(
    session: Session, actor: Actor, content: bytes, name: str, *, folder: Path, at: datetime
) -> Evidence:
    """Keep a file once a county: the same content again gives the first row.

    Raises FileRefused.
    """
    kind, digest = check_content(name, content), sha256(content).hexdigest()
    known = session.scalar(sa.select(Evidence).where(Evidence.sha256 == digest))
    _write(_place(folder, actor.county_id, digest), content)
    if known is not None:
        return known
    evidence = Evidence(
        id=new_id(),
        sha256=digest,
        name=_clean_name(name, kind),
        media_type=kind.media_type,
        size=len(content),
        kept_at=at,
        kept_by=actor.name,
    )
    session.add(evidence)
    session.flush()  # so that a second copy in the same upload finds it
    return evidence


def path_of(evidence: Evidence, folder: Path) -> Path:
    """Where the file lies.

    Raises FileLost.
    """
    path = _place(folder, evidence.county_id, evidence.sha256)
    if not path.is_file():
        raise FileLost(path)
    return path


def _refused(name: str | None, why: str) -> FileRefused:
    return FileRefused(_("“%(name)s”：%(why)s", name=name, why=why))


def _place(folder: Path, county_id: int, digest: str) -> Path:
    return folder / str(county_id) / digest[:2] / digest


def _write(path: Path, content: bytes) -> None:
    if path.exists():
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    # Renamed when whole: a crash leaves a stray temporary file, never half a document under a good name.
    with tempfile.NamedTemporaryFile(dir=path.parent, prefix=".", delete=False) as half:
        half.write(content)
        half.flush()
        os.fsync(half.fileno())
    Path(half.name).replace(path)


def _clean_name(name: str, kind: Kind) -> str:
    # Browsers of old send whole paths; the ending is the content's, not the sender's.
    bare = PurePath(name.replace("\\", "/")).name
    stem = "".join(sign for sign in PurePath(bare).stem if sign.isprintable()).strip(" .") or _("未命名")
    return stem[: _NAME_LENGTH - len(kind.suffix)] + kind.suffix
