"""The table of permissions, and the two ways to ask it.

Read a line as: this act, so called, is done by ``who`` (as a refusal names them); each role that may is
listed with its condition. A role that is not listed may not.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from plans.actors import Actor, Role
from plans.errors import ActNotAllowed
from plans.rights.acts import Act
from plans.rights.conditions import (
    ALWAYS,
    HAS_NO_PART,
    HAS_NO_PART_IN,
    IS_ADDRESSEE,
    LEADS,
    LEADS_A_TASK,
    LEADS_ABOVE,
    REPORTS_FOR,
    Condition,
)
from plans.words import _

Grants = Mapping[Role, Condition]
OFFICE_ONLY: Grants = {Role.OFFICE: ALWAYS}
ASSIGNERS: Grants = {Role.LEADER: ALWAYS, Role.OFFICE: ALWAYS}
WATCHERS: Grants = {**ASSIGNERS, Role.SUPERVISOR: ALWAYS}
LEAD_UNIT: Grants = {Role.UNIT: LEADS}


@dataclass(frozen=True)
class Permission:
    """Who may do one act."""

    area: str
    label: str
    who: str
    grants: Grants


PLAN, TASK, NOTICE, DATA = _("实施方案"), _("任务"), _("督办单"), _("数据与评估")
PEOPLE, COUNTY, ABOVE = _("人员"), _("本县管理"), _("上级督导")
_ASSIGNERS, _WATCHERS = _("领导小组或创建办"), _("领导小组、创建办或督导室")
PERMISSIONS: Mapping[Act, Permission] = {
    Act.EDIT_PLAN: Permission(PLAN, _("编制、导入和修改方案"), _ASSIGNERS, ASSIGNERS),
    Act.APPROVE_PLAN: Permission(PLAN, _("批准方案及其调整"), _("领导小组"), {Role.LEADER: ALWAYS}),
    Act.SET_TARGETS: Permission(PLAN, _("设定年度目标"), _ASSIGNERS, ASSIGNERS),
    Act.PLAN_MILESTONES: Permission(PLAN, _("设置里程碑"), _ASSIGNERS, ASSIGNERS),
    Act.CLAIM_MILESTONE: Permission(
        PLAN,
        _("申报里程碑达成"),
        _("领导小组、创建办或关联任务的牵头单位"),
        {**ASSIGNERS, Role.UNIT: LEADS_A_TASK},
    ),
    Act.CONFIRM_MILESTONE: Permission(
        PLAN, _("确认里程碑达成、认定错过"), _("未经手相关工作的督导人员"), {Role.SUPERVISOR: HAS_NO_PART_IN}
    ),
    Act.WITHDRAW_MILESTONE: Permission(PLAN, _("撤回里程碑达成"), _WATCHERS, WATCHERS),
    Act.PUBLISH_BULLETIN: Permission(PLAN, _("编发通报"), _ASSIGNERS, ASSIGNERS),
    Act.READ_BULLETIN: Permission(PLAN, _("签阅通报"), _("本县工作人员"), {**WATCHERS, Role.UNIT: ALWAYS}),
    Act.ASSIGN_TASK: Permission(TASK, _("交办任务"), _ASSIGNERS, ASSIGNERS),
    Act.SPLIT_TASK: Permission(
        TASK, _("分解子任务"), _("牵头单位、领导小组或创建办"), {**ASSIGNERS, **LEAD_UNIT}
    ),
    Act.HANDLE_TASK: Permission(
        TASK, _("签收、填报进展、申请延期、申请销号、退办"), _("牵头单位"), LEAD_UNIT
    ),
    Act.NAME_PERSON: Permission(
        TASK, _("明确责任人"), _("牵头单位、领导小组或创建办"), {**ASSIGNERS, **LEAD_UNIT}
    ),
    Act.STEER_TASK: Permission(
        TASK, _("答复延期、重新交办"), _("交办方"), {**ASSIGNERS, Role.UNIT: LEADS_ABOVE}
    ),
    Act.PAUSE_TASK: Permission(TASK, _("暂停、恢复"), _ASSIGNERS, ASSIGNERS),
    Act.URGE_TASK: Permission(TASK, _("催办"), _WATCHERS, WATCHERS),
    Act.COMMENT_TASK: Permission(TASK, _("留言"), _("本县工作人员"), {**WATCHERS, Role.UNIT: ALWAYS}),
    Act.GRADE_EVIDENCE: Permission(TASK, _("评定佐证材料"), _WATCHERS, WATCHERS),
    Act.VERIFY_TASK: Permission(
        TASK, _("核实销号、退回"), _("未经手该任务的督导人员"), {Role.SUPERVISOR: HAS_NO_PART}
    ),
    Act.REOPEN_TASK: Permission(TASK, _("反弹重开"), _WATCHERS, WATCHERS),
    Act.WRITE_NOTICE: Permission(NOTICE, _("拟制、发出、办结督办单"), _WATCHERS, WATCHERS),
    Act.ANSWER_NOTICE: Permission(NOTICE, _("签收、答复督办单"), _("接收单位"), {Role.UNIT: IS_ADDRESSEE}),
    Act.REPORT_DATA: Permission(DATA, _("导入、填报数据"), _("创建办或领导小组"), ASSIGNERS),
    Act.REPORT_SCHOOL: Permission(DATA, _("填报本校数据"), _("本校填报员"), {Role.SCHOOL: REPORTS_FOR}),
    Act.ASSESS_YEAR: Permission(DATA, _("测算年度结果"), _("创建办或领导小组"), ASSIGNERS),
    Act.SET_RULES: Permission(DATA, _("设置放宽条款和本县标准"), _ASSIGNERS, ASSIGNERS),
    Act.STATE_ITEM: Permission(DATA, _("准备佐证项目材料"), _("创建办"), OFFICE_ONLY),
    Act.SIGN_ITEM: Permission(DATA, _("签署佐证项目、撤回签署"), _("督导室"), {Role.SUPERVISOR: ALWAYS}),
    Act.READ_STATEMENTS: Permission(
        DATA, _("查看佐证项目的原始材料"), _WATCHERS, {**WATCHERS, Role.OVERSEER: ALWAYS}
    ),
    Act.SCORE_SELF: Permission(DATA, _("1000 分自评"), _("创建办"), OFFICE_ONLY),
    Act.SCORE_REVIEW: Permission(DATA, _("1000 分复评"), _("督导室"), {Role.SUPERVISOR: ALWAYS}),
    Act.SUBMIT_VERSION: Permission(DATA, _("冻结、上报评估版本，撤回上报"), _("创建办或领导小组"), ASSIGNERS),
    Act.MANAGE_MEMBERS: Permission(PEOPLE, _("邀请、调整、停用成员"), _("创建办"), OFFICE_ONLY),
    Act.HAND_OVER: Permission(PEOPLE, _("办理工作交接"), _("创建办"), OFFICE_ONLY),
    Act.SET_COUNTY: Permission(COUNTY, _("设置灯色、名称、日历和渠道"), _("创建办"), OFFICE_ONLY),
    Act.READ_LOG: Permission(COUNTY, _("查看、导出审计日志"), _("创建办"), OFFICE_ONLY),
    Act.WATCH_COUNTIES: Permission(ABOVE, _("查看所辖县、只读进入"), _("上级督导"), {Role.OVERSEER: ALWAYS}),
    Act.DECIDE_VERSION: Permission(
        ABOVE, _("审核上报版本：通过、退回、撤回"), _("上级督导"), {Role.OVERSEER: ALWAYS}
    ),
    Act.PUSH_TEMPLATE: Permission(
        ABOVE, _("下发方案模板、锁定部分内容"), _("上级督导"), {Role.OVERSEER: ALWAYS}
    ),
}


def may(actor: Actor, act: Act, thing: Any = None) -> bool:
    """Whether the actor may do the act to the thing; which kind of thing, the act's condition says."""
    condition = PERMISSIONS[act].grants.get(actor.role)
    return condition is not None and condition.holds(actor, thing)


def might(actor: Actor, act: Act) -> bool:
    """Whether the actor's role may do the act to some thing or other; for menus and headings."""
    return actor.role in PERMISSIONS[act].grants


def check(actor: Actor, act: Act, thing: Any = None) -> None:
    """Pass in silence where the actor may do the act.

    Raises ActNotAllowed with the words for those who may.
    """
    if not may(actor, act, thing):
        raise ActNotAllowed(PERMISSIONS[act].who)
