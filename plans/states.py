"""The life of a task as a table: who can go where is data, one function moves."""

from enum import StrEnum

from plans.errors import MoveNotAllowed


class TaskState(StrEnum):
    """Where a task stands; the Chinese names are what the pages show."""

    ASSIGNED = "assigned"  # 待签收
    WORKING = "working"  # 办理中
    SUBMITTED = "submitted"  # 待核实
    CLOSED = "closed"  # 已销号
    DECLINED = "declined"  # 退办
    PAUSED = "paused"  # 暂停


class TaskMove(StrEnum):
    """What can be done to a task that changes its state."""

    SIGN = "sign"  # 签收
    SUBMIT = "submit"  # 申请销号
    CLOSE = "close"  # 核实销号
    RETURN = "return"  # 退回
    DECLINE = "decline"  # 退办
    REASSIGN = "reassign"  # 重新交办
    PAUSE = "pause"  # 暂停
    RESUME = "resume"  # 恢复
    REOPEN = "reopen"  # 反弹重开


MOVES = {
    (TaskState.ASSIGNED, TaskMove.SIGN): TaskState.WORKING,
    (TaskState.ASSIGNED, TaskMove.DECLINE): TaskState.DECLINED,
    (TaskState.WORKING, TaskMove.DECLINE): TaskState.DECLINED,
    (TaskState.DECLINED, TaskMove.REASSIGN): TaskState.ASSIGNED,
    (TaskState.WORKING, TaskMove.SUBMIT): TaskState.SUBMITTED,
    (TaskState.SUBMITTED, TaskMove.CLOSE): TaskState.CLOSED,
    (TaskState.SUBMITTED, TaskMove.RETURN): TaskState.WORKING,
    (TaskState.ASSIGNED, TaskMove.PAUSE): TaskState.PAUSED,
    (TaskState.WORKING, TaskMove.PAUSE): TaskState.PAUSED,
    (TaskState.PAUSED, TaskMove.RESUME): TaskState.WORKING,
    (TaskState.CLOSED, TaskMove.REOPEN): TaskState.WORKING,
}


def next_state(state: TaskState, move: TaskMove) -> TaskState:
    """The state after a move.

    Raises MoveNotAllowed when the table has no such move.
    """
    try:
        return MOVES[state, move]
    except KeyError:
        raise MoveNotAllowed(state, move) from None
