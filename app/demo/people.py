"""People of the demo: one account for each part, no real names."""

from datetime import datetime

from sqlalchemy.orm import Session

from app.auth.passwords import hash_password
from app.models import Account, Membership
from plans.actors import Actor, Post, Role
from plans.base import new_id

PASSWORD = "youjun-2029"  # noqa: S105 -- the demo's own, printed at every start
_HASH = "hash of the demo password"
OFFICES = {
    "leader": (Role.LEADER, "领导小组示例"),
    "office": (Role.OFFICE, "创建办示例"),
    "supervisor": (Role.SUPERVISOR, "督导室示例"),
}


def add_offices(session: Session, county: str, at: datetime) -> dict[str, Actor]:
    """Add the leading group's, the office's and the supervisor's account, logins ``<county>-<part>``.

    The session must have entered the county.
    """
    return {
        part: add_person(session, f"{county}-{part}", name, role, None, at)
        for part, (role, name) in OFFICES.items()
    }


def add_reporter(session: Session, login: str, school_name: str, school_code: str, at: datetime) -> None:
    """Add the account of who reports a school's figures."""
    add_person(session, login, f"{school_name}填报员示例", Role.SCHOOL, None, at, school_code=school_code)


def add_person(
    session: Session,
    login: str,
    name: str,
    role: Role,
    unit_id: int | None,
    at: datetime,
    *,
    school_code: str | None = None,
    post: Post = Post.MEMBER,
) -> Actor:
    """Add an account with one role in the county that the session has entered."""
    account = Account(
        id=new_id(), login=login, name=name, password_hash=password_hash(session), created_at=at
    )
    session.add(account)
    session.flush()
    membership = Membership(
        account_id=account.id, role=role, unit_id=unit_id, school_code=school_code, post=post
    )
    session.add(membership)
    session.flush()
    return Actor(account.id, name, membership.county_id, role, unit_id)


def password_hash(session: Session) -> str:
    """One hash for all who share the demo's password: making one is slow on purpose, and there are dozens."""
    if _HASH not in session.info:
        session.info[_HASH] = hash_password(PASSWORD)
    return str(session.info[_HASH])
