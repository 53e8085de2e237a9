"""When a county's messages go out: digest hour, quiet hours, the most a day. Never on a day off."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from plans.calendar import ZONE, is_working_day

DIGEST_AT, QUIET, CAP = "08:30", ("20:00", "08:00"), 5
SMALLEST_CAP, LARGEST_CAP = 2, 20  # one place a day is the digest's, one must be left for what cannot wait


@dataclass(frozen=True)
class Hours:
    """What a county has set; ``quiet_from`` = ``quiet_to`` means no quiet hours."""

    digest_at: time
    quiet_from: time
    quiet_to: time
    cap: int
    by_mail: bool


def hours_of(settings: Mapping[str, Any]) -> Hours:
    """The county's own hours over ours.

    ``digest_at`` "HH:MM", ``quiet`` ["HH:MM", "HH:MM"], ``message_cap`` n, ``channels`` {"mail": bool}.
    """
    first, last = settings.get("quiet", QUIET)
    return Hours(
        digest_at=time.fromisoformat(settings.get("digest_at", DIGEST_AT)),
        quiet_from=time.fromisoformat(first),
        quiet_to=time.fromisoformat(last),
        cap=int(settings.get("message_cap", CAP)),
        by_mail=bool(settings.get("channels", {}).get("mail", True)),
    )


def is_digest_time(hours: Hours, at: datetime) -> bool:
    """Whether today's digest may go out: on working days from the county's hour on."""
    here = at.astimezone(ZONE)
    return is_working_day(here.date()) and here.time() >= hours.digest_at


def sending_time(hours: Hours, at: datetime) -> datetime:
    """The moment itself, or the next one that is on a working day and outside the quiet hours.

    >>> friday = datetime(2026, 11, 27, 21, 0, tzinfo=ZONE)
    >>> sending_time(hours_of({}), friday).isoformat()
    '2026-11-30T08:00:00+08:00'
    """
    moment = _after_quiet(hours, at.astimezone(ZONE))
    while not is_working_day(moment.date()):
        midnight = datetime.combine(moment.date() + timedelta(days=1), time(), ZONE)
        moment = _after_quiet(hours, midnight)
    return moment


def start_of_day(day: date) -> datetime:
    """Midnight in China."""
    return datetime.combine(day, time(), ZONE)


def first_working_day(day: date) -> date:
    """The first working day of the week that the day belongs to; its Monday when no day of it is worked.

    >>> first_working_day(date(2026, 10, 8))  # 1 to 7 October 2026 are off
    datetime.date(2026, 10, 8)
    """
    monday = day - timedelta(days=day.weekday())
    week = (monday + timedelta(days=n) for n in range(7))
    return next((one for one in week if is_working_day(one)), monday)


def _after_quiet(hours: Hours, here: datetime) -> datetime:
    if not _is_quiet(hours, here.time()):
        return here
    end = datetime.combine(here.date(), hours.quiet_to, ZONE)
    return end if end > here else end + timedelta(days=1)


def _is_quiet(hours: Hours, moment: time) -> bool:
    first, last = hours.quiet_from, hours.quiet_to
    if first <= last:
        return first <= moment < last
    return moment >= first or moment < last
