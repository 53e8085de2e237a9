"""What the platform does with counties: make, suspend, resume, ask for erasure, cancel it. No commits."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

import sqlalchemy as sa
from flask_babel import gettext as _
from sqlalchemy.orm import Session

from app.admin.errors import CodeTaken, NameDiffers, NotSuspended
from app.audit.doers import Doer
from app.audit.recording import record
from app.models.audit import Act
from app.people.inviting import Invited, invite
from app.people.membership import Part
from app.tenancy import enter_county
from plans.actors import Actor, Role
from plans.base import County, new_id
from plans.errors import NotFound
from plans.pushing import push_template

WAITING_DAYS = 30


@dataclass(frozen=True)
class NewCounty:
    """What the one form says about a county and the first person of its office."""

    code: str
    name: str
    standard: str
    horizon_year: int
    template: str  # "" = none
    person: str


def create_county(session: Session, admin: Doer, *, given: NewCounty, at: datetime) -> Invited:
    """Make a county, which the session enters, its plan to check and the link for its office's first person.

    Raises CodeTaken, UnknownTemplate.
    """
    if session.scalar(sa.select(County.id).where(County.code == given.code)) is not None:
        raise CodeTaken(given.code)
    county = County(
        id=new_id(),
        code=given.code,
        name=given.name,
        standard=given.standard,
        horizon_year=given.horizon_year,
    )
    session.add(county)
    session.flush()
    enter_county(session, county.id)
    if given.template:
        push_template(session, name=given.template, locked=[], by=_("平台"), at=at)
    _note(session, admin, county, Act.SETTING, {"act": "created", "name": county.name, "code": county.code})
    return invite(session, _in_its_office(admin, county), name=given.person, part=Part(Role.OFFICE), at=at)


def find_county(session: Session, code: str) -> County:
    """The county with a code, which the session enters. Raises NotFound."""
    county = session.scalar(sa.select(County).where(County.code == code))
    if county is None:
        raise NotFound(_("县"))
    enter_county(session, county.id)
    return county


def suspend(session: Session, admin: Doer, county: County, *, at: datetime) -> None:
    """Close a county to its members and to jobs; its data stay. Done twice it changes nothing."""
    if county.suspended_at is None:
        county.suspended_at = at
        _note(session, admin, county, Act.LOCK, {"act": "suspended"})


def resume(session: Session, admin: Doer, county: County) -> None:
    """Open a county again; an erasure that was asked for is taken back."""
    if county.suspended_at is not None:
        county.suspended_at = county.erase_on = county.erase_asked_by = None
        _note(session, admin, county, Act.UNLOCK, {"act": "resumed"})


def invite_office(session: Session, admin: Doer, county: County, *, person: str, at: datetime) -> Invited:
    """A new link for somebody of the office, when the first one was lost or nobody is left."""
    return invite(session, _in_its_office(admin, county), name=person, part=Part(Role.OFFICE), at=at)


def ask_erasure(session: Session, admin: Doer, county: County, *, typed: str, today: date) -> None:
    """Begin the waiting time after which a suspended county may be erased.

    Raises NotSuspended, NameDiffers.
    """
    if county.suspended_at is None:
        raise NotSuspended()
    if typed.strip() != county.name:
        raise NameDiffers(county.name)
    if county.erase_on is None:
        county.erase_on, county.erase_asked_by = today + timedelta(days=WAITING_DAYS), admin.who
        told = {"act": "erasure asked", "on": county.erase_on.isoformat()}
        _note(session, admin, county, Act.LOCK, told)


def cancel_erasure(session: Session, admin: Doer, county: County) -> None:
    """Take an erasure back; the county stays suspended."""
    if county.erase_on is not None:
        county.erase_on = county.erase_asked_by = None
        _note(session, admin, county, Act.UNLOCK, {"act": "erasure cancelled"})


def _in_its_office(admin: Doer, county: County) -> Actor:
    # Until a county has an office of its own, the platform invites in its place; the log names who did.
    return Actor(admin.account_id or 0, admin.who, county.id, Role.OFFICE)


def _note(session: Session, admin: Doer, county: County, act: Act, told: dict[str, str]) -> None:
    """Into the platform's log; the county's own tells of the changed row by itself."""
    thing = f"county:{county.id}"
    record(session, admin, act=act, thing=thing, title=county.name, after=told, for_platform=True)
