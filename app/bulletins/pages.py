"""What the pages of bulletins show."""

import re
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa
from flask_babel import gettext as _
from sqlalchemy.orm import Session

from app.counting import counted as _n
from app.models import Membership
from plans.actors import Actor, Role
from plans.bulletins import bulletins, find_bulletin
from plans.models import Bulletin, Unit
from plans.rights import Act, may
from plans.units import plan_order
from plans.visibility import sees_all

HEADING = re.compile(r"[一二三四五六七八九十]+、")


@dataclass(frozen=True)
class UnitReading:
    """Whether a unit has read a bulletin, and when it first did."""

    unit: Unit
    read_at: datetime | None


@dataclass(frozen=True)
class BulletinLine:
    """A bulletin as lists and its page show it."""

    bulletin: Bulletin
    units: list[UnitReading]  # those with somebody who could read it, in the order of the plan
    is_read: bool  # by the person who looks

    @property
    def number(self) -> str:
        """The number as it is cited; empty before it is out."""
        one = self.bulletin
        return f"通报〔{one.year}〕{one.no}号" if one.no is not None else ""

    @property
    def n_read(self) -> int:
        return sum(one.read_at is not None for one in self.units)

    @property
    def paragraphs(self) -> list[tuple[bool, str]]:
        """The text line by line, each with whether it is a heading."""
        lines = [line.strip() for line in self.bulletin.text.splitlines()]
        return [(bool(HEADING.match(line)), line) for line in lines if line]

    @property
    def is_waiting(self) -> bool:
        """Whether the person should still read it."""
        return self.bulletin.is_published and not self.bulletin.is_withdrawn and not self.is_read


def bulletin_lines(session: Session, actor: Actor) -> list[BulletinLine]:
    """The bulletins that the person sees. A constant number of queries."""
    units = _units(session)
    return [_line(one, units, actor) for one in bulletins(session, actor)]


def bulletin_line(session: Session, actor: Actor, bulletin_id: int) -> BulletinLine:
    """One of them.

    Raises NotFound.
    """
    return _line(find_bulletin(session, actor, bulletin_id), _units(session), actor)


def bulletins_headline(lines: list[BulletinLine], actor: Actor) -> str:
    """What is out and who has not read it, in one sentence."""
    out = [line for line in lines if line.bulletin.is_published]
    if not out:
        return _("还没有印发通报。")
    if not sees_all(actor):
        if not may(actor, Act.READ_BULLETIN):
            return _n("已印发 %(n)s 期通报。", n=len(out))
        waiting = sum(line.is_waiting for line in out)
        return _n("有 %(n)s 期通报未签阅。", n=waiting) if waiting else _("通报都已签阅。")
    newest = out[0]
    unread = len(newest.units) - newest.n_read
    told = _n("最近一期还有 %(n)s 个单位未签阅", n=unread) if unread else _("最近一期各单位都已签阅")
    return _n("已印发 %(n)s 期通报，%(told)s。", n=len(out), told=told)


def _units(session: Session) -> list[Unit]:
    members = sa.select(Membership.unit_id).where(Membership.role == Role.UNIT)
    place = plan_order(session)
    units = session.scalars(sa.select(Unit).where(Unit.id.in_(members)))
    return sorted(units, key=lambda unit: (place.get(unit.id, len(place)), unit.name))


def _line(bulletin: Bulletin, units: list[Unit], actor: Actor) -> BulletinLine:
    first: dict[int | None, datetime] = {}
    for reading in bulletin.readings:
        first.setdefault(reading.unit_id, reading.read_at)
    return BulletinLine(
        bulletin,
        [UnitReading(unit, first.get(unit.id)) for unit in units],
        any(reading.account_id == actor.user_id for reading in bulletin.readings),
    )
