"""A backup: a folder with the database, the kept files and a manifest of hashes and numbers of rows.

The database is copied first and the files after it, since a file is written before the row about it: what a
row of the copy names was on the disk already. Whoever erases a county meanwhile takes files away; the
manifest tells what was copied.
"""

import json
import shutil
from collections.abc import Iterator
from datetime import datetime
from hashlib import file_digest
from pathlib import Path
from types import ModuleType
from typing import Any

from app.keeping import postgres_copies, sqlite_copies
from app.keeping.errors import BackupDamaged, CopyFailed, NewerBackup, NoBackup, OtherDatabase, PlaceNotEmpty
from app.keeping.snapshot import Snapshot

FORMAT = "youjun-backup-1"
MANIFEST = "manifest.json"
FILES = "files"
_KINDS: dict[str, ModuleType] = {"sqlite": sqlite_copies, "postgresql": postgres_copies}


def back_up(address: str, files: Path, target: Path, *, at: datetime) -> Snapshot:
    """Copy the database at an address and the kept files into a new folder.

    Raises PlaceNotEmpty, CopyFailed.
    """
    if target.exists() and any(target.iterdir()):
        raise PlaceNotEmpty(target)
    # Renamed when whole, so that a half backup never has the name of one.
    half = target.with_name(f"{target.name}.half")
    if half.exists():
        raise PlaceNotEmpty(half)
    half.mkdir(parents=True, mode=0o700)
    kind = _kind(address)
    snapshot: Snapshot = _KINDS[kind].dump(address, half / _KINDS[kind].FILE)
    if files.is_dir():
        shutil.copytree(files, half / FILES)
    told = {"format": FORMAT, "database": kind, "made_at": at.isoformat(), "revision": snapshot.revision}
    manifest = {**told, "rows": snapshot.rows, "sha256": dict(_hashes(half))}
    (half / MANIFEST).write_text(json.dumps(manifest, ensure_ascii=False, indent=1), "utf-8")
    half.replace(target)
    return snapshot


def restore(source: Path, address: str, files: Path, *, known: set[str]) -> Snapshot:
    """Put a backup into an empty database and an empty folder; ``known`` are the revisions of this version.

    Raises NoBackup, BackupDamaged, OtherDatabase, NewerBackup, PlaceNotEmpty, CopyFailed.
    """
    manifest, kind = _read(source), _kind(address)
    if manifest["database"] != kind:
        raise OtherDatabase(manifest["database"], kind)
    if manifest["revision"] not in known:
        raise NewerBackup(manifest["revision"])
    if files.exists() and any(files.iterdir()):
        raise PlaceNotEmpty(files)
    if not _KINDS[kind].is_empty(address):
        raise PlaceNotEmpty(_without_password(address))
    snapshot: Snapshot = _KINDS[kind].load(address, source / _KINDS[kind].FILE)
    if (source / FILES).is_dir():
        shutil.copytree(source / FILES, files, dirs_exist_ok=True)
    if snapshot.rows != manifest["rows"]:
        wrong = [name for name in manifest["rows"] if snapshot.rows.get(name) != manifest["rows"][name]]
        raise CopyFailed(f"{', '.join(wrong)}: not as many rows as in the backup")
    return snapshot


def _read(source: Path) -> dict[str, Any]:
    if not (source / MANIFEST).is_file():
        raise NoBackup(source)
    manifest: dict[str, Any] = json.loads((source / MANIFEST).read_text("utf-8"))
    found, listed = dict(_hashes(source)), manifest["sha256"]
    if wrong := sorted(name for name in found.keys() | listed if found.get(name) != listed.get(name)):
        raise BackupDamaged(wrong)
    return manifest


def _hashes(folder: Path) -> Iterator[tuple[str, str]]:
    for path in sorted(folder.rglob("*")):
        if path.is_file() and path != folder / MANIFEST:
            with path.open("rb") as file:
                yield path.relative_to(folder).as_posix(), file_digest(file, "sha256").hexdigest()


def _kind(address: str) -> str:
    return address.partition(":")[0].partition("+")[0]


def _without_password(address: str) -> str:
    return address.rpartition("/")[2].partition("?")[0]
