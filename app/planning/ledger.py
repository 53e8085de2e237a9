"""The ledger (台账): its filters, its columns as people read them, and what a person keeps of it."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from flask_babel import gettext as _
from sqlalchemy.orm import Session

from app.assessments.items import ItemLine
from app.models import SavedView
from app.planning.batch import BatchForm, BatchLine
from app.planning.queries import FilterChoices, data_status, filter_choices, last_events, worst
from app.planning.saved_filters import views_of
from app.planning.sentences import STATES, TIMES, VERDICTS, ledger_facts
from app.punctuation import listed
from plans.actors import Actor, Role
from plans.queries import TaskFilter, TaskRow, counts, indicators_in_use, ledger
from plans.rights import Act, may, might
from plans.states import TaskState
from plans.terms import in_force


@dataclass(frozen=True)
class Column:
    """A column of the ledger, the same on the screen and in Excel; ``width`` in characters of a sheet."""

    label: str
    width: int
    kind: str = ""
    fill: bool = False


@dataclass(frozen=True)
class LedgerPage:
    """The ledger with its filters, the acts on many tasks, and what became of them."""

    rows: list[TaskRow]
    facts: str
    wanted: TaskFilter
    choices: FilterChoices
    indicators: list[tuple[str, str]]
    lights: list[tuple[str, str]]
    states: list[tuple[str, str]]
    known: dict[str, ItemLine]  # indicator code → its data status
    n_waiting: int  # handed in and not yet verified
    query: dict[str, Any]  # the filters as they stand in an address
    views: list[SavedView]
    seen: dict[int, int]  # task → number of its last act
    batch: BatchForm | None  # None = no acts on many tasks
    outcome: list[BatchLine]
    may_assign: bool
    is_unit: bool
    verifies: bool

    @property
    def is_filtered(self) -> bool:
        return self.wanted != TaskFilter()

    @property
    def columns(self) -> list[Column]:
        return ledger_columns()

    def data_verdict(self, row: TaskRow) -> str | None:
        """The worst data status among the indicators of a task."""
        return worst([link.code for link in row.task.indicators], self.known)

    def cells(self, number: int, row: TaskRow) -> list[str | int]:
        """What a row says, in the order of the columns."""
        task, verdict = row.task, self.data_verdict(row)
        due = task.due_on.isoformat()
        moved = _(" 原定 %(day)s", day=task.original_due_on.isoformat())
        return [
            number,
            task.title,
            " ".join(link.code for link in task.indicators) or "—",
            VERDICTS[verdict] if verdict else "—",
            task.lead_unit.name,
            listed(support.unit.name for support in task.supports) or "—",
            due if task.original_due_on == task.due_on else due + moved,
            f"{task.progress}%",
            row.time.word,
            STATES[task.state],
            row.n_evidence,
            task.latest_note or "—",
        ]


def ledger_columns() -> list[Column]:
    """The columns in their order."""
    return [
        Column(_("序号"), 6, "num"),
        Column(_("任务"), 40),
        Column(_("指标"), 12),
        Column(_("指标状态"), 10),
        Column(_("牵头单位"), 18),
        Column(_("配合单位"), 24),
        Column(_("完成时限"), 28),
        Column(_("进展"), 8),
        Column(_("时限状态"), 14),
        Column(_("办理"), 10),
        Column(_("佐证"), 6, "num"),
        Column(_("最近进展"), 40, fill=True),
    ]


def ledger_page(
    session: Session,
    actor: Actor,
    *,
    wanted: TaskFilter,
    year: int | None,
    today: date,
    batch: BatchForm | None = None,
    outcome: list[BatchLine] | None = None,
) -> LedgerPage:
    """The tasks that the actor sees, narrowed; ``batch`` and ``outcome`` are of acts just tried."""
    known = data_status(session, year)
    numbers = counts(session, actor, today=today, wanted=wanted)
    may_assign, is_unit = may(actor, Act.ASSIGN_TASK), actor.role is Role.UNIT
    return LedgerPage(
        rows=ledger(session, actor, today=today, wanted=wanted),
        facts=ledger_facts(numbers),
        wanted=wanted,
        choices=filter_choices(session, actor),
        indicators=[
            (code, f"{code} {known[code].label}" if code in known else code)
            for code in indicators_in_use(session, actor)
        ],
        lights=[(status.value, in_force().time_name(status)) for status in TIMES],
        states=[(state.value, word) for state, word in STATES.items()],
        known=known,
        n_waiting=numbers.of(TaskState.SUBMITTED),
        query=query_of(wanted) | ({"list": "all"} if is_unit else {}),
        views=views_of(session, actor),
        seen=last_events(session, actor) if may_assign else {},
        batch=(batch or BatchForm(formdata=None)) if may_assign else None,
        outcome=outcome or [],
        may_assign=may_assign,
        is_unit=is_unit,
        verifies=might(actor, Act.VERIFY_TASK),
    )


def query_of(wanted: TaskFilter) -> dict[str, Any]:
    """The filters as they stand in an address."""
    found = {
        "unit": wanted.unit_id,
        "indicator": wanted.indicator,
        "light": wanted.time.value if wanted.time else None,
        "state": wanted.state.value if wanted.state else None,
        "phase": wanted.phase_id,
        "measure": wanted.measure_id,
    }
    return {name: value for name, value in found.items() if value is not None}
