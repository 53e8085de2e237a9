"""A member's open items go to a successor in the same part. No commits."""

from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Session

from app.items.commands import PREPARE
from app.models import Account, Attestation, AttestationEvent, Membership
from app.models.membership import PeopleAct
from app.people.errors import NoSuccessor
from app.people.log import record
from app.people.queries import MemberLine, member_line
from plans.actors import Actor, Person, Role
from plans.commands.moving import day_of
from plans.handing_over import OpenWork, hand_over_work, open_work
from plans.models import Notice
from plans.notice_states import NoticeState
from plans.rights import Act, check


@dataclass(frozen=True)
class OpenItems:
    """All that waits for a member.

    ``work`` bears the member's name and goes over; notices wait for the unit and statements for the office
    or the supervisor, so whoever has the part has them, and they are listed to be known.
    """

    work: OpenWork
    notices: list[Notice]
    statements: list[Attestation]

    @property
    def n(self) -> int:
        return len(self.work.tasks) + len(self.work.measures)


def open_items(session: Session, line: MemberLine) -> OpenItems:
    """What a successor takes over. At most eight queries."""
    member = line.member
    return OpenItems(
        work=open_work(session, member.account_id),
        notices=_notices(session, member.unit_id) if member.role is Role.UNIT else [],
        statements=_statements(session, member),
    )


def hand_over(
    session: Session, actor: Actor, *, membership_id: int, to_id: int, note: str, at: datetime
) -> OpenItems:
    """Hand a member's open items to another member of the same part, with a word in each history.

    ``to_id`` : the successor's membership. Works for one who has left as well.

    Raises ActNotAllowed, NotFound, NoSuccessor.
    """
    check(actor, Act.HAND_OVER)
    line, heir = member_line(session, membership_id), member_line(session, to_id)
    if not heir.is_here or _part(heir) != _part(line) or heir.member.account_id == line.member.account_id:
        raise NoSuccessor()
    items = open_items(session, line)
    to = Person(heir.name, heir.member.account_id)
    # What spoke before is no backlog of the successor's.
    heir.member.reminded_from = max(heir.member.reminded_from, day_of(at))
    hand_over_work(session, actor, from_id=line.member.account_id, to=to, note=note, at=at)
    account = session.get_one(Account, line.member.account_id)
    details = {
        "to": heir.name,
        "tasks": [task.title for task in items.work.tasks],
        "measures": [measure.no for measure in items.work.measures],
        "notices": [notice.title for notice in items.notices],
        "statements": [f"{one.item}{one.part}" for one in items.statements],
    }
    record(session, actor, PeopleAct.HAND_OVER, account, at=at, note=note, details=details)
    return items


def _part(line: MemberLine) -> tuple[Role, int | None, str | None]:
    return line.member.role, line.member.unit_id, line.member.school_code


def _notices(session: Session, unit_id: int | None) -> list[Notice]:
    waiting = Notice.state.in_((NoticeState.SENT, NoticeState.SIGNED))
    statement = sa.select(Notice).where(Notice.to_unit_id == unit_id, waiting)
    return list(session.scalars(statement.order_by(Notice.due_on, Notice.id)))


def _statements(session: Session, member: Membership) -> list[Attestation]:
    unsigned = sa.select(Attestation).where(Attestation.signed_at.is_(None)).order_by(Attestation.item)
    if member.role is Role.SUPERVISOR:
        return list(session.scalars(unsigned.where(Attestation.conclusion != "")))
    by_member = AttestationEvent.actor_id == member.account_id
    prepared = Attestation.events.any(sa.and_(by_member, AttestationEvent.act == PREPARE))
    return list(session.scalars(unsigned.where(prepared)))
