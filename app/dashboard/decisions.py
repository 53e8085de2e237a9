"""What waits for those who decide: each with the click that decides it, the longest waiting first."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

import sqlalchemy as sa
from flask import url_for
from flask_babel import gettext as _
from sqlalchemy.orm import Session, joinedload, selectinload

from app.counting import counted as _n
from app.models import Assessment
from app.models.assessments import AssessmentState, VersionMove
from plans.actors import Actor
from plans.approvals import plan_differences
from plans.calendar import ZONE
from plans.models import KeptDraft, Notice, NoticeEvent, Plan, PlanChange, Task, TaskEvent, TaskExtension
from plans.notice_states import NoticeMove, NoticeState
from plans.overview import current_plan
from plans.rights import Act, may, might
from plans.states import TaskMove, TaskState


@dataclass(frozen=True)
class Decision:
    """One thing to decide: ``verb`` does it where ``act_url`` is given, else leads to where it is done."""

    kind: str
    text: str
    title: str  # the whole story, for those who point at it
    since: date
    url: str
    verb: str
    act_url: str = ""
    fields: Mapping[str, str] = field(default_factory=dict)
    question: str = ""  # asked before an act that cannot be taken back


def decisions(session: Session, actor: Actor) -> list[Decision]:
    """Everything that the actor may decide. A number of statements that no list makes grow; none for those
    who decide nothing."""
    found: list[Decision] = []
    if might(actor, Act.ASSIGN_TASK):
        found += _extensions(session) + _declined(session)
    if may(actor, Act.SUBMIT_VERSION):
        found += _versions(session)
    if may(actor, Act.APPROVE_PLAN):
        found += _plans(session)
    if may(actor, Act.EDIT_PLAN):
        found += _drafts(session)
    if might(actor, Act.ASSIGN_TASK) and may(actor, Act.WRITE_NOTICE):
        found += _notices(session)
    return sorted(found, key=lambda one: one.since)


def _extensions(session: Session) -> list[Decision]:
    last = sa.select(TaskEvent.task_id, sa.func.max(TaskEvent.no).label("no")).group_by(TaskEvent.task_id)
    newest = last.subquery()
    statement = (
        sa.select(TaskExtension, Task, newest.c.no)
        .join(Task, Task.id == TaskExtension.task_id)
        .join(newest, newest.c.task_id == Task.id)
        .where(TaskExtension.answer.is_(None), Task.state != TaskState.CLOSED)
    )
    return [_extension(wish, task, seen) for wish, task, seen in session.execute(statement)]


def _extension(wish: TaskExtension, task: Task, seen: int) -> Decision:
    asked_on = _day(wish.asked_at)
    days = {"old": _near(task.due_on, asked_on.year), "new": _near(wish.wanted_on, task.due_on.year)}
    text = _("%(task)s・%(old)s → %(new)s", task=task.title, **days)
    return Decision(
        kind=_("延期申请"),
        text=text,
        title=_("%(text)s。%(who)s：%(why)s", text=text, who=wish.asked_by, why=wish.reason),
        since=asked_on,
        url=url_for("planning.task", task_id=task.id),
        verb=_("同意"),
        act_url=url_for("dashboard.grant", task_id=task.id),
        fields={"seen_event": str(seen)},
    )


def _declined(session: Session) -> list[Decision]:
    said = sa.select(TaskEvent.task_id, sa.func.max(TaskEvent.at).label("at"))
    newest = said.where(TaskEvent.act == TaskMove.DECLINE.value).group_by(TaskEvent.task_id).subquery()
    statement = (
        sa.select(Task, newest.c.at)
        .join(newest, newest.c.task_id == Task.id)
        .where(Task.state == TaskState.DECLINED)
        .options(joinedload(Task.lead_unit))
    )
    rows = session.execute(statement)
    return [_decline(task, at) for task, at in rows]


def _decline(task: Task, at: datetime) -> Decision:
    text = _("%(task)s・%(unit)s称非本单位职责", task=task.title, unit=task.lead_unit.name)
    url = url_for("planning.task", task_id=task.id)
    return Decision(_("退办"), text, text, _day(at), url, _("重新交办"))


def _versions(session: Session) -> list[Decision]:
    oldest_first = (Assessment.made_at, Assessment.id)
    kept = (
        sa.select(Assessment)
        .where(Assessment.state != AssessmentState.DRAFT)
        .order_by(*oldest_first)
        .options(selectinload(Assessment.moves))
    )
    # The later one of a year stands for it: what was frozen before it waits for nobody.
    newest = {(one.year, one.standard): one for one in session.scalars(kept)}
    return [_ASKED[one.state](one) for one in newest.values() if one.state in _ASKED]


def _version(version: Assessment) -> Decision:
    text = _("%(year)s 年度评估结果待上报", year=version.year)
    return Decision(
        kind=_("上报"),
        text=text,
        title=text,
        since=_day(version.frozen_at or version.made_at),
        url=url_for("versions.version", version_id=version.id),
        verb=_("上报"),
        act_url=url_for("versions.make_move", version_id=version.id, move=VersionMove.SUBMIT.value),
        question=_("上报后由上级审核，确定上报吗？"),
    )


def _returned(version: Assessment) -> Decision:
    last = version.moves[-1]
    text = _("%(year)s 年度上报结果被退回", year=version.year)
    return Decision(
        kind=_("上级退回"),
        text=text,
        title=_("%(text)s。%(who)s：%(why)s", text=text, who=last.actor_name, why=last.note),
        since=_day(last.at),
        url=url_for("versions.version", version_id=version.id),
        verb=_("查看"),
    )


_ASKED = {AssessmentState.FROZEN: _version, AssessmentState.RETURNED: _returned}


def _plans(session: Session) -> list[Decision]:
    plan = current_plan(session)
    if plan is None:
        return []
    url = url_for("revising.changes", plan_id=plan.id)
    if plan.approved_at is None:
        text = _("《%(title)s》待批准", title=plan.title)
        return [Decision(_("批准方案"), text, text, _day(plan.accepted_at), url, _("去批准"))]
    since = _first_change(session, plan)
    changed = plan_differences(session, plan) if since else []
    if since is None or not changed:  # what was put back as it was approved waits for nobody
        return []
    text = _n("《%(title)s》批准后有 %(n)s 处调整", n=len(changed), title=plan.title)
    return [Decision(_("批准调整"), text, text, _day(since), url, _("去批准"))]


def _first_change(session: Session, plan: Plan) -> datetime | None:
    own = (PlanChange.plan_id == plan.id, PlanChange.at > plan.approved_at)
    return session.scalar(sa.select(PlanChange.at).where(*own).order_by(PlanChange.at).limit(1))


def _drafts(session: Session) -> list[Decision]:
    made = sa.select(Plan.id).where(Plan.source_sha256 == KeptDraft.source_sha256).exists()
    columns = (KeptDraft.id, KeptDraft.source_name, KeptDraft.read_at, KeptDraft.read_by, KeptDraft.locked_by)
    return [_draft(*row) for row in session.execute(sa.select(*columns).where(~made))]


def _draft(draft_id: int, name: str, at: datetime, by: str, above: str | None) -> Decision:
    text = _("方案草稿“%(name)s”待核对", name=name)
    who = _("%(who)s下发", who=above) if above else _("%(who)s起草", who=by)
    url = url_for("planning.draft", draft_id=draft_id)
    return Decision(_("方案草稿"), text, text + _("，") + who, _day(at), url, _("核对"))


def _notices(session: Session) -> list[Decision]:
    said = sa.select(NoticeEvent.notice_id, sa.func.max(NoticeEvent.at).label("at"))
    newest = said.where(NoticeEvent.act == NoticeMove.ANSWER.value).group_by(NoticeEvent.notice_id).subquery()
    statement = (
        sa.select(Notice, newest.c.at)
        .join(newest, newest.c.notice_id == Notice.id)
        .where(Notice.state == NoticeState.ANSWERED)
        .options(joinedload(Notice.to_unit))
    )
    return [_notice(notice, at) for notice, at in session.execute(statement)]


def _notice(notice: Notice, at: datetime) -> Decision:
    text = _("%(title)s・%(unit)s已回复", title=notice.title, unit=notice.to_unit.name)
    title = _("%(text)s：%(reply)s", text=text, reply=notice.reply)
    return Decision(
        _("督办回复"), text, title, _day(at), url_for("work.notice", notice_id=notice.id), _("办结")
    )


def _day(at: datetime) -> date:
    return at.astimezone(ZONE).date()


def _near(day: date, year: int) -> str:
    near = _("%(month)s月%(day)s日", month=day.month, day=day.day)
    return near if year == day.year else _("%(year)s年%(near)s", year=day.year, near=near)
