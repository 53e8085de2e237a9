"""The findings of the plan check, grouped by what is wrong, each with the way to put it right."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import groupby

import sqlalchemy as sa
from flask import url_for
from flask_babel import gettext as _
from sqlalchemy.orm import Session

from app.counting import counted as _n
from app.planning.national import national_limits
from plans.base import County
from plans.checks import Finding, FindingKind, Severity, check_plan
from plans.checks.finding import Fix, Target
from plans.checks.gathering import checked_plan, plan_facts
from plans.models import KeptDraft, Plan
from plans.successor import PREFIX
from plans.words import _ as _l

TITLES = {
    FindingKind.NO_LEAD: _l("措施没有牵头单位"),
    FindingKind.LEAD_ASSUMED: _l("牵头单位为暂定"),
    FindingKind.NO_TASK: _l("措施还没有任务"),
    FindingKind.NO_DEADLINE: _l("没有完成时限"),
    FindingKind.NO_RESULT: _l("没有可衡量的结果"),
    FindingKind.NO_INDICATOR: _l("没有对应指标"),
    FindingKind.DUTY_WITHOUT_LEAD: _l("周期性工作没有牵头单位"),
    FindingKind.UNIT_IDLE: _l("单位没有任务"),
    FindingKind.UNIT_DOMINANT: _l("责任过于集中"),
    FindingKind.UNIT_TWICE: _l("单位名称相近"),
    FindingKind.TARGET_TOO_LOW: _l("目标低于国家标准"),
    FindingKind.TARGETS_CONFLICT: _l("目标前后不一"),
    FindingKind.PHASE_UNDATED: _l("阶段起止不全"),
    FindingKind.PHASE_REVERSED: _l("阶段起止颠倒"),
    FindingKind.PHASES_OVERLAP: _l("阶段重叠"),
    FindingKind.MILESTONE_OUTSIDE: _l("节点不在阶段内"),
    FindingKind.TASK_LATE: _l("任务晚于目标年份"),
    FindingKind.HORIZON_SHORT: _l("方案早于全县目标年结束"),
}


@dataclass(frozen=True)
class FindingGroup:
    """Findings of one kind."""

    kind: FindingKind
    title: str
    is_must: bool  # at least one of them cannot stay
    findings: list[Finding]


@dataclass(frozen=True)
class CheckPage:
    """All findings of one plan."""

    plan: Plan
    groups: list[FindingGroup]
    headline: str
    next_draft_id: int | None

    def url(self, fix: Fix) -> str:
        """Where a finding is put right: the very form, which leads back here."""
        if part := _FORMS.get(fix.target):
            return url_for(
                "revising.edit", plan_id=self.plan.id, plan_part=part, row_id=fix.row_id, back="check"
            )
        return _ELSEWHERE[fix.target](self.plan.id, fix.row_id)


_FORMS = {
    Target.MEASURE: "measure",
    Target.PHASE: "phase",
    Target.HEAD: "head",
    Target.INDICATOR: "indicator",
    Target.UNIT_DUTY: "unit-duty",
}
_ELSEWHERE: Mapping[Target, Callable[[int, int | None], str]] = {
    Target.NEW_TASK: lambda _plan, row: url_for("planning.new_task", measure=row),
    Target.TASK: lambda _plan, row: url_for("planning.task", task_id=row),
    Target.TARGETS: lambda _plan, row: url_for("targets.target", target_id=row),
    Target.MILESTONE: lambda _plan, row: url_for("milestones.edit", milestone_id=row),
    Target.DUTY: lambda _plan, row: url_for("duties.duty", duty_id=row),
    Target.ALL_MEASURES: lambda plan, _row: url_for("planning.one_plan", plan_id=plan, _anchor="measures"),
    Target.UNITS: lambda plan, _row: url_for("revising.units", plan_id=plan),
}


def findings_of(session: Session, plan: Plan, *, county: County, today: date) -> list[Finding]:
    """What the check finds in a plan with its parts, by the county's year and the standard in force today."""
    return check_plan(plan_facts(session, plan, county.horizon_year), national_limits(county.standard, today))


def check_page(session: Session, county: County, plan_id: int, *, today: date) -> CheckPage:
    """The findings of one plan. Raises NotFound."""
    plan = checked_plan(session, plan_id)
    findings = findings_of(session, plan, county=county, today=today)
    next_draft = sa.select(KeptDraft.id).where(KeptDraft.source_sha256 == f"{PREFIX}{plan_id}")
    return CheckPage(plan, _groups(findings), findings_words(findings), session.scalar(next_draft))


def findings_words(findings: list[Finding]) -> str:
    """How much was found, in one sentence."""
    must = sum(finding.severity is Severity.MUST for finding in findings)
    if not findings:
        return _("方案检查没有发现问题。")
    if not must:
        return _("方案检查有 %(n)s 处请核对，没有必须改的。", n=len(findings))
    return _n("方案检查发现 %(n)s 处，其中 %(m)s 处须改。", n=len(findings), m=must)


def _groups(findings: list[Finding]) -> list[FindingGroup]:
    order = list(FindingKind)
    placed = sorted(findings, key=lambda finding: order.index(finding.kind))
    groups = [
        FindingGroup(kind, _(TITLES[kind]), any(one.severity is Severity.MUST for one in found), found)
        for kind, members in groupby(placed, key=lambda finding: finding.kind)
        for found in [list(members)]
    ]
    return sorted(groups, key=lambda group: not group.is_must)
