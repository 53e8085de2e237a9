"""Who stands above whom, as reminders ask for it: the head of a unit, the leaders in charge. No commits."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa
from flask_babel import gettext as _
from sqlalchemy.orm import Session

from app.counting import counted as _n
from app.models import Account, Membership
from app.models.membership import PeopleAct
from app.people.errors import PostNotFitting
from app.people.log import record
from app.people.membership import Part, held, named
from app.people.queries import Choice, MemberLine
from app.people.words import POST_NAMES
from plans.actors import Actor, Post, Role
from plans.commands.moving import day_of
from plans.models import Unit

POSTS: Mapping[Role, Post] = {Role.UNIT: Post.HEAD, Role.LEADER: Post.DEPUTY}  # what a role can hold


@dataclass(frozen=True)
class Missing:
    """A post that nobody holds, and the units that it is missing in."""

    words: str
    units: list[str]


def set_post(session: Session, actor: Actor, *, membership_id: int, post: Post, at: datetime) -> None:
    """Name a member head of the unit or leader in charge, or take it back; the same again changes nothing.

    A unit has one head: whoever was it before is not any more. Leaders in charge may be several. Only the
    office, never oneself.

    Raises ActNotAllowed, NotFound, OwnMembership, PostNotFitting.
    """
    _hold_unit(session, membership_id)
    member, account = held(session, actor, membership_id)
    if post is not Post.MEMBER and (not member.is_active or POSTS.get(member.role) is not post):
        raise PostNotFitting(account.name)
    if member.post is post:
        return
    if post is Post.HEAD:
        for before in _heads(session, member.unit_id):
            _give(session, actor, before, session.get_one(Account, before.account_id), Post.MEMBER, at)
    _give(session, actor, member, account, post, at)


def posts_missing(units: Iterable[Choice], lines: Iterable[MemberLine]) -> list[Missing]:
    """What nobody is named for, and who is told instead. ``units`` are pairs of key and name."""
    here = [line.member for line in lines if line.is_here]
    heads = {str(one.unit_id) for one in here if one.post is Post.HEAD}
    without = [name for key, name in units if key not in heads]
    found = []
    if without:
        words = _n("未明确单位负责人的单位 %(n)s 个，逾期上报和督办单催办暂由创建办代收。", n=len(without))
        found.append(Missing(words, without))
    if not any(one.post is Post.DEPUTY for one in here):
        found.append(Missing(_no_deputy(any(one.role is Role.LEADER for one in here)), []))
    return found


def _no_deputy(has_leaders: bool) -> str:
    if has_leaders:
        return _("未明确分管领导，逾期上报的最后一级发给领导小组全体成员。")
    return _("领导小组没有在用成员，逾期上报的最后一级暂由创建办代收。")


def _hold_unit(session: Session, membership_id: int) -> None:
    """Held, so that two heads are not named at the same moment."""
    mine = sa.select(Membership.unit_id).where(Membership.id == membership_id).scalar_subquery()
    session.execute(sa.select(Unit.id).where(Unit.id == mine).with_for_update())


def _heads(session: Session, unit_id: int | None) -> list[Membership]:
    found = sa.select(Membership).where(
        Membership.role == Role.UNIT, Membership.unit_id == unit_id, Membership.post == Post.HEAD
    )
    return list(session.scalars(found))


def _give(
    session: Session, actor: Actor, member: Membership, account: Account, post: Post, at: datetime
) -> None:
    before, member.post = member.post, post
    if post is not Post.MEMBER:
        member.reminded_from = day_of(at)  # what spoke before is not this person's backlog
    part = named(session, Part(member.role, member.unit_id))
    words = {"post_before": POST_NAMES[before], "post_after": POST_NAMES[post], "after": part}
    record(session, actor, PeopleAct.POST, account, at=at, details=words)
