"""What the office does to members: change their part, end it, resume it. No commits.

Accounts are not the county's: an office ends a membership, never an account, which may serve other counties.
"""

from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa
from flask_babel import gettext as _
from sqlalchemy.orm import Session

from app.auth.sign_ins import end_sign_ins
from app.models import Account, Membership, School
from app.models.membership import PeopleAct
from app.people.errors import DutiesClash, LastOffice, OwnMembership, PlaceMissing, RoleNotGiven
from app.people.log import record
from plans.actors import Actor, Post, Role
from plans.commands.moving import day_of
from plans.errors import NotFound
from plans.models import Unit
from plans.rights import Act, check

GIVEN = tuple(role for role in Role if role is not Role.OVERSEER)  # overseers come from above
APART = Role.SUPERVISOR  # whoever verifies has no other part in the county


@dataclass(frozen=True)
class Part:
    """A role, with the unit or the school that the role acts for."""

    role: Role
    unit_id: int | None = None
    school_code: str | None = None


def change_member(session: Session, actor: Actor, *, membership_id: int, part: Part, at: datetime) -> None:
    """Give a member another part in the county; the same part changes nothing.

    Only the office, never one's own.

    Raises ActNotAllowed, NotFound, OwnMembership, LastOffice, RoleNotGiven, PlaceMissing, DutiesClash.
    """
    member, account = held(session, actor, membership_id)
    part = checked(session, part)
    before = Part(member.role, member.unit_id, member.school_code)
    if part == before:
        return
    if part.role is not member.role:
        _keep_an_office(session, member)
    refuse_clash(session, account, part.role, besides=member.id)
    member.role, member.unit_id, member.school_code = part.role, part.unit_id, part.school_code
    member.post = Post.MEMBER
    # The new part starts afresh: what was due from it before is not this person's backlog.
    member.reminded_from = day_of(at)
    words = {"before": named(session, before), "after": named(session, part)}
    record(session, actor, PeopleAct.CHANGE, account, at=at, details=words)


def end_member(session: Session, actor: Actor, *, membership_id: int, note: str, at: datetime) -> None:
    """Let a member go: no access from the next click on, everything done stays under the name.

    Only the office, never oneself, never the last of the office.

    Raises ActNotAllowed, NotFound, OwnMembership, LastOffice.
    """
    member, account = held(session, actor, membership_id)
    if not member.is_active:
        return
    _keep_an_office(session, member)
    member.is_active, member.post = False, Post.MEMBER
    end_sign_ins(session, account.id, at=at)
    part = Part(member.role, member.unit_id, member.school_code)
    record(session, actor, PeopleAct.END, account, at=at, note=note, details={"before": named(session, part)})


def resume_member(session: Session, actor: Actor, *, membership_id: int, at: datetime) -> None:
    """Let a former member in again, in the part held before.

    Raises ActNotAllowed, NotFound, OwnMembership, DutiesClash.
    """
    member, account = held(session, actor, membership_id)
    if member.is_active:
        return
    refuse_clash(session, account, member.role, besides=member.id)
    member.is_active, member.reminded_from = True, day_of(at)
    part = Part(member.role, member.unit_id, member.school_code)
    record(session, actor, PeopleAct.RESUME, account, at=at, details={"after": named(session, part)})


def checked(session: Session, part: Part) -> Part:
    """The part with just the place that its role needs.

    Raises RoleNotGiven, PlaceMissing, NotFound.
    """
    if part.role not in GIVEN:
        raise RoleNotGiven()
    if part.role is Role.UNIT:
        return Part(part.role, unit_id=_unit(session, part.unit_id).id)
    if part.role is Role.SCHOOL:
        return Part(part.role, school_code=_school(session, part.school_code).code)
    return Part(part.role)


def refuse_clash(session: Session, account: Account, role: Role, besides: int | None = None) -> None:
    """Raise DutiesClash where the person would both do and verify in this county."""
    mine = sa.select(Membership.role).where(
        Membership.account_id == account.id, Membership.is_active, Membership.id != (besides or 0)
    )
    others = set(session.scalars(mine)) - {role}
    if others and APART in {role, *others}:
        raise DutiesClash(account.name)


def named(session: Session, part: Part) -> dict[str, str]:
    """A part in words that stay true when units are renamed."""
    unit = session.scalar(sa.select(Unit.name).where(Unit.id == part.unit_id)) if part.unit_id else None
    place = unit or part.school_code
    return {"role": part.role.value, **({"place": place} if place else {})}


def held(session: Session, actor: Actor, membership_id: int) -> tuple[Membership, Account]:
    """A member of whom something is to be changed. Raises ActNotAllowed, NotFound, OwnMembership."""
    check(actor, Act.MANAGE_MEMBERS)
    statement = sa.select(Membership).where(Membership.id == membership_id).with_for_update()
    member = session.scalar(statement)
    if member is None:
        raise NotFound(_("成员"))
    if member.account_id == actor.user_id:
        raise OwnMembership()
    return member, session.get_one(Account, member.account_id)


def _keep_an_office(session: Session, member: Membership) -> None:
    if member.role is not Role.OFFICE or not member.is_active:
        return
    # Held, so that two of the office cannot let each other go at the same moment.
    offices = sa.select(Membership.id).where(Membership.role == Role.OFFICE, Membership.is_active)
    if set(session.scalars(offices.with_for_update())) <= {member.id}:
        raise LastOffice()


def _unit(session: Session, unit_id: int | None) -> Unit:
    if unit_id is None:
        raise PlaceMissing(_("责任单位"))
    unit = session.scalar(sa.select(Unit).where(Unit.id == unit_id))
    if unit is None:
        raise NotFound(_("单位"))
    return unit


def _school(session: Session, code: str | None) -> School:
    if not code:
        raise PlaceMissing(_("学校"))
    school = session.scalar(sa.select(School).where(School.code == code))
    if school is None:
        raise NotFound(_("学校"))
    return school
