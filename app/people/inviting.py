"""Invitations: made by the office, accepted once by whoever holds the link. No commits."""

import hashlib
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

import sqlalchemy as sa
from flask_babel import gettext as _
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from app.models import Account, Invitation, Membership
from app.models.membership import PeopleAct
from app.people.errors import AlreadyMember, InvitationGone, LoginTaken
from app.people.log import record
from app.people.membership import Part, checked, named, refuse_clash
from plans.actors import Actor
from plans.base import new_id
from plans.commands.moving import day_of
from plans.errors import NotFound
from plans.rights import Act, check
from plans.work_errors import WordsMissing

LASTS = timedelta(days=7)


@dataclass(frozen=True)
class Invited:
    """An invitation with its token, which is seen this once only."""

    invitation: Invitation
    token: str


def invite(session: Session, actor: Actor, *, name: str, part: Part, at: datetime) -> Invited:
    """Make a link for a person; an open one for the same name and part stops working.

    Raises ActNotAllowed, WordsMissing, RoleNotGiven, PlaceMissing, NotFound.
    """
    check(actor, Act.MANAGE_MEMBERS)
    if not name.strip():
        raise WordsMissing(_("姓名"))
    part, name = checked(session, part), name.strip()
    for former in _open(session, name, part):
        former.revoked_at = at
    token = secrets.token_urlsafe(32)
    invitation = Invitation(
        id=new_id(),
        token_hash=hash_of(token),
        name=name,
        role=part.role,
        unit_id=part.unit_id,
        school_code=part.school_code,
        made_at=at,
        made_by_id=actor.user_id,
        made_by=actor.name,
        expires_at=at + LASTS,
    )
    session.add(invitation)
    record(session, actor, PeopleAct.INVITE, name, at=at, details={"after": named(session, part)})
    return Invited(invitation, token)


def revoke(session: Session, actor: Actor, *, invitation_id: int, at: datetime) -> None:
    """Take a link back; one that was used or taken back already stays as it is.

    Raises ActNotAllowed, NotFound.
    """
    check(actor, Act.MANAGE_MEMBERS)
    held = sa.select(Invitation).where(Invitation.id == invitation_id).with_for_update()
    invitation = session.scalar(held)
    if invitation is None:
        raise NotFound(_("邀请"))
    if invitation.accepted_at is None and invitation.revoked_at is None:
        invitation.revoked_at = at
        record(session, actor, PeopleAct.REVOKE, invitation.name, at=at)


def open_invitation(session: Session, token: str, at: datetime, *, held: bool = False) -> Invitation:
    """The invitation behind a token in the county in scope; ``held`` until the transaction ends.

    Raises InvitationGone, whatever the reason.
    """
    statement = sa.select(Invitation).where(Invitation.token_hash == hash_of(token))
    invitation = session.scalar(statement.with_for_update() if held else statement)
    if invitation is None or not invitation.is_open(at):
        raise InvitationGone()
    return invitation


def accept_as_new(
    session: Session, *, token: str, login: str, name: str, password_hash: str, at: datetime
) -> Membership:
    """Make an account for whoever holds the link, and the member.

    Raises InvitationGone, LoginTaken.
    """
    invitation = open_invitation(session, token, at, held=True)
    if session.scalar(sa.select(Account.id).where(Account.login == login)) is not None:
        raise LoginTaken(login)
    account = Account(id=new_id(), login=login, name=name, password_hash=password_hash, created_at=at)
    try:
        with session.begin_nested():
            session.add(account)
    except IntegrityError:  # somebody took it in this very moment
        raise LoginTaken(login) from None
    return _join(session, invitation, account, at)


def accept_as(session: Session, account: Account, *, token: str, at: datetime) -> Membership:
    """Make a person who has an account a member here as well.

    Raises InvitationGone, AlreadyMember, DutiesClash.
    """
    return _join(session, open_invitation(session, token, at, held=True), account, at)


def hash_of(token: str) -> str:
    """What is kept of a token; it is long and random, so a plain hash is enough."""
    return hashlib.sha256(token.encode()).hexdigest()


def _join(session: Session, invitation: Invitation, account: Account, at: datetime) -> Membership:
    refuse_clash(session, account, invitation.role)
    part = Part(invitation.role, invitation.unit_id, invitation.school_code)
    member = _member(session, account, part)
    member.unit_id, member.school_code = part.unit_id, part.school_code
    member.is_active, member.reminded_from = True, day_of(at)
    session.add(member)
    invitation.accepted_at, invitation.account_id = at, account.id
    session.flush()
    newcomer = Actor(account.id, account.name, member.county_id, part.role, part.unit_id)
    record(session, newcomer, PeopleAct.JOIN, account, at=at, details={"after": named(session, part)})
    return member


def _member(session: Session, account: Account, part: Part) -> Membership:
    # A person has a role once in a county; who left it comes back to the same row.
    same = sa.select(Membership).where(Membership.account_id == account.id, Membership.role == part.role)
    former = session.scalar(same)
    if former is not None and former.is_active:
        raise AlreadyMember()
    return former or Membership(id=new_id(), account_id=account.id, role=part.role)


def _open(session: Session, name: str, part: Part) -> list[Invitation]:
    return list(
        session.scalars(
            sa.select(Invitation).where(
                Invitation.name == name,
                Invitation.role == part.role,
                Invitation.unit_id.is_(None) if part.unit_id is None else Invitation.unit_id == part.unit_id,
                Invitation.school_code.is_(None)
                if part.school_code is None
                else Invitation.school_code == part.school_code,
                Invitation.accepted_at.is_(None),
                Invitation.revoked_at.is_(None),
            )
        )
    )
