"""Reading one person's reminders. Everything here is narrowed to one account of the county in scope."""

from collections.abc import Sequence
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from app.models import Preference
from plans.actors import Actor
from plans.base import County
from plans.errors import NotFound
from plans.models import Reminder
from plans.reminders.rules import Family
from plans.words import _

PER_PAGE = 50


def preference_of(session: Session, account_id: int) -> Preference | None:
    """What the person has chosen here; None for one who has chosen nothing. One query."""
    return session.scalar(sa.select(Preference).where(Preference.account_id == account_id))


def n_unread(session: Session, account_id: int) -> int:
    """How many the person has not read; muted families stay out. One query.

    The muted families are looked at in Python: they are a short list in JSON, which the databases unpack
    each in its own way.
    """
    muted = sa.select(Preference.muted).where(Preference.account_id == account_id).scalar_subquery()
    number = sa.func.count(Reminder.id)
    rows = session.execute(
        sa.select(Reminder.family, number, muted.label("muted"))
        .where(Reminder.account_id == account_id, Reminder.read_at.is_(None))
        .group_by(Reminder.family)
    ).all()
    return sum(n for family, n, silent in rows if family not in (silent or ()))


def count_reminders(
    session: Session, actor: Actor, *, family: Family | None, unread: bool, muted: Sequence[Family]
) -> int:
    """How many there are under the filters. One query."""
    kept = _kept(sa.select(sa.func.count(Reminder.id)), actor, family, unread, muted)
    return session.scalars(kept).one()


def reminders_page(
    session: Session,
    actor: Actor,
    *,
    family: Family | None,
    unread: bool,
    muted: Sequence[Family],
    page: int,
) -> list[Reminder]:
    """One page, unread ones first, then the newest. One query."""
    kept = _kept(sa.select(Reminder), actor, family, unread, muted)
    order = (
        sa.case((Reminder.read_at.is_(None), 0), else_=1),
        Reminder.created_at.desc(),
        Reminder.family,
        Reminder.id,
    )
    return list(session.scalars(kept.order_by(*order).limit(PER_PAGE).offset((page - 1) * PER_PAGE)))


def find_reminder(session: Session, actor: Actor, reminder_id: int) -> Reminder:
    """One reminder of the person's own.

    Raises NotFound.
    """
    mine = sa.select(Reminder).where(Reminder.id == reminder_id, Reminder.account_id == actor.user_id)
    found = session.scalar(mine)
    if found is None:
        raise NotFound(_("消息"))
    return found


def _kept(
    statement: sa.Select[Any],
    actor: Actor,
    family: Family | None,
    unread: bool,
    muted: Sequence[Family],
) -> sa.Select[Any]:
    kept = statement.where(Reminder.account_id == actor.user_id)
    if family is not None:
        return _unread(kept.where(Reminder.family == family), unread)
    return _unread(kept.where(Reminder.family.not_in(muted)) if muted else kept, unread)


def _unread(statement: sa.Select[Any], unread: bool) -> sa.Select[Any]:
    return statement.where(Reminder.read_at.is_(None)) if unread else statement


def county_with_code(session: Session, code: str) -> County | None:
    """The county with this code. One query."""
    return session.scalar(sa.select(County).where(County.code == code))
