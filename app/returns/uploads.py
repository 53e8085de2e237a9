"""A workbook between being chosen and being saved: read, checked, compared, put aside for a second look."""

import hashlib
import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import MAXYEAR, MINYEAR, date, datetime, timedelta
from pathlib import Path

from flask_babel import gettext as _
from sqlalchemy.orm import Session

from app.returns.differences import Difference
from app.returns.store import compare, load_values, require_uploader
from app.returns.values import measures_of
from plans.actors import Actor
from plans.base import County
from plans.errors import NotFound
from scoring.errors import Problem
from scoring.loader import load_standard
from scoring.measures import Measures, check_measures
from scoring.standard import Standard
from scoring.workbook import read_workbook
from scoring.workbook.writer import elements_for

KEPT_FOR = timedelta(hours=12)


@dataclass(frozen=True)
class Upload:
    """A readable workbook beside the returns of its year."""

    year: int
    name: str  # of the file
    measures: Measures
    warnings: list[Problem]
    difference: Difference

    @property
    def needs_a_look(self) -> bool:
        """Whether somebody should see what it would do before it is saved."""
        return bool(self.difference.changes) and (bool(self.warnings) or self.difference.needs_a_look)

    @property
    def n_schools(self) -> int:
        return len(self.measures.schools)


def standard_for(session: Session, actor: Actor, year: int) -> Standard:
    """The county's standard at the end of a year. Raises NoStandardInForce, NotFound for no year."""
    if not MINYEAR < year < MAXYEAR:
        raise NotFound(_("年度"))
    return load_standard(session.get_one(County, actor.county_id).standard, date(year, 12, 31))


def examine(session: Session, actor: Actor, *, year: int, name: str, content: bytes) -> Upload:
    """Read a workbook and see what it would change; saves nothing.

    Raises ActNotAllowed, BadWorkbook with every problem, NoStandardInForce.
    """
    require_uploader(actor)
    standard = standard_for(session, actor, year)
    measures = _beside_others(session, year, read_workbook(content, standard), standard)
    warnings = [problem for problem in check_measures(measures, standard) if problem.severity == "warning"]
    return Upload(year, name, measures, warnings, compare(session, year=year, measures=measures))


def _beside_others(session: Session, year: int, measures: Measures, standard: Standard) -> Measures:
    """With the county's figures that the standard's workbook does not ask for, as they are held."""
    if not measures.county:
        return measures
    asked = {element.code for element in elements_for(standard, "county")}
    held = measures_of(load_values(session, year)).county
    others = {code: figure for code, figure in held.items() if code not in asked}
    return replace(measures, county={**others, **measures.county})


def put_aside(folder: Path, content: bytes, at: datetime) -> str:
    """Keep a workbook for a while; the token that gives it back is the hash of its content."""
    folder.mkdir(parents=True, exist_ok=True)
    _drop_stale(folder.iterdir(), at)
    token = hashlib.sha256(content).hexdigest()
    (folder / token).write_bytes(content)
    return token


def take_back(folder: Path, token: str) -> bytes:
    """The workbook that was put aside. Raises NotFound for a token that is none or has run out."""
    if not re.fullmatch(r"[0-9a-f]{64}", token) or not (folder / token).exists():
        raise NotFound(_("待确认的工作簿"))
    return (folder / token).read_bytes()


def drop(folder: Path, token: str) -> None:
    """Forget a workbook that has been saved."""
    (folder / token).unlink(missing_ok=True)


def _drop_stale(files: Iterable[Path], at: datetime) -> None:
    for file in list(files):
        if file.stat().st_mtime < (at - KEPT_FOR).timestamp():
            file.unlink(missing_ok=True)
