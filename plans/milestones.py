"""Where a milestone stands, from its days alone, and what can be done to it: pure."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from plans.errors import MoveNotAllowed
from plans.models import Milestone
from plans.terms import in_force
from plans.words import _, _n, day_words


class MilestoneStatus(StrEnum):
    """Where a milestone stands; it is either reached or not."""

    AHEAD = "ahead"  # 未到
    ACHIEVED = "achieved"  # 达成
    MISSED = "missed"  # 错过


class MilestoneState(StrEnum):
    """How far the word about a milestone has come."""

    OPEN = "open"
    CLAIMED = "claimed"  # 待确认
    ACHIEVED = "achieved"


class MilestoneMove(StrEnum):
    """What changes the state of a milestone."""

    CLAIM = "claim"  # 申报达成
    CONFIRM = "confirm"  # 确认达成
    RETURN = "return"  # 退回申报
    WITHDRAW = "withdraw"  # 撤回达成


MOVES = {
    (MilestoneState.OPEN, MilestoneMove.CLAIM): MilestoneState.CLAIMED,
    (MilestoneState.CLAIMED, MilestoneMove.CONFIRM): MilestoneState.ACHIEVED,
    (MilestoneState.CLAIMED, MilestoneMove.RETURN): MilestoneState.OPEN,
    (MilestoneState.ACHIEVED, MilestoneMove.WITHDRAW): MilestoneState.OPEN,
}
THING = _("里程碑")


@dataclass(frozen=True)
class MilestoneStanding:
    """A milestone's status with the words for it."""

    status: MilestoneStatus
    word: str
    sentence: str
    is_soon: bool = False  # due within the days of a reminder
    slipped: bool = False  # the first day that was approved went by, whatever the present one says


def state_of(stone: Milestone) -> MilestoneState:
    """How far the word about a milestone has come."""
    if stone.achieved_on is not None:
        return MilestoneState.ACHIEVED
    return MilestoneState.OPEN if stone.claimed_on is None else MilestoneState.CLAIMED


def check_move(stone: Milestone, move: MilestoneMove) -> None:
    """Pass in silence where the table has the move.

    Raises MoveNotAllowed.
    """
    state = state_of(stone)
    if (state, move) not in MOVES:
        raise MoveNotAllowed(state, move, THING)


def stone_standing(stone: Milestone, today: date) -> MilestoneStanding:
    """Where a milestone stands on a day."""
    return milestone_standing(
        stone.due_on,
        stone.achieved_on,
        today,
        claimed_on=stone.claimed_on,
        original_due_on=stone.original_due_on,
    )


def milestone_standing(
    due_on: date,
    achieved_on: date | None,
    today: date,
    *,
    claimed_on: date | None = None,
    original_due_on: date | None = None,
) -> MilestoneStanding:
    """Where a milestone stands on a day.

    One that was claimed in time is not missed while the claim waits for a supervisor. A day that was moved
    hides no miss: the sentence names the first day once that one went by.

    >>> milestone_standing(date(2027, 9, 30), None, date(2027, 9, 30)).word
    '未到'
    >>> milestone_standing(date(2027, 9, 30), date(2027, 10, 8), date(2027, 11, 1)).sentence
    '2027年10月8日达成，比时限晚 8 天。'
    """
    first = original_due_on or due_on
    slipped = first < due_on and (achieved_on or claimed_on or today) > first
    also = _("原定%(first)s，已错过。", first=day_words(first)) if slipped else ""
    if achieved_on is not None:
        return MilestoneStanding(
            MilestoneStatus.ACHIEVED, _("达成"), _reached(due_on, achieved_on) + also, slipped=slipped
        )
    waits = (
        _("%(claimed_on)s申报达成，待督导室确认。", claimed_on=day_words(claimed_on)) if claimed_on else ""
    )
    days = (due_on - today).days
    if (claimed_on or today) > due_on:
        missed = _n("时限%(due_on)s已过 %(days)s 天，还没有达成。", days=-days, due_on=day_words(due_on))
        return MilestoneStanding(MilestoneStatus.MISSED, _("错过"), missed + waits + also, slipped=slipped)
    sentence = waits or _(
        "时限%(due_on)s，%(words)s。",
        due_on=day_words(due_on),
        words=_n("还有 %(days)s 天", days=days) if days else _("今天到期"),
    )
    return MilestoneStanding(
        MilestoneStatus.AHEAD, _("未到"), sentence + also, days <= in_force().soon_days, slipped
    )


def _reached(due_on: date, achieved_on: date) -> str:
    late = (achieved_on - due_on).days
    return _(
        "%(achieved_on)s达成，%(words)s。",
        achieved_on=day_words(achieved_on),
        words=_n("比时限晚 %(late)s 天", late=late) if late > 0 else _("未超过时限"),
    )
