"""The tables of states: every state with every move and every act."""

import pytest

from plans.errors import MoveNotAllowed
from plans.notice_states import NoticeMove, NoticeState, next_notice_state
from plans.states import TaskAct, TaskMove, TaskState, check_act, next_state

A, W, S, C, D, P = (
    TaskState(name) for name in ("assigned", "working", "submitted", "closed", "declined", "paused")
)
# Written out, so that a slip in the table shows: one row a move, one column a state.
AFTER = {
    #                    A     W     S     C     D     P
    TaskMove.SIGN: (W, None, None, None, None, None),
    TaskMove.SUBMIT: (None, S, None, None, None, None),
    TaskMove.CLOSE: (None, None, C, None, None, None),
    TaskMove.RETURN: (None, None, W, None, None, None),
    TaskMove.DECLINE: (D, D, None, None, None, None),
    TaskMove.REASSIGN: (A, A, None, None, A, None),
    TaskMove.PAUSE: (None, P, None, None, None, None),
    TaskMove.RESUME: (None, None, None, None, None, W),
    TaskMove.REOPEN: (None, None, None, W, None, None),
}
MAY = {
    TaskAct.PROGRESS: {W},
    TaskAct.ASK_EXTENSION: {A, W},
    TaskAct.GRANT_EXTENSION: {A, W, P},
    TaskAct.REFUSE_EXTENSION: {A, W, S, D, P},
    TaskAct.MOVE_DEADLINE: {A, W, P},
    TaskAct.AMEND: {A, W, P},
    TaskAct.NAME_PERSON: {A, W, S, D, P},
    TaskAct.HAND_OVER: {A, W, S, D, P},
    TaskAct.URGE: {A, W},
    TaskAct.GRADE: {A, W, S, C, D, P},
    TaskAct.COMMENT: {A, W, S, C, D, P},
}
NOTICE_AFTER = {
    NoticeMove.SEND: {NoticeState.DRAFTED: NoticeState.SENT},
    NoticeMove.SIGN: {NoticeState.SENT: NoticeState.SIGNED},
    NoticeMove.ANSWER: {NoticeState.SIGNED: NoticeState.ANSWERED},
    NoticeMove.RETURN: {NoticeState.ANSWERED: NoticeState.SIGNED},
    NoticeMove.CLOSE: {NoticeState.ANSWERED: NoticeState.CLOSED},
    NoticeMove.RESCHEDULE: {
        NoticeState.SENT: NoticeState.SENT,
        NoticeState.SIGNED: NoticeState.SIGNED,
    },
    NoticeMove.WITHDRAW: {
        NoticeState.SENT: NoticeState.WITHDRAWN,
        NoticeState.SIGNED: NoticeState.WITHDRAWN,
        NoticeState.ANSWERED: NoticeState.WITHDRAWN,
    },
}


@pytest.mark.parametrize("move", TaskMove)
@pytest.mark.parametrize(("place", "state"), list(enumerate((A, W, S, C, D, P))))
def test_task_moves_by_the_table_only(move: TaskMove, place: int, state: TaskState) -> None:
    wanted = AFTER[move][place]

    if wanted is None:
        with pytest.raises(MoveNotAllowed):
            next_state(state, move)
    else:
        assert next_state(state, move) is wanted


@pytest.mark.parametrize("act", TaskAct)
@pytest.mark.parametrize("state", TaskState)
def test_act_is_possible_in_its_states_only(act: TaskAct, state: TaskState) -> None:
    if state in MAY[act]:
        check_act(state, act)
    else:
        with pytest.raises(MoveNotAllowed):
            check_act(state, act)


@pytest.mark.parametrize("move", NoticeMove)
@pytest.mark.parametrize("state", NoticeState)
def test_notice_moves_by_the_table_only(move: NoticeMove, state: NoticeState) -> None:
    wanted = NOTICE_AFTER[move].get(state)

    if wanted is None:
        with pytest.raises(MoveNotAllowed, match="督办单"):
            next_notice_state(state, move)
    else:
        assert next_notice_state(state, move) is wanted
