"""What is live in each family: selects that name the same columns, for all counties at once.

What is done, paused or asked for extension does not appear, and so is silent.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import sqlalchemy as sa

from plans.models import (
    Mention,
    Milestone,
    Notice,
    NoticeEvent,
    Occurrence,
    Plan,
    RecurringDuty,
    Target,
    Task,
    TaskEvent,
    TaskExtension,
)
from plans.notice_states import NoticeMove, NoticeState
from plans.reminders.days import local_day
from plans.reminders.rules import Family, rules_of
from plans.rights.conditions import HANDLING
from plans.states import QUIET, UNDER_WAY, TaskAct, TaskMove, TaskState

Select = sa.Select[Any]


@dataclass(frozen=True)
class Terms:
    """The day for which items are looked for, and what the counties looked at have set."""

    today: date
    settings: Mapping[str, Any]


Live = Callable[[Terms], Select]


def item(
    row: Any,
    anchor: Any,
    title: Any,
    *,
    unit: Any = None,
    person: Any = None,
    school: Any = None,
    county_id: Any = None,
    item_id: Any = None,
) -> Select:
    """The columns that every family gives: county, item, anchor day, title, whom it concerns (or NULL)."""
    return sa.select(
        (row.county_id if county_id is None else county_id).label("county_id"),
        (row.id if item_id is None else item_id).label("item_id"),
        anchor.label("anchor_on"),
        title.label("title"),
        _or_null(unit, sa.BigInteger).label("unit_id"),
        _or_null(person, sa.BigInteger).label("person_id"),
        _or_null(school, sa.String).label("school_code"),
    )


def _or_null(column: Any, kind: Any) -> Any:
    return sa.cast(sa.null(), kind) if column is None else column


def _task(anchor: Any) -> Select:
    return item(Task, anchor, Task.title, unit=Task.lead_unit_id, person=Task.person_id)


def _wish() -> Any:
    """Whether a wish for more time waits."""
    waits = (TaskExtension.county_id == Task.county_id) & (TaskExtension.task_id == Task.id)
    return sa.exists().where(waits, TaskExtension.answer.is_(None))


def _last(*acts: str) -> Any:
    """The local day of a task's newest act of these kinds; every kind but the quiet ones if none is named."""
    chosen = TaskEvent.act.in_(acts) if acts else TaskEvent.act.not_in([*QUIET])
    newest = sa.func.max(TaskEvent.at)
    of_task = (TaskEvent.county_id == Task.county_id) & (TaskEvent.task_id == Task.id)
    return local_day(sa.select(newest).where(of_task, chosen).correlate(Task).scalar_subquery())


def _under_way(anchor: Any) -> Select:
    return _task(anchor).where(Task.state.in_(UNDER_WAY), ~_wish())


def deadlines(terms: Terms) -> Select:
    return _under_way(Task.due_on).where(Task.due_on >= terms.today)


def overdue(terms: Terms) -> Select:
    return _under_way(Task.due_on).where(Task.due_on < terms.today)


def escalations(terms: Terms) -> Select:
    """Overdue tasks that nobody on duty has touched since; the first act stops the ladder."""
    touched = sa.exists().where(
        TaskEvent.county_id == Task.county_id,
        TaskEvent.task_id == Task.id,
        TaskEvent.act.in_(HANDLING),
        local_day(TaskEvent.at) > Task.due_on,
    )
    return overdue(terms).where(~touched)


def stale(terms: Terms) -> Select:
    """Work in hand without news since the first rule would speak; what is overdue is told so already."""
    quiet = _under_way(_last()).where(Task.state == TaskState.WORKING, Task.due_on >= terms.today)
    return quiet.where(~_has_news_since(terms.today - timedelta(days=_first_offset(terms, Family.STALE))))


def _has_news_since(day: date) -> Any:
    """Whether a task was acted on after the day; asked of all at once, the newest act only of the rest."""
    return sa.exists().where(
        TaskEvent.county_id == Task.county_id,
        TaskEvent.task_id == Task.id,
        TaskEvent.act.not_in([*QUIET]),
        local_day(TaskEvent.at) > day,
    )


def _first_offset(terms: Terms, family: Family) -> int:
    """The fewest days, working days or more, after which a rule of the family speaks; 0 without rules."""
    return min((rule.offset for rule in rules_of(terms.settings) if rule.family is family), default=0)


def verifying(_terms: Terms) -> Select:
    return _task(_last(TaskMove.SUBMIT)).where(Task.state == TaskState.SUBMITTED)


def declined(_terms: Terms) -> Select:
    return _task(_last(TaskMove.DECLINE)).where(Task.state == TaskState.DECLINED)


def urged(_terms: Terms) -> Select:
    """By the newest urging, as long as nothing has been done since."""
    # Few tasks are urged; the others need no look at each of their acts.
    some = sa.select(TaskEvent.county_id, TaskEvent.task_id).where(TaskEvent.act == TaskAct.URGE)
    is_some = sa.tuple_(Task.county_id, Task.id).in_(some)
    return _under_way(_last(TaskAct.URGE)).where(is_some, _last(TaskAct.URGE) >= _last())


def extensions(_terms: Terms) -> Select:
    wishes = item(TaskExtension, local_day(TaskExtension.asked_at), Task.title)
    return wishes.join(Task, _same(TaskExtension, TaskExtension.task_id, Task)).where(
        TaskExtension.answer.is_(None)
    )


def mentions(_terms: Terms) -> Select:
    named = item(Mention, local_day(TaskEvent.at), Task.title, person=Mention.account_id)
    of_task = _same(TaskEvent, TaskEvent.task_id, Task)
    return named.join(TaskEvent, _same(Mention, Mention.event_id, TaskEvent)).join(Task, of_task)


def milestones(_terms: Terms) -> Select:
    words = sa.func.substr(Milestone.text, 1, 200)
    stones = item(Milestone, Milestone.due_on, words)
    return stones.where(Milestone.achieved_on.is_(None), is_current(Milestone))


def duties(terms: Terms) -> Select:
    """Occurrences that no task stands for yet: a duty without a lead unit waits for one."""
    title = RecurringDuty.title
    stands = sa.exists().where(Task.county_id == Occurrence.county_id, Task.occurrence_id == Occurrence.id)
    due = item(Occurrence, Occurrence.due_on, title, unit=RecurringDuty.lead_unit_id)
    return due.join(RecurringDuty, _same(Occurrence, Occurrence.duty_id, RecurringDuty)).where(
        ~stands, Occurrence.due_on >= terms.today, is_current(RecurringDuty)
    )


def unsigned_notices(_terms: Terms) -> Select:
    sent = sa.select(sa.func.max(NoticeEvent.at)).where(
        NoticeEvent.county_id == Notice.county_id,
        NoticeEvent.notice_id == Notice.id,
        NoticeEvent.act == NoticeMove.SEND,
    )
    day = local_day(sent.correlate(Notice).scalar_subquery())
    return item(Notice, day, Notice.title, unit=Notice.to_unit_id).where(Notice.state == NoticeState.SENT)


def unanswered_notices(_terms: Terms) -> Select:
    waiting = (NoticeState.SENT, NoticeState.SIGNED)
    return item(Notice, Notice.due_on, Notice.title, unit=Notice.to_unit_id).where(Notice.state.in_(waiting))


def off_targets(_terms: Terms) -> Select:
    title = Target.indicator_code + " " + Target.stage
    return item(Target, Target.off_path_on, title).where(Target.off_path_on.is_not(None), is_current(Target))


def _same(child: Any, column: Any, parent: Any) -> Any:
    return (child.county_id == parent.county_id) & (column == parent.id)


def is_current(part: Any) -> Any:
    """Whether a part belongs to the plan that its county accepted last."""
    newer = sa.orm.aliased(Plan)
    own = sa.orm.aliased(Plan)
    later = (newer.accepted_at > own.accepted_at) | (
        (newer.accepted_at == own.accepted_at) & (newer.id > own.id)
    )
    overtaken = sa.exists().where(newer.county_id == own.county_id, later)
    return sa.exists().where(own.county_id == part.county_id, own.id == part.plan_id, ~overtaken)


OF_PLANS: Mapping[Family, Live] = {
    Family.DEADLINE: deadlines,
    Family.OVERDUE: overdue,
    Family.ESCALATION: escalations,
    Family.STALE: stale,
    Family.VERIFYING: verifying,
    Family.DECLINED: declined,
    Family.URGE: urged,
    Family.EXTENSION: extensions,
    Family.MENTION: mentions,
    Family.MILESTONE: milestones,
    Family.DUTY: duties,
    Family.NOTICE: unsigned_notices,
    Family.NOTICE_DUE: unanswered_notices,
    Family.TARGET: off_targets,
}
