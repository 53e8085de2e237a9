"""Time status of a task or milestone: from dates alone, with the sentence that explains it.

How well an indicator does is another question; nothing here looks at data.
"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from plans.terms import in_force
from plans.words import _, _n, day_words


class TimeStatus(StrEnum):
    """Where a deadline stands."""

    NOT_DUE = "not_due"  # 未到期
    DUE_SOON = "due_soon"  # 临期
    OVERDUE = "overdue"  # 逾期
    DONE = "done"  # 已完成


@dataclass(frozen=True)
class TimeStanding:
    """A time status with the words for it."""

    status: TimeStatus
    word: str  # for a narrow column: 逾期 52 天
    sentence: str  # why it is so


def time_standing(
    due_on: date,
    today: date,
    *,
    closed_on: date | None = None,
    soon_days: int | None = None,
    done: str = _("销号"),
) -> TimeStanding:
    """Where a deadline stands on a day; ``closed_on`` is the day on which the work was verified as done.

    ``done`` is the word for that: 销号 of tasks, 办结 of notices. The words, and ``soon_days`` unless given,
    are those of the county's terms.

    >>> time_standing(date(2026, 9, 30), date(2026, 11, 21)).word
    '逾期 52 天'
    >>> time_standing(date(2026, 12, 21), date(2026, 11, 21)).status
    <TimeStatus.DUE_SOON: 'due_soon'>
    """
    terms = in_force()
    soon = terms.soon_days if soon_days is None else soon_days
    if closed_on is not None:
        return TimeStanding(
            TimeStatus.DONE, terms.time_name(TimeStatus.DONE), _closed(due_on, closed_on, done)
        )
    days = (due_on - today).days
    if days < 0:
        word = _n("%(time_name)s %(days)s 天", days=-days, time_name=terms.time_name(TimeStatus.OVERDUE))
        return TimeStanding(
            TimeStatus.OVERDUE,
            word,
            _n(
                "完成时限%(due_on)s已过 %(days)s 天，尚未%(done)s。",
                days=-days,
                due_on=day_words(due_on),
                done=done,
            ),
        )
    left = (
        _n("距完成时限%(due_on)s还有 %(days)s 天", days=days, due_on=day_words(due_on))
        if days
        else _("今天（%(due_on)s）到期", due_on=day_words(due_on))
    )
    status = TimeStatus.DUE_SOON if days <= soon else TimeStatus.NOT_DUE
    also = _n("，在 %(soon)s 天提醒期内", soon=soon) if status is TimeStatus.DUE_SOON else ""
    return TimeStanding(status, terms.time_name(status), f"{left}{also}{_('。')}")


def _closed(due_on: date, closed_on: date, done: str) -> str:
    days = (closed_on - due_on).days
    if days > 0:
        return _n(
            "%(closed_on)s%(done)s，比完成时限晚 %(days)s 天。",
            days=days,
            closed_on=day_words(closed_on),
            done=done,
        )
    return _("%(closed_on)s%(done)s，未超过完成时限。", closed_on=day_words(closed_on), done=done)
