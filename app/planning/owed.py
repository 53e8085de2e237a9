"""What a unit owes (我的任务), as one table: what it has to do, what waits for others, what it supports."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from flask_babel import gettext as _
from sqlalchemy.orm import Session

from app.planning.ledger import Column
from app.planning.reporting import LostReport, Outcome, ReportLine, fresh_line
from app.planning.sentences import owed_headline
from plans.actors import Actor
from plans.queries import TaskRow, owed_by, supported_by


@dataclass(frozen=True)
class OwedGroup:
    """A section of the table."""

    label: str
    lines: list[ReportLine]
    first_no: int  # numbers run on through the sections
    is_led: bool = True


@dataclass(frozen=True)
class MyTasksPage:
    """The table, and what became of a save."""

    headline: str
    groups: list[OwedGroup]
    message: str = ""
    gone: list[LostReport] = field(default_factory=list)

    @property
    def columns(self) -> list[Column]:
        return owed_columns()

    @property
    def has_forms(self) -> bool:
        return any(line.form for group in self.groups for line in group.lines)

    @property
    def has_refusal(self) -> bool:
        return bool(self.gone) or any(line.refusal for group in self.groups for line in group.lines)


def owed_columns() -> list[Column]:
    """The columns in their order."""
    return [
        Column(_("序号"), 6, "num"),
        Column(_("时限状态"), 14),
        Column(_("任务"), 40),
        Column(_("完成时限"), 14),
        Column(_("进展 %"), 8),
        Column(_("进展说明"), 40),
        Column(_("佐证"), 20),
        Column(_("申请销号"), 10, "mid"),
    ]


def my_tasks_page(
    session: Session, actor: Actor, *, today: date, outcome: Outcome | None = None
) -> MyTasksPage:
    """What the actor's unit owes; rows that were just refused stand first, with everything typed."""
    led = owed_by(session, actor, today=today)
    refused = outcome.refused if outcome else []
    shown_ids = {line.row.task.id for line in refused}
    fresh = [_fresh(row, outcome) for row in led if row.task.id not in shown_ids]
    helped = [row for row in supported_by(session, actor, today=today) if row.task.id not in shown_ids]
    return MyTasksPage(
        headline=owed_headline(led),
        groups=_groups([*refused, *fresh], [ReportLine(row, None) for row in helped]),
        message=outcome.message if outcome else "",
        gone=outcome.gone if outcome else [],
    )


def _fresh(row: TaskRow, outcome: Outcome | None) -> ReportLine:
    return fresh_line(row, saved=outcome is not None and row.task.id in outcome.saved_ids)


def _groups(led: Sequence[ReportLine], helped: list[ReportLine]) -> list[OwedGroup]:
    to_do = [line for line in led if line.form]
    waiting = [line for line in led if not line.form]
    groups = [
        OwedGroup(_("本单位牵头，要办 %(n)s 项", n=len(to_do)), to_do, 1),
        OwedGroup(_("待核实或暂停 %(n)s 项", n=len(waiting)), waiting, 1 + len(to_do)),
        OwedGroup(
            _("本单位配合 %(n)s 项，由牵头单位填报", n=len(helped)), helped, 1 + len(led), is_led=False
        ),
    ]
    return [group for group in groups if group.lines]
