"""What the page of the county's own figures shows."""

from collections.abc import Mapping
from dataclasses import dataclass

import sqlalchemy as sa
from flask_babel import gettext as _
from sqlalchemy.orm import Session

from app.models import CountyReturn
from app.models.returns import ReturnState
from app.returns.county_entry import EntryLine, Groups, Sent, entry_groups
from app.returns.store import load_values, may_upload
from plans.actors import Actor


@dataclass(frozen=True)
class CountyPage:
    """The form with last year's values beside."""

    year: int
    headline: str
    groups: list[tuple[str, list[EntryLine]]]
    version: int  # of the return that is shown; 0 = none yet
    has_last: bool
    may_write: bool
    is_stale: bool
    n_errors: int
    n_warnings: int


def version_of(session: Session, year: int) -> int:
    """Version of the county's return of a year; 0 without one. One query."""
    return session.scalar(sa.select(CountyReturn.version).where(CountyReturn.year == year)) or 0


def county_page(
    session: Session,
    actor: Actor,
    year: int,
    asked: Groups,
    sent: Sent | None,
    shown: Mapping[str, str],
    *,
    is_stale: bool,
) -> CountyPage:
    """Put the page together; ``shown``: what the sent form had started from."""
    held, last = load_values(session, year), load_values(session, year - 1)
    groups = entry_groups(asked, held, last, sent, shown if is_stale else {})
    return CountyPage(
        year=year,
        headline=_headline(year, groups),
        groups=groups,
        version=version_of(session, year),
        has_last=bool(last.county),
        may_write=may_upload(actor) and not _is_checked(session, year),
        is_stale=is_stale,
        n_errors=len(sent.errors) if sent else 0,
        n_warnings=len(sent.warnings) if sent and not sent.errors else 0,
    )


def _headline(year: int, groups: list[tuple[str, list[EntryLine]]]) -> str:
    lines = [line for _, own in groups for line in own]
    missing = sum(line.held is None for line in lines)
    if not missing:
        return _("%(year)s 年度县级数据 %(n)s 项已全部填报。", year=year, n=len(lines))
    return _("%(year)s 年度县级数据 %(n)s 项中还有 %(k)s 项未填。", year=year, n=len(lines), k=missing)


def _is_checked(session: Session, year: int) -> bool:
    state = session.scalar(sa.select(CountyReturn.state).where(CountyReturn.year == year))
    return state is ReturnState.CHECKED
