"""Saving what a unit reports: row by row, so that one refused row takes no other with it."""

from collections.abc import Set
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path

from flask_babel import gettext as _
from flask_wtf import FlaskForm
from sqlalchemy.orm import Session

from app.file_kinds import FileRefused
from app.files import chosen, keep_files
from app.planning.forms import ProgressForm
from app.planning.queries import evidence_by_hash
from plans.actors import Actor
from plans.commands import report_progress, submit_task
from plans.errors import PlanError
from plans.models import Evidence, Task, TaskEvent
from plans.queries import TaskRow, chosen_tasks
from plans.states import QUIET, TaskState

DEMANDS = {"return", "reopen"}
ANSWERS = {"grant_extension", "refuse_extension"}
REPORTABLE = (TaskState.ASSIGNED, TaskState.WORKING)


@dataclass
class ReportLine:
    """A task with its form; ``refusal`` says why it was not saved, ``news`` what others did meanwhile."""

    row: TaskRow
    form: ProgressForm | None  # None = nothing to report now
    kept: list[Evidence] = field(default_factory=list)
    refusal: str = ""
    news: list[TaskEvent] = field(default_factory=list)
    saved: bool = False

    @property
    def demand(self) -> TaskEvent | None:
        """The return or reopening that still has to be answered."""
        return self._newest(DEMANDS, until={"submit"})

    @property
    def answer(self) -> TaskEvent | None:
        """What became of the wish for more time, until the next report."""
        return self._newest(ANSWERS, until={"progress", "submit", "ask_extension"})

    def _newest(self, wanted: Set[str], *, until: Set[str]) -> TaskEvent | None:
        newest = next((one for one in reversed(self.row.task.events) if one.act in wanted | until), None)
        return newest if newest and newest.act in wanted else None


@dataclass(frozen=True)
class LostReport:
    """What was typed for a task that has left the unit meanwhile: given back, to be copied."""

    percent: str
    words: str
    file_names: list[str]


def prefix_of(task_id: int) -> str:
    """What the fields of a task's form begin with."""
    return f"t{task_id}-"


def fresh_line(row: TaskRow, *, saved: bool = False) -> ReportLine:
    """A task as it stands, with an empty form if there is something to report."""
    task = row.task
    if task.state not in REPORTABLE:
        return ReportLine(row, None, saved=saved)
    form = ProgressForm(
        formdata=None,
        prefix=prefix_of(task.id),
        percent=task.progress,
        shown=task.progress,
        seen_event=task.last_event_no,
    )
    return ReportLine(row, form, saved=saved)


def sent_form(task_id: int) -> ProgressForm:
    """The form of a task as it was sent."""
    return ProgressForm(prefix=prefix_of(task_id))


@dataclass(frozen=True)
class Outcome:
    """What became of a page of reports."""

    saved_ids: list[int]
    refused: list[ReportLine]
    gone: list[LostReport]  # of tasks that the actor no longer sees

    @property
    def is_whole(self) -> bool:
        """Whether nothing has to be looked at again."""
        return not self.refused and not self.gone

    @property
    def message(self) -> str:
        """In words, for the top of the page."""
        parts = [_("已保存 %(n)s 项", n=len(self.saved_ids))] if self.saved_ids else []
        parts += [_("%(n)s 项没有保存，请看各项的说明", n=len(self.refused))] if self.refused else []
        parts += [_("%(n)s 项已不由本单位办理，没有保存", n=len(self.gone))] if self.gone else []
        return _("，").join(parts or [_("没有改动，无需保存")]) + _("。")


def save_reports(
    session: Session, actor: Actor, task_ids: list[int], *, folder: Path, at: datetime, today: date
) -> Outcome:
    """Save the touched ones among a page of reports, each by itself."""
    forms = {task_id: sent_form(task_id) for task_id in task_ids}
    touched = {task_id: form for task_id, form in forms.items() if form.is_touched}
    rows = chosen_tasks(session, actor, list(touched), today=today)
    lines = [save_report(session, actor, row, touched[row.task.id], folder=folder, at=at) for row in rows]
    seen_ids = {row.task.id for row in rows}
    return Outcome(
        saved_ids=[line.row.task.id for line in lines if not line.refusal],
        refused=[line for line in lines if line.refusal],
        gone=[_lost(form) for task_id, form in touched.items() if task_id not in seen_ids],
    )


def save_report(
    session: Session, actor: Actor, row: TaskRow, form: ProgressForm, *, folder: Path, at: datetime
) -> ReportLine:
    """Save one task's report, with its wish for close-out; a refused one keeps its words and its files."""
    if not form.validate():
        return ReportLine(row, form, evidence_by_hash(session, form.kept_hashes), refusal=_first_error(form))
    try:
        files = keep_files(session, actor, form.files.data or [], folder=folder, at=at)
    except FileRefused as refusal:
        return ReportLine(row, form, evidence_by_hash(session, form.kept_hashes), refusal=str(refusal))
    files += [file for file in evidence_by_hash(session, form.kept_hashes) if file not in files]
    try:
        with session.begin_nested():
            _report(session, actor, row.task.id, form, files, at)
    except PlanError as refusal:
        return _refused(row, form, files, str(refusal))
    return ReportLine(row, None, saved=True)


def _report(
    session: Session, actor: Actor, task_id: int, form: ProgressForm, files: list[Evidence], at: datetime
) -> None:
    seen, words = int(form.seen_event.data or 0), form.words
    if form.has_report:
        task = report_progress(
            session,
            actor,
            task_id=task_id,
            percent=form.percent.data,
            note=words,
            evidence=files,
            seen_event=seen,
            at=at,
        )
        seen = max(seen, _last_own(task, actor))
    if form.wants_close_out.data:
        submit_task(session, actor, task_id=task_id, note="", seen_event=seen, at=at)


def _last_own(task: Task, actor: Actor) -> int:
    # What the actor wrote himself in this very request is no news to him.
    return max(
        event.no for event in task.events if event.actor_id == actor.user_id and event.act == "progress"
    )


def _refused(row: TaskRow, form: ProgressForm, files: list[Evidence], why: str) -> ReportLine:
    seen = int(form.seen_event.data or 0)
    news = [event for event in row.task.events if event.no > seen and event.act not in QUIET]
    form.kept.data = ",".join(file.sha256 for file in files)
    form.seen_event.data = row.task.last_event_no  # the next attempt knows what is shown now
    return ReportLine(row, form, files, refusal=why, news=news)


def _lost(form: ProgressForm) -> LostReport:
    names = [upload.filename or "" for upload in chosen(form.files.data or [])]
    return LostReport("".join(form.percent.raw_data or []), form.words, names)


def _first_error(form: FlaskForm) -> str:
    return next(str(error) for errors in form.errors.values() for error in errors)
