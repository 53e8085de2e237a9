"""The life of a task as tables: what moves it where, and what can be done without moving it."""

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


class TaskAct(StrEnum):
    """What can be done to a task that leaves its state as it is."""

    PROGRESS = "progress"  # 反馈进展
    ASK_EXTENSION = "ask_extension"  # 申请延期
    GRANT_EXTENSION = "grant_extension"  # 同意延期
    REFUSE_EXTENSION = "refuse_extension"  # 不同意延期
    MOVE_DEADLINE = "move_deadline"  # 调整时限
    AMEND = "amend"  # 调整内容
    NAME_PERSON = "name_person"  # 明确责任人
    HAND_OVER = "hand_over"  # 工作交接
    URGE = "urge"  # 催办
    GRADE = "grade"  # 评定材料
    COMMENT = "comment"  # 留言


MOVES = {
    (TaskState.ASSIGNED, TaskMove.SIGN): TaskState.WORKING,
    (TaskState.ASSIGNED, TaskMove.DECLINE): TaskState.DECLINED,
    (TaskState.WORKING, TaskMove.DECLINE): TaskState.DECLINED,
    (TaskState.DECLINED, TaskMove.REASSIGN): TaskState.ASSIGNED,
    # Work under way can change hands too; the new unit signs for it like any other.
    (TaskState.ASSIGNED, TaskMove.REASSIGN): TaskState.ASSIGNED,
    (TaskState.WORKING, TaskMove.REASSIGN): TaskState.ASSIGNED,
    (TaskState.WORKING, TaskMove.SUBMIT): TaskState.SUBMITTED,
    (TaskState.SUBMITTED, TaskMove.CLOSE): TaskState.CLOSED,
    (TaskState.SUBMITTED, TaskMove.RETURN): TaskState.WORKING,
    # Only work that was taken on can rest: resuming then always means that somebody is at it.
    (TaskState.WORKING, TaskMove.PAUSE): TaskState.PAUSED,
    (TaskState.PAUSED, TaskMove.RESUME): TaskState.WORKING,
    (TaskState.CLOSED, TaskMove.REOPEN): TaskState.WORKING,
}
UNDER_WAY = frozenset({TaskState.ASSIGNED, TaskState.WORKING})
OPEN = frozenset(TaskState) - {TaskState.CLOSED}
ACTS = {
    TaskAct.PROGRESS: frozenset({TaskState.WORKING}),
    TaskAct.ASK_EXTENSION: UNDER_WAY,
    TaskAct.GRANT_EXTENSION: UNDER_WAY | {TaskState.PAUSED},
    TaskAct.REFUSE_EXTENSION: OPEN,
    TaskAct.MOVE_DEADLINE: UNDER_WAY | {TaskState.PAUSED},
    TaskAct.AMEND: UNDER_WAY | {TaskState.PAUSED},
    TaskAct.NAME_PERSON: OPEN,
    TaskAct.HAND_OVER: OPEN,
    TaskAct.URGE: UNDER_WAY,
    TaskAct.GRADE: frozenset(TaskState),
    TaskAct.COMMENT: frozenset(TaskState),
}
# Words beside the work: they make nobody's act stale.
QUIET = frozenset({TaskAct.HAND_OVER, TaskAct.URGE, TaskAct.GRADE, TaskAct.COMMENT})


def next_state(state: TaskState, move: TaskMove) -> TaskState:
    """The state after a move.

    Raises MoveNotAllowed when the table has no such move.
    """
    try:
        return MOVES[state, move]
    except KeyError:
        raise MoveNotAllowed(state, move) from None


def check_act(state: TaskState, act: TaskAct) -> None:
    """Pass in silence where an act is possible.

    Raises MoveNotAllowed where it is not.
    """
    if state not in ACTS[act]:
        raise MoveNotAllowed(state, act)
