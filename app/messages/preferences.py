"""What one person wants to be told, and where. Nobody commits here."""

import hashlib
import re
import secrets
from collections.abc import Iterable
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Session

from app.messages.errors import AddressUnreadable, NoAddress
from app.messages.queries import preference_of
from app.models import Account, Preference
from plans.actors import Actor
from plans.base import new_id
from plans.reminders.rules import Family

# Plain addresses only: no quoted parts, no comments, nothing that could end a header.
_ADDRESS = re.compile(
    r"[A-Za-z0-9._%+-]{1,64}@(?:[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?\.)+[A-Za-z]{2,24}"
)
LONGEST_ADDRESS = 200


def is_address(text: str) -> bool:
    """Whether mail can be sent to it.

    >>> is_address("jia@example.org"), is_address("jia@example.org\\nBcc: yi@example.org")
    (True, False)
    """
    return len(text) <= LONGEST_ADDRESS and _ADDRESS.fullmatch(text) is not None


def choose(session: Session, actor: Actor, *, email: str, by_mail: bool, muted: Iterable[Family]) -> None:
    """Keep the person's own choices; the address belongs to the account, the rest to the county in scope.

    Raises AddressUnreadable, NoAddress.
    """
    email = email.strip()
    if email and not is_address(email):
        raise AddressUnreadable()
    if by_mail and not email:
        raise NoAddress()
    session.get_one(Account, actor.user_id).email = email or None
    own = _own(session, actor)
    own.by_mail, own.muted = by_mail, sorted(set(muted))
    session.flush()


def renew_feed(session: Session, actor: Actor, *, at: datetime) -> str:
    """Make a new secret link for the person's calendar and end an older one.

    Returns its token, which is seen this once.
    """
    token = secrets.token_urlsafe(32)
    own = _own(session, actor)
    own.feed_token_hash, own.feed_made_at = feed_token_hash(token), at
    session.flush()
    return token


def end_feed(session: Session, actor: Actor) -> None:
    """End the link of the person's calendar."""
    own = _own(session, actor)
    own.feed_token_hash, own.feed_made_at = None, None
    session.flush()


def owner_of_feed(session: Session, token: str) -> int | None:
    """The account behind a token in the county in scope. One query."""
    wanted = sa.select(Preference.account_id).where(Preference.feed_token_hash == feed_token_hash(token))
    return session.scalar(wanted)


def feed_token_hash(token: str) -> str:
    """What is kept of a token; it is long and random, so a plain hash is enough."""
    return hashlib.sha256(token.encode()).hexdigest()


def _own(session: Session, actor: Actor) -> Preference:
    found = preference_of(session, actor.user_id)
    if found is None:
        found = Preference(id=new_id(), account_id=actor.user_id, muted=[], by_mail=True)
        session.add(found)
    return found
