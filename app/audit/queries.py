"""Reading a chain, each function with a constant number of queries."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from app.audit.chains import Chain
from app.models import AuditEntry, PlatformEntry
from app.models.audit import Act
from plans.calendar import ZONE
from plans.errors import NotFound
from plans.words import _

PER_PAGE = 50
Entry = AuditEntry | PlatformEntry


@dataclass(frozen=True)
class LogFilter:
    """What the log is narrowed to; "" and None = everything."""

    person: str = ""
    act: Act | None = None
    thing: str = ""
    first: date | None = None
    last: date | None = None

    @property
    def query(self) -> dict[str, str]:
        """The filters as they stand in an address."""
        given = {"person": self.person, "act": self.act and self.act.value, "thing": self.thing}
        days = {"first": self.first and self.first.isoformat(), "last": self.last and self.last.isoformat()}
        return {name: value for name, value in {**given, **days}.items() if value}


def count_entries(session: Session, chain: Chain, wanted: LogFilter) -> int:
    """How many entries fit. One query."""
    counted = sa.select(sa.func.count()).select_from(chain.entry).where(*_conditions(chain, wanted))
    return session.scalars(counted).one()


def newest_entries(session: Session, chain: Chain, wanted: LogFilter, *, skip: int, n: int) -> list[Entry]:
    """Entries that fit, the newest first. One query."""
    statement: Any = sa.select(chain.entry).where(*_conditions(chain, wanted))
    order = chain.entry.no.desc()
    return list(session.scalars(statement.order_by(order).offset(skip).limit(n)))


def find_entry(session: Session, chain: Chain, no: int) -> Entry:
    """One entry. Raises NotFound."""
    statement: Any = sa.select(chain.entry).where(chain.entry.no == no)
    entry: Entry | None = session.scalar(statement)
    if entry is None:
        raise NotFound(_("日志记录"))
    return entry


def _conditions(chain: Chain, wanted: LogFilter) -> list[sa.ColumnElement[bool]]:
    entry = chain.entry
    things = [column.contains(wanted.thing, autoescape=True) for column in (entry.thing, entry.title)]
    conditions: list[sa.ColumnElement[bool]] = []
    if wanted.person:
        conditions.append(entry.who.contains(wanted.person, autoescape=True))
    if wanted.act:
        conditions.append(entry.act == wanted.act)
    if wanted.thing:
        conditions.append(sa.or_(*things))
    if wanted.first:
        conditions.append(entry.at >= _start(wanted.first))
    if wanted.last:
        conditions.append(entry.at < _start(wanted.last + timedelta(days=1)))
    return conditions


def _start(day: date) -> datetime:
    return datetime.combine(day, time(), ZONE)
