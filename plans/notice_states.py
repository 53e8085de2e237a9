"""The life of a supervision notice as a table."""

from enum import StrEnum

from plans.errors import MoveNotAllowed
from plans.words import _


class NoticeState(StrEnum):
    """Where a notice stands."""

    DRAFTED = "drafted"  # 拟稿
    SENT = "sent"  # 已下发
    SIGNED = "signed"  # 已签收
    ANSWERED = "answered"  # 已回复
    CLOSED = "closed"  # 已办结
    WITHDRAWN = "withdrawn"  # 已撤销


class NoticeMove(StrEnum):
    """What can be done to a notice."""

    SEND = "send"  # 下发
    SIGN = "sign"  # 签收
    ANSWER = "answer"  # 回复
    RETURN = "return"  # 退回补充
    CLOSE = "close"  # 办结
    RESCHEDULE = "reschedule"  # 调整时限
    WITHDRAW = "withdraw"  # 撤销


NOTICE_MOVES = {
    (NoticeState.DRAFTED, NoticeMove.SEND): NoticeState.SENT,
    (NoticeState.SENT, NoticeMove.SIGN): NoticeState.SIGNED,
    (NoticeState.SIGNED, NoticeMove.ANSWER): NoticeState.ANSWERED,
    (NoticeState.ANSWERED, NoticeMove.RETURN): NoticeState.SIGNED,
    (NoticeState.ANSWERED, NoticeMove.CLOSE): NoticeState.CLOSED,
    (NoticeState.SENT, NoticeMove.RESCHEDULE): NoticeState.SENT,
    (NoticeState.SIGNED, NoticeMove.RESCHEDULE): NoticeState.SIGNED,
    (NoticeState.SENT, NoticeMove.WITHDRAW): NoticeState.WITHDRAWN,
    (NoticeState.SIGNED, NoticeMove.WITHDRAW): NoticeState.WITHDRAWN,
    (NoticeState.ANSWERED, NoticeMove.WITHDRAW): NoticeState.WITHDRAWN,
}


def next_notice_state(state: NoticeState, move: NoticeMove) -> NoticeState:
    """The state after a move.

    Raises MoveNotAllowed when the table has no such move.
    """
    try:
        return NOTICE_MOVES[state, move]
    except KeyError:
        raise MoveNotAllowed(state, move, _("督办单")) from None
