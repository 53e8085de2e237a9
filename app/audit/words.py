"""Words for entries: acts, things and fields as a county office calls them."""

import re
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from flask_babel import lazy_gettext as _

from app.dates import moment_words
from app.models.audit import Act
from app.punctuation import listed, quoted
from plans.actors import Role
from plans.history import ACT_WORDS

ACTS = {
    Act.SIGN_IN: _("登录"),
    Act.SIGN_IN_FAILED: _("登录失败"),
    Act.SIGN_OUT: _("退出"),
    Act.READ: _("上级查看"),
    Act.CHANGE: _("数据改动"),
    Act.ROLE: _("人员权限"),
    Act.LOCK: _("锁定"),
    Act.UNLOCK: _("解锁"),
    Act.VERDICT: _("审核决定"),
    Act.EXPORT: _("导出下载"),
    Act.SETTING: _("设置改动"),
    Act.PRUNE: _("日志清理"),
}
THINGS = {
    "account": _("账号"),
    "assessment": _("评估版本"),
    "assessment_move": _("版本办理"),
    "attestation": _("佐证项目"),
    "attestation_event": _("佐证项目办理"),
    "attestation_evidence": _("佐证项目材料"),
    "audit": _("审计日志"),
    "bulletin": _("通报"),
    "channel": _("推送渠道"),
    "county": _("县"),
    "county_return": _("县级数据"),
    "county_target": _("本县目标值"),
    "evidence": _("佐证材料"),
    "indicator_duty": _("指标分工"),
    "input_event": _("口径变更"),
    "measure": _("措施"),
    "measure_unit": _("措施责任单位"),
    "membership": _("成员"),
    "milestone": _("里程碑"),
    "monitoring_result": _("质量监测结果"),
    "notice": _("督办单"),
    "notice_event": _("督办单办理"),
    "oversight": _("上级督导"),
    "people_event": _("人员变动"),
    "phase": _("阶段"),
    "plan": _("实施方案"),
    "plan_baseline": _("方案基线"),
    "plan_change": _("方案调整"),
    "plan_draft": _("方案草稿"),
    "plan_draft_correction": _("方案草稿更正"),
    "recurring_duty": _("周期任务"),
    "region": _("地区"),
    "relaxation_switch": _("放宽条款"),
    "rubric_score": _("评分"),
    "rubric_score_event": _("评分办理"),
    "rule_choice": _("口径选项"),
    "school": _("学校"),
    "school_return": _("学校数据"),
    "target": _("目标"),
    "task": _("任务"),
    "task_event": _("任务办理"),
    "task_evidence": _("任务材料"),
    "task_indicator": _("任务指标"),
    "task_extension": _("延期申请"),
    "task_support": _("配合单位"),
    "unit": _("单位"),
    "unit_duty": _("单位职责"),
}
FIELDS = {
    "act": _("事项"),
    "actor_id": _("办理人编号"),
    "assessment_id": _("版本编号"),
    "actor_name": _("办理人"),
    "after": _("改后"),
    "aliases": _("别称"),
    "at": _("时间"),
    "batch": _("批量"),
    "before": _("改前"),
    "code": _("代码"),
    "conclusion": _("结论"),
    "data_sha256": _("数据校验码"),
    "details": _("详情"),
    "due_on": _("现定时限"),
    "entries": _("条数"),
    "frozen_by": _("冻结人"),
    "hash": _("校验码"),
    "horizon_year": _("目标年"),
    "is_active": _("有效"),
    "is_enabled": _("启用"),
    "is_platform_admin": _("平台管理员"),
    "item": _("指标"),
    "jump_percent": _("数据变动提示幅度"),
    "kept_by": _("上传人"),
    "kept_at": _("上传时间"),
    "late_years": _("目标落后几年转红"),
    "latest_note": _("最新反馈"),
    "lead_unit_id": _("牵头单位"),
    "locked_by": _("下发单位"),
    "locked_parts": _("锁定部分"),
    "login": _("用户名"),
    "measure_id": _("措施编号"),
    "move": _("办理"),
    "name": _("名称"),
    "names": _("涉及"),
    "no": _("序号"),
    "note": _("说明"),
    "oidc_issuer": _("统一身份认证"),
    "oidc_subject": _("认证身份编号"),
    "order_text": _("督办要求"),
    "original_due_on": _("原定时限"),
    "password_hash": _("密码"),
    "person": _("责任人"),
    "plan_id": _("方案编号"),
    "progress": _("进展"),
    "region_code": _("地区代码"),
    "role": _("角色"),
    "rooms": _("专用教室"),
    "rows": _("条数"),
    "sha256": _("校验码"),
    "school_code": _("学校标识码"),
    "school_id": _("学校编号"),
    "signed_at": _("签署时间"),
    "signed_by": _("签署人"),
    "signed_role": _("签署角色"),
    "since": _("起始时间"),
    "size": _("大小"),
    "soon_days": _("临期天数"),
    "source": _("来源"),
    "standard": _("标准"),
    "state": _("状态"),
    "stated_due_on": _("写明时限"),
    "statement": _("情况说明"),
    "task_id": _("任务编号"),
    "template": _("方案模板"),
    "title": _("标题"),
    "unit_id": _("单位"),
    "upto": _("清理到"),
    "values": _("数据"),
    "verdict": _("结论"),
    "why": _("原因"),
    "year": _("年度"),
}
VALUES: Mapping[Any, Any] = {
    None: _("空"),
    "": _("空"),
    True: _("是"),
    False: _("否"),
    "accept": _("接收"),
    "changed": _("修改"),
    "deleted": _("删除"),
    "disabled": _("账号已停用"),
    "freeze": _("冻结"),
    "met": _("达标"),
    "new": _("新增"),
    "not_met": _("未达标"),
    "prepare": _("准备"),
    "provider": _("统一身份认证"),
    "return": _("退回"),
    "submit": _("上报"),
    "withdraw": _("撤回"),
    "wrong": _("用户名或密码不正确"),
}
STORIES = {"assessment_move", "attestation_event", "notice_event", "rubric_score_event", "task_event"}
MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d")
ROLES = {
    Role.LEADER.value: _("领导小组"),
    Role.OFFICE.value: _("创建办"),
    Role.UNIT.value: _("责任单位"),
    Role.SCHOOL.value: _("学校填报员"),
    Role.SUPERVISOR.value: _("督导室"),
    Role.OVERSEER.value: _("上级督导"),
    "admin": _("平台管理员"),
}


def thing_words(thing: str, title: str) -> str:
    """What an entry is about: 任务“补齐音乐教室”."""
    table, separator, _key = thing.partition(":")
    if table not in THINGS:
        return title or thing
    named = title
    if table in STORIES:
        named = str(ACT_WORDS.get(title, title)) if table == "task_event" else value_words(title)
    key = _key if separator else ""
    return str(THINGS[table]) + (quoted(named) if named else f" {key}" if key else "")


def value_words(value: Any) -> str:
    """One value for the eye."""
    if isinstance(value, dict):
        return _("，").join(f"{field_word(name)} {value_words(one)}" for name, one in value.items()) or str(
            VALUES[None]
        )
    if isinstance(value, list):
        return listed(map(value_words, value)) or str(VALUES[None])
    if isinstance(value, str) and value in ROLES:
        return str(ROLES[value])
    is_word = isinstance(value, (str, bool)) or value is None
    if is_word and value in VALUES:
        return str(VALUES[value])
    return _moment(value) if isinstance(value, str) else str(value)


def _moment(text: str) -> str:
    """A kept moment in the county's zone; any other text as it is."""
    if not MOMENT.match(text):
        return text
    return moment_words(datetime.fromisoformat(text))


def field_word(name: str) -> str:
    """A field's name as people say it."""
    return str(FIELDS.get(name, name))
