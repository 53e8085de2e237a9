"""The sentences that open the pages of this area, and the words for acts."""

from collections.abc import Sequence
from datetime import date

from flask_babel import gettext as _

from app.counting import counted as _n
from app.dates import day_words
from plans.calendar import ZONE
from plans.history import deed
from plans.models import KeptDraft, TaskEvent
from plans.models.draft import DraftCorrection
from plans.overview import PlanOverview
from plans.progress import TimeStatus
from plans.queries import Counts, TaskRow
from plans.states import TaskState
from plans.words import _ as _l

STATES = {
    TaskState.ASSIGNED: _l("待签收"),
    TaskState.WORKING: _l("办理中"),
    TaskState.SUBMITTED: _l("待核实"),
    TaskState.CLOSED: _l("已销号"),
    TaskState.DECLINED: _l("退办"),
    TaskState.PAUSED: _l("暂停"),
}
TIMES = {
    TimeStatus.OVERDUE: _l("逾期"),
    TimeStatus.DUE_SOON: _l("临期"),
    TimeStatus.NOT_DUE: _l("未到期"),
    TimeStatus.DONE: _l("已完成"),
}
VERDICTS = {
    "met": _l("达标"),
    "close": _l("接近"),
    "not_met": _l("未达标"),
    "pending": _l("待定"),
    "no_data": _l("缺数据"),
}


def plan_headline(overview: PlanOverview, counts: Counts) -> str:
    """What the plan holds and how much of it is work already."""
    n, without = len(overview.plan.measures), overview.n_without_task
    if without == 0:
        handed = _n("方案 %(n)s 项措施都已交办任务", n=n)
    elif without == n:
        handed = _n("方案 %(n)s 项措施都还没有交办任务", n=n)
    else:
        handed = _("方案 %(n)s 项措施已交办 %(m)s 项，还有 %(k)s 项没有任务", n=n, m=n - without, k=without)
    late = _("，%(n)s 项任务逾期", n=counts.overdue) if counts.overdue else ""
    missing = _n("；%(n)s 项措施没有责任单位", n=overview.n_without_units) if overview.n_without_units else ""
    return handed + late + missing + _("。")


def plan_basis(overview: PlanOverview, today: date) -> list[str]:
    """What the headline rests on."""
    plan = overview.plan
    accepted = plan.accepted_at.astimezone(ZONE)
    ends = [phase.ends_on for phase in plan.phases if phase.ends_on]
    parts = [
        plan.title,
        plan.document_no or "",
        _("%(day)s 由%(who)s导入", day=_day(accepted.date()), who=plan.accepted_by),
        _("当前阶段：%(phase)s", phase=overview.current_phase.title) if overview.current_phase else "",
        _n("距%(day)s还有 %(n)s 天", n=(max(ends) - today).days, day=_day(max(ends)))
        if ends and max(ends) >= today
        else "",
    ]
    return [part for part in parts if part]


def draft_headline(draft: KeptDraft) -> str:
    """What was read and what was not."""
    body = draft.body
    n_measures = sum(len(group["measures"]) for group in body["groups"])
    found = _(
        "读到 %(measures)s 项措施、%(indicators)s 项指标任务、%(duties)s 条单位职责、%(phases)s 个阶段",
        measures=n_measures,
        indicators=len(body["indicators"]),
        duties=len(body["duties"]),
        phases=len(body["phases"]),
    )
    if not body["gaps"]:
        return _("%(found)s，没有发现缺漏。", found=found)
    return _n("%(found)s；有 %(n)s 处请先核对。", n=len(body["gaps"]), found=found)


def draft_basis(draft: KeptDraft) -> list[str]:
    """Which document it was, by whom it was uploaded when."""
    read_at = draft.read_at.astimezone(ZONE)
    when = f"{_day(read_at.date())} {read_at:%H:%M}"
    number = draft.body["document_no"] or _("未读到文号")
    return [draft.source_name, number, _("%(who)s于 %(when)s 起草", who=draft.read_by, when=when)]


def ledger_facts(counts: Counts) -> str:
    """The counts behind the title of the ledger."""
    parts = [_n("%(n)s 项", n=counts.total)]
    parts += [
        f"{STATES[state]} {counts.of(state)}"
        for state in (TaskState.CLOSED, TaskState.WORKING, TaskState.ASSIGNED, TaskState.SUBMITTED)
        if counts.of(state)
    ]
    parts += [_("逾期 %(n)s", n=counts.overdue)] if counts.overdue else []
    parts += [_("临期 %(n)s", n=counts.due_soon)] if counts.due_soon else []
    return "・".join(parts)


def owed_headline(rows: Sequence[TaskRow]) -> str:
    """What a unit still has to do."""
    mine = [row for row in rows if row.task.state in (TaskState.ASSIGNED, TaskState.WORKING)]
    if not mine:
        return _("目前没有要办的任务。")
    late = sum(row.time.status is TimeStatus.OVERDUE for row in mine)
    soon = sum(row.time.status is TimeStatus.DUE_SOON for row in mine)
    parts = [_n("还有 %(n)s 项任务要办", n=len(mine))]
    parts += [_("%(n)s 项逾期", n=late)] if late else []
    parts += [_("%(n)s 项 30 天内到期", n=soon)] if soon else []
    return _("，").join(parts) + _("。")


def act_word(event: TaskEvent) -> str:
    """What was done, in the words of offices."""
    return deed(event)


def moment(event: TaskEvent | DraftCorrection) -> str:
    """When it was done, on a Chinese clock."""
    at = event.at.astimezone(ZONE)
    return f"{_day(at.date())} {at:%H:%M}"


def size_word(n_bytes: int) -> str:
    """The size of a file as people know it.

    >>> size_word(10), size_word(1_572_864)
    ('1 KB', '1.5 MB')
    """
    if n_bytes < 1024 * 1024:
        return f"{max(1, round(n_bytes / 1024))} KB"
    return f"{n_bytes / 1024 / 1024:.1f} MB"


def _day(day: date) -> str:
    return day_words(day)
