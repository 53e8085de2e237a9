"""Whom a reminder goes to: items joined to the members of their county.

``people`` is the table of memberships, given from outside: county_id, account_id, role, unit_id, school_code,
post, is_active, reminded_from.
"""

from collections.abc import Callable
from typing import Any

import sqlalchemy as sa

from plans.actors import Post, Role
from plans.reminders.rules import ALONE, Audience

Fits = Callable[[Any, Any], Any]  # (items, member) → condition


def recipients(items: Any, people: sa.FromClause, to: Audience) -> sa.SelectBase:
    """The items with ``account_id`` and ``reminded_from`` of those concerned, or of the office if none is."""
    direct, office, anybody = (people.alias(name) for name in ("concerned", "office", "anybody"))
    fits = _fits(to, people)
    nobody = ~sa.exists().where(_is_member(items, anybody), fits(items, anybody))
    concerned = _pairs(items, direct).where(fits(items, direct))
    if to in ALONE:
        return concerned
    return sa.union_all(concerned, _pairs(items, office).where(office.c.role == Role.OFFICE, nobody))


def _pairs(items: Any, member: Any) -> sa.Select[Any]:
    # With all that is known of the item: to join it again would take the square of their number.
    columns = (*items.c, member.c.account_id, member.c.reminded_from)
    return sa.select(*columns).join_from(items, member, _is_member(items, member))


def _is_member(items: Any, member: Any) -> Any:
    return (member.c.county_id == items.c.county_id) & member.c.is_active


def _fits(to: Audience, people: sa.FromClause) -> Fits:
    roles = {
        Audience.OFFICE: (Role.OFFICE,),
        Audience.ASSIGNERS: (Role.LEADER, Role.OFFICE),
        Audience.SUPERVISORS: (Role.SUPERVISOR,),
    }
    if to in roles:
        return lambda _items, member: member.c.role.in_(roles[to])
    return {
        Audience.RESPONSIBLE: lambda items, member: _responsible(items, member, people.alias("named")),
        Audience.UNIT_HEAD: lambda items, member: _of_unit(items, member) & (member.c.post == Post.HEAD),
        Audience.DEPUTY: lambda items, member: _deputy(items, member, people.alias("in_charge")),
        Audience.REPORTERS: _reporter,
        Audience.NAMED: lambda items, member: member.c.account_id == items.c.person_id,
    }[to]


def _of_unit(items: Any, member: Any) -> Any:
    return (member.c.role == Role.UNIT) & (member.c.unit_id == items.c.unit_id)


def _responsible(items: Any, member: Any, named: Any) -> Any:
    """The named person as long as he is there, else everybody of the unit."""
    is_there = sa.exists().where(_is_member(items, named), named.c.account_id == items.c.person_id)
    is_there = is_there.correlate_except(named)
    return (member.c.account_id == items.c.person_id) | (_of_unit(items, member) & ~is_there)


def _deputy(items: Any, member: Any, in_charge: Any) -> Any:
    """The leader in charge where one is named, else the whole leading group."""
    is_named = sa.exists().where(
        _is_member(items, in_charge), in_charge.c.role == Role.LEADER, in_charge.c.post == Post.DEPUTY
    )
    is_named = is_named.correlate_except(in_charge)
    return (member.c.role == Role.LEADER) & ((member.c.post == Post.DEPUTY) | ~is_named)


def _reporter(items: Any, member: Any) -> Any:
    return (member.c.role == Role.SCHOOL) & (member.c.school_code == items.c.school_code)
