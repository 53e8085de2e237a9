"""The nightly backup: a folder named by its day, in the folder that the operator has set (``BACKUP_DIR``)."""

import re
import shutil
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

from app.clock import ZONE
from app.keeping.backups import MANIFEST, back_up

KEPT = 14  # nights
_NIGHT = re.compile(r"\d{4}-\d{2}-\d{2}")


def keep_copy(config: Mapping[str, Any], *, at: datetime) -> Path | None:
    """Back up once a night and drop what is older than the newest fourteen; None where nothing was to do.

    Only whole backups named by a day are ever dropped. Raises what ``back_up`` raises.
    """
    if not config.get("BACKUP_DIR"):
        return None
    folder = Path(config["BACKUP_DIR"]).absolute()
    target = folder / f"{at.astimezone(ZONE):%Y-%m-%d}"
    if target.exists():
        return None
    shutil.rmtree(f"{target}.half", ignore_errors=True)  # of a try that was cut short this night
    address = config.get("MIGRATION_DATABASE_URI") or config["SQLALCHEMY_DATABASE_URI"]
    back_up(address, Path(config["FILES"]), target, at=at)
    for old in _nights(folder)[:-KEPT]:
        shutil.rmtree(old)
    return target


def _nights(folder: Path) -> list[Path]:
    return sorted(
        one for one in folder.iterdir() if _NIGHT.fullmatch(one.name) and (one / MANIFEST).is_file()
    )
