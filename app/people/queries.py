"""Reading the people of a county, each function with a constant number of queries."""

from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa
from flask_babel import gettext as _
from sqlalchemy.orm import Session

from app.models import Account, Invitation, Membership, School
from plans.actors import Role
from plans.errors import NotFound
from plans.models import Unit
from plans.units import in_plan_order

Choice = tuple[str, str]


@dataclass(frozen=True)
class MemberLine:
    """A member with the names that stand behind the keys."""

    member: Membership
    login: str
    name: str
    place: str  # unit or school; "" where the role acts for none

    @property
    def is_here(self) -> bool:
        return self.member.is_active


@dataclass(frozen=True)
class InvitationLine:
    """An invitation nobody has accepted yet."""

    invitation: Invitation
    place: str
    is_over: bool  # out of time


def member_lines(session: Session) -> list[MemberLine]:
    """Everybody who is or was a member; those who left come last. One query."""
    statement = (
        sa.select(Membership, Account.login, Account.name, Unit.name, School.name)
        .join(Account, Account.id == Membership.account_id)
        .outerjoin(Unit, Unit.id == Membership.unit_id)
        .outerjoin(School, School.code == Membership.school_code)
    )
    lines = [
        MemberLine(member, login, name, unit or school or member.school_code or "")
        for member, login, name, unit, school in session.execute(statement)
    ]
    return sorted(lines, key=_order)


def member_line(session: Session, membership_id: int) -> MemberLine:
    """One of them. Raises NotFound."""
    found = next((line for line in member_lines(session) if line.member.id == membership_id), None)
    if found is None:
        raise NotFound(_("成员"))
    return found


def invitation_lines(session: Session, at: datetime) -> list[InvitationLine]:
    """Invitations that were neither accepted nor taken back, the newest first. One query."""
    statement = (
        sa.select(Invitation, Unit.name, School.name)
        .outerjoin(Unit, Unit.id == Invitation.unit_id)
        .outerjoin(School, School.code == Invitation.school_code)
        .where(Invitation.accepted_at.is_(None), Invitation.revoked_at.is_(None))
        .order_by(Invitation.made_at.desc(), Invitation.id.desc())
    )
    return [
        InvitationLine(invitation, unit or school or invitation.school_code or "", not invitation.is_open(at))
        for invitation, unit, school in session.execute(statement)
    ]


def successors(session: Session, line: MemberLine) -> list[MemberLine]:
    """Members who could take over: the same role for the same unit or school. One query."""
    part = (line.member.role, line.member.unit_id, line.member.school_code)
    return [
        other
        for other in member_lines(session)
        if other.is_here
        and other.member.account_id != line.member.account_id
        and (other.member.role, other.member.unit_id, other.member.school_code) == part
    ]


def places(session: Session) -> tuple[list[Choice], list[Choice]]:
    """Units and schools to choose from. Two queries."""
    units = session.scalars(in_plan_order(sa.select(Unit)))
    schools = session.execute(sa.select(School.code, School.name).order_by(School.name))
    return [(str(unit.id), unit.name) for unit in units], [(code, name) for code, name in schools]


def _order(line: MemberLine) -> tuple[bool, int, str, str]:
    return not line.is_here, list(Role).index(line.member.role), line.place, line.name
