"""A county's groups: adding, changing, removing, trying out. Nobody commits here.

The address of a group carries its key: it is kept in ``Channel.secret``, which is never shown or logged.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Session

from app.messages.errors import ChannelOvertaken, NameWanted
from app.messages.hooks import read_address, send_hook
from app.messages.letters import trial_letter
from app.messages.outcome import Outcome
from app.messages.outside import Trip
from app.models import Channel, ChannelKind
from app.readers import reading_in
from plans.actors import Actor
from plans.base import County, new_id
from plans.calendar import ZONE
from plans.errors import NotFound
from plans.rights import Act, check
from plans.words import _

LONGEST_NAME = 40


@dataclass(frozen=True)
class Chosen:
    """What the office says of a group; an address that is "" stays as it was."""

    name: str
    kind: ChannelKind
    address: str
    is_on: bool = True
    is_repeatable: bool = False


def list_channels(session: Session, actor: Actor) -> list[Channel]:
    """The county's groups by age. One query.

    Raises ActNotAllowed.
    """
    check(actor, Act.SET_COUNTY)
    return list(session.scalars(sa.select(Channel).order_by(Channel.made_at, Channel.id)))


def find_channel(session: Session, actor: Actor, channel_id: int) -> Channel:
    """One of the county's groups.

    Raises ActNotAllowed, NotFound.
    """
    check(actor, Act.SET_COUNTY)
    found = session.scalar(sa.select(Channel).where(Channel.id == channel_id))
    if found is None:
        raise NotFound(_("推送渠道"))
    return found


def add_channel(
    session: Session, actor: Actor, *, chosen: Chosen, private_hosts: Collection[str], at: datetime
) -> Channel:
    """Add a group.

    Raises ActNotAllowed, NameWanted, RelayRefused, AddressNotOfKind, PrivateHost.
    """
    check(actor, Act.SET_COUNTY)
    channel = Channel(
        id=new_id(),
        name=_name(chosen),
        kind=chosen.kind,
        secret=read_address(chosen.kind, chosen.address, private_hosts=private_hosts),
        is_on=chosen.is_on,
        is_repeatable=chosen.is_repeatable,
        made_at=at,
        made_by=actor.name,
    )
    session.add(channel)
    session.flush()
    return channel


def change_channel(
    session: Session,
    actor: Actor,
    *,
    channel_id: int,
    chosen: Chosen,
    private_hosts: Collection[str],
    seen_version: int,
) -> Channel:
    """Change a group; its kind changes with its address only. What holds already changes nothing.

    Raises ActNotAllowed, NotFound, ChannelOvertaken, NameWanted, RelayRefused, AddressNotOfKind, PrivateHost.
    """
    channel = find_channel(session, actor, channel_id)
    if _is_repeat(channel, chosen):
        return channel
    _refuse_stale(channel, seen_version)
    if chosen.address.strip() or chosen.kind is not channel.kind:
        channel.secret = read_address(chosen.kind, chosen.address, private_hosts=private_hosts)
        channel.kind = chosen.kind
    channel.name = _name(chosen)
    channel.is_on, channel.is_repeatable = chosen.is_on, chosen.is_repeatable
    session.flush()
    return channel


def remove_channel(session: Session, actor: Actor, *, channel_id: int, seen_version: int) -> None:
    """Remove a group; what was sent to it stays in the list of messages.

    Raises ActNotAllowed, NotFound, ChannelOvertaken.
    """
    channel = find_channel(session, actor, channel_id)
    _refuse_stale(channel, seen_version)
    session.delete(channel)
    session.flush()


def send_test(
    channel: Channel, county: County, *, base_url: str, private_hosts: Collection[str], at: datetime
) -> Outcome:
    """Send a message to a group at once; takes up to twenty seconds, so no transaction should be open."""
    with reading_in(None):  # a group reads Chinese, whoever tries it
        letter = trial_letter(county.name, on=at.astimezone(ZONE).date(), base_url=base_url)
    key = f"test:{channel.id}:{at.astimezone(ZONE):%Y%m%d%H%M%S}"
    outside = Trip(private_hosts)
    return send_hook(channel.secret, subject=letter.subject, text=letter.text, key=key, outside=outside)


def _is_repeat(channel: Channel, chosen: Chosen) -> bool:
    # A second click on the same form is nobody else's change.
    held = (channel.name, channel.kind, channel.is_on, channel.is_repeatable)
    wanted = (chosen.name.strip(), chosen.kind, chosen.is_on, chosen.is_repeatable)
    return wanted == held and chosen.address.strip() in ("", channel.secret)


def _refuse_stale(channel: Channel, seen_version: int) -> None:
    if channel.version != seen_version:
        raise ChannelOvertaken(channel.name)


def _name(chosen: Chosen) -> str:
    name = chosen.name.strip()
    if not name or len(name) > LONGEST_NAME:
        raise NameWanted(LONGEST_NAME)
    return name
