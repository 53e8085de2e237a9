"""原定 beside 现定: what of a plan is not as it was approved, who changed it when and why."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import sqlalchemy as sa
from flask import url_for
from flask_babel import gettext as _
from sqlalchemy.orm import Session

from app.counting import counted as _n
from plans.approvals import baselines, fingerprint
from plans.calendar import ZONE
from plans.commands.finding import found
from plans.models import Plan, PlanBaseline, PlanChange, PlanPart
from plans.snapshots import Difference, differences, snapshot
from plans.words import _ as _l

PER_PAGE = 30
PART_WORDS = {
    PlanPart.PLAN: _l("方案"),
    PlanPart.PHASE: _l("阶段"),
    PlanPart.MEASURE: _l("措施"),
    PlanPart.MILESTONE: _l("里程碑"),
    PlanPart.INDICATOR: _l("指标分工"),
    PlanPart.UNIT_DUTY: _l("单位职责"),
    PlanPart.DUTY: _l("周期性工作"),
    PlanPart.TARGET: _l("年度目标"),
}
_FORMS = {
    PlanPart.PLAN: "head",
    PlanPart.PHASE: "phase",
    PlanPart.MEASURE: "measure",
    PlanPart.INDICATOR: "indicator",
    PlanPart.UNIT_DUTY: "unit-duty",
}
_Key = tuple[PlanPart, int, str]


@dataclass(frozen=True)
class DifferenceLine:
    """One field that differs, with the newest change that made it so, if any is written down."""

    difference: Difference
    change: PlanChange | None


@dataclass(frozen=True)
class ChangesPage:
    """A plan held against one of its approved versions."""

    plan: Plan
    versions: Sequence[PlanBaseline]  # the newest first
    against: PlanBaseline | None
    lines: list[DifferenceLine]
    changes: Sequence[PlanChange]
    n_changes: int
    page: int
    seen: str  # tells the state that is looked at

    @property
    def n_pages(self) -> int:
        return max(1, -(-self.n_changes // PER_PAGE))

    @property
    def is_newest(self) -> bool:
        """Whether it is held against the version in force."""
        return self.against is not None and self.against is self.versions[0]

    @property
    def may_be_approved(self) -> bool:
        """Whether there is anything that was not approved yet."""
        return self.against is None or (self.is_newest and bool(self.lines))

    @property
    def headline(self) -> str:
        rows = {(line.difference.part, line.difference.row_id) for line in self.lines}
        if self.against is None:
            return _("方案还没有批准；批准后的内容即为原定，此后的调整逐处对照。")
        if not rows:
            return _("现行方案与第 %(no)s 版批准的内容一致。", no=self.against.no)
        differing = _n("与第 %(no)s 版批准的内容相比，%(n)s 处有调整", n=len(rows), no=self.against.no)
        return differing + (_("，待领导小组批准。") if self.is_newest else _("。"))

    def url(self, difference: Difference) -> str:
        """Where the row is changed; "" for one that is gone."""
        part = difference.part
        if difference.is_gone:
            return ""
        if part in _FORMS:
            return url_for(
                "revising.edit", plan_id=self.plan.id, plan_part=_FORMS[part], row_id=difference.row_id
            )
        return _ELSEWHERE[part](difference.row_id)


_ELSEWHERE = {
    PlanPart.DUTY: lambda row_id: url_for("duties.duty", duty_id=row_id),
    PlanPart.TARGET: lambda row_id: url_for("targets.target", target_id=row_id),
    PlanPart.MILESTONE: lambda row_id: url_for("milestones.milestone", milestone_id=row_id),
}


def changes_page(session: Session, plan_id: int, *, against: int | None, page: int) -> ChangesPage:
    """The plan against its newest approved version, or another one. Raises NotFound."""
    plan: Plan = found(session, Plan, plan_id, _("实施方案"))
    versions = baselines(session, plan_id)
    chosen = next((one for one in versions if against in (None, one.no)), next(iter(versions), None))
    body = snapshot(session, plan_id)
    differing = differences(chosen.body, body) if chosen else []
    number = session.scalar(
        sa.select(sa.func.count()).select_from(PlanChange).where(PlanChange.plan_id == plan_id)
    )
    made = _changes_since(session, plan_id, chosen) if chosen else {}
    return ChangesPage(
        plan,
        versions,
        chosen,
        [DifferenceLine(one, made.get((one.part, one.row_id, one.field))) for one in differing],
        _log(session, plan_id, page),
        number or 0,
        page,
        fingerprint(body),
    )


def moment(change: PlanChange | PlanBaseline) -> str:
    """When it was, on a Chinese clock."""
    at = change.at if isinstance(change, PlanChange) else change.approved_at
    when = at.astimezone(ZONE)
    return _("%(y)s年%(m)s月%(d)s日 %(t)s", y=when.year, m=when.month, d=when.day, t=f"{when:%H:%M}")


def _changes_since(session: Session, plan_id: int, version: PlanBaseline) -> Mapping[_Key, PlanChange]:
    """The newest change of each field since a version was approved."""
    statement = sa.select(PlanChange).where(
        PlanChange.plan_id == plan_id, PlanChange.at >= version.approved_at
    )
    changes = session.scalars(statement.order_by(PlanChange.at, PlanChange.id))
    return {(change.part, change.row_id, change.field): change for change in changes}


def _log(session: Session, plan_id: int, page: int) -> Sequence[PlanChange]:
    statement = sa.select(PlanChange).where(PlanChange.plan_id == plan_id)
    newest_first = statement.order_by(PlanChange.at.desc(), PlanChange.id.desc())
    return session.scalars(newest_first.limit(PER_PAGE).offset((page - 1) * PER_PAGE)).all()
