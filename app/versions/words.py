"""Words for the states of a version and for its moves."""

from flask_babel import lazy_gettext

from app.models.assessments import AssessmentState, VersionMove

STATES = {
    AssessmentState.DRAFT: ("grey", lazy_gettext("草稿")),
    AssessmentState.FROZEN: ("green", lazy_gettext("上报版")),
    AssessmentState.SUBMITTED: ("grey", lazy_gettext("已上报")),
    AssessmentState.PASSED: ("amber", lazy_gettext("市级已审")),
    AssessmentState.ACCEPTED: ("green", lazy_gettext("已接收")),
    AssessmentState.RETURNED: ("red", lazy_gettext("已退回")),
}
MOVES = {
    VersionMove.FREEZE: lazy_gettext("冻结为上报版"),
    VersionMove.SUBMIT: lazy_gettext("上报"),
    VersionMove.RECALL: lazy_gettext("撤回上报"),
    VersionMove.FORWARD: lazy_gettext("审核通过，报上一级"),
    VersionMove.ACCEPT: lazy_gettext("上级接收"),
    VersionMove.RETURN: lazy_gettext("退回"),
    VersionMove.WITHDRAW: lazy_gettext("撤回审核意见"),
}
QUESTIONS = {
    VersionMove.FREEZE: lazy_gettext("冻结后数据、标准和结论都不再改变，以后的改动另成版本。"),
    VersionMove.SUBMIT: lazy_gettext("确认已将这一版报送上级。"),
    VersionMove.RECALL: lazy_gettext("撤回后这一版回到上报版，可以重新上报；须写明理由。"),
    VersionMove.FORWARD: lazy_gettext("通过后报上一级审定，县级不能再上报其他版本。"),
    VersionMove.ACCEPT: lazy_gettext("接收后这一版锁定，可写明文号。"),
    VersionMove.RETURN: lazy_gettext("退回下一级，须写明理由。"),
    VersionMove.WITHDRAW: lazy_gettext("撤回后解除锁定，回到待审核；须写明理由。"),
}
