"""What the pages of people show."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from app.models import PeopleEvent
from app.people.forms import HandOverForm, InvitationForm, PartForm
from app.people.handing_over import OpenItems, open_items
from app.people.log import events_of, people_events
from app.people.posts import Missing, posts_missing
from app.people.queries import (
    InvitationLine,
    MemberLine,
    invitation_lines,
    member_line,
    member_lines,
    places,
    successors,
)
from app.people.sentences import basis, members_sentence
from app.punctuation import bracketed
from plans.actors import Actor


@dataclass(frozen=True)
class MembersPage:
    """Everybody, the open invitations and the form for the next one."""

    headline: str
    basis: list[str]
    lines: list[MemberLine]
    invitations: list[InvitationLine]
    events: list[PeopleEvent]
    form: InvitationForm
    missing: list[Missing]


@dataclass(frozen=True)
class MemberPage:
    """One member: what waits for him, what can be done, what was done."""

    line: MemberLine
    items: OpenItems
    events: list[PeopleEvent]
    part_form: PartForm
    hand_over_form: HandOverForm
    is_self: bool


def members_page(session: Session, at: datetime, form: InvitationForm) -> MembersPage:
    """Put the list together. Five queries."""
    units, schools = places(session)
    form.offer(units, schools)
    lines, invitations = member_lines(session), invitation_lines(session, at)
    headline, missing = members_sentence(lines, invitations), posts_missing(units, lines)
    return MembersPage(headline, basis(lines), lines, invitations, people_events(session), form, missing)


def member_page(
    session: Session, actor: Actor, membership_id: int, sent: PartForm | None = None
) -> MemberPage:
    """Put one member's page together; ``sent`` is a refused form to show again. Raises NotFound."""
    line = member_line(session, membership_id)
    member = line.member
    form = sent or PartForm(
        formdata=None,
        role=member.role.value,
        unit_id=str(member.unit_id or ""),
        school_code=member.school_code,
    )
    form.offer(*places(session))
    heirs = [(str(one.member.id), one.name + bracketed(one.login)) for one in successors(session, line)]
    return MemberPage(
        line=line,
        items=open_items(session, line),
        events=events_of(session, member.account_id),
        part_form=form,
        hand_over_form=HandOverForm(heirs, formdata=None),
        is_self=member.account_id == actor.user_id,
    )
