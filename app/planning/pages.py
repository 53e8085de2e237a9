"""What the page of a task shows, gathered from plans and assessments."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from app.assessments.items import ItemLine
from app.planning.forms import ActForm, TaskActForm
from app.planning.parts_of_tasks import Part, above, may_split, parts_of
from app.planning.queries import data_status
from app.planning.reporting import ReportLine, fresh_line
from app.planning.task_acts import Offer, offers
from plans.actors import Actor
from plans.guards import leads, may_verify
from plans.models import Task, TaskEvidence
from plans.queries import TaskRow, task_story
from plans.rights import Act, may
from plans.settings import strength_names
from plans.states import TaskState


@dataclass(frozen=True)
class TaskPage:
    """One task: its facts, its story and what the person may do."""

    row: TaskRow
    known: dict[str, ItemLine]
    may_sign: bool
    line: ReportLine | None  # the report form, for the lead unit
    verification: ActForm | None
    offers: list[Offer]
    may_press: bool  # may write a supervision notice about it
    comment: TaskActForm | None  # None = the person only reads
    strengths: dict[int, str]
    parts: list[Part]  # sub-tasks
    above: Task | None  # the task that this is a part of
    may_split: bool
    refusal: str = ""

    def files_of(self, event_no: int) -> list[TaskEvidence]:
        """The files that came with a report."""
        event = self.row.task.events[event_no - 1]
        return [
            link for link in self.row.task.evidence if event.act == "progress" and link.added_at == event.at
        ]


def task_page(
    session: Session,
    actor: Actor,
    *,
    task_id: int,
    year: int | None,
    today: date,
    line: ReportLine | None = None,
    sent: ActForm | None = None,
    refused: tuple[str, TaskActForm] | None = None,
    refusal: str = "",
) -> TaskPage:
    """One task for one person; ``line`` and ``sent`` are refused forms to show again.

    Raises NotFound.
    """
    row = task_story(session, actor, task_id=task_id, today=today)
    is_mine = leads(actor, row.task)
    verifies = row.task.state is TaskState.SUBMITTED and may_verify(actor, row.task)
    return TaskPage(
        row=row,
        known=data_status(session, year),
        may_sign=is_mine and row.task.state is TaskState.ASSIGNED,
        line=(line or fresh_line(row)) if is_mine else None,
        verification=_verification(row, sent) if verifies or sent else None,
        offers=offers(session, actor, row.task, refused=refused),
        may_press=may(actor, Act.WRITE_NOTICE) and not row.task.is_closed,
        comment=_comment(row, refused) if may(actor, Act.COMMENT_TASK) else None,
        strengths=strength_names(session, actor.county_id),
        parts=parts_of(session, actor, row.task, today) if row.task.parent_id is None else [],
        above=above(session, actor, row.task),
        may_split=may_split(actor, row.task),
        refusal=refusal,
    )


def _comment(row: TaskRow, refused: tuple[str, TaskActForm] | None) -> TaskActForm:
    is_refused = refused is not None and refused[0] == "comment"
    form = refused[1] if refused and is_refused else TaskActForm(formdata=None, prefix="comment-")
    form.seen_event.data, form.seen_event.raw_data = row.task.last_event_no, None
    return form


def _verification(row: TaskRow, sent: ActForm | None) -> ActForm:
    form = sent or ActForm(formdata=None)
    form.seen_event.data = row.task.last_event_no
    # A refused form would redraw the number that was sent; the next attempt must name what is shown now.
    form.seen_event.raw_data = None
    return form
