"""The nightly backup: once a night, fourteen kept, nothing else touched."""

from datetime import timedelta
from pathlib import Path

from flask import Flask

from app.jobs.copies import KEPT, keep_copy
from app.jobs.timetable import work_at_night
from app.keeping.backups import MANIFEST
from tests.conftest import NOW
from tests.factories import Factory

TONIGHT = f"{NOW:%Y-%m-%d}"


def names(folder: Path) -> set[str]:
    return {one.name for one in folder.iterdir()}


def test_night_backs_up_once_and_drops_the_oldest_backup_alone(
    app: Flask, make: Factory, tmp_path: Path
) -> None:
    make.county()
    folder = tmp_path / "backups"
    earlier = [f"{NOW - timedelta(days=n):%Y-%m-%d}" for n in range(1, KEPT + 1)]
    for name in (*earlier, "by-hand"):
        (folder / name).mkdir(parents=True)
        (folder / name / MANIFEST).write_text("{}")
    (folder / "2020-01-01").mkdir()  # no backup: it has no manifest
    (folder / f"{TONIGHT}.half").mkdir()  # the try before was killed
    app.config["BACKUP_DIR"] = str(folder)

    with app.app_context():
        words = [work_at_night(NOW) for _night in range(2)]

    copied = f"办理 1 个县的夜间工作，清理旧记录 0 条，已备份到 {folder / TONIGHT}。"
    assert words == [copied, "办理 1 个县的夜间工作，清理旧记录 0 条。"]
    assert names(folder) == {TONIGHT, *earlier[:-1], "by-hand", "2020-01-01"}
    assert (folder / TONIGHT / MANIFEST).is_file()


def test_without_a_folder_nothing_is_backed_up(app: Flask) -> None:
    assert keep_copy(app.config, at=NOW) is None
