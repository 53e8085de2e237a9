"""The supervisor's page as one value: what waits for a word, the longest first."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from flask_babel import gettext as _
from sqlalchemy.orm import Session

from app.assessments.queries import latest
from app.counting import counted as _n
from app.planning.forms import ActForm
from app.supervision.attesting import NOTHING_STATED, Statements, statements_of
from app.supervision.schools import SchoolLine, followed_schools
from app.work.notices import NoticeLine, notice_lines
from plans.actors import Actor
from plans.guards import may_verify
from plans.milestone_queries import StoneRow, watched_milestones
from plans.notice_states import NoticeState
from plans.overview import current_plan
from plans.progress import TimeStatus
from plans.queries import EVERYTHING, counts
from plans.states import TaskState
from plans.verification import HandedIn, handed_in

SHOWN_TASKS, SHOWN = 7, 6
VERDICTS = ("close", "return")
Refused = tuple[int, str, ActForm, str]  # task, verdict, the form as it was sent, why


@dataclass(frozen=True)
class Waiting:
    """A task that waits, with a form for each verdict; no forms where the person had a hand in it."""

    row: HandedIn
    forms: dict[str, ActForm]
    opened: str = ""  # the verdict that was just refused
    refusal: str = ""


@dataclass(frozen=True)
class Desk:
    """Everything on the supervisor's page."""

    headline: str
    basis: list[str]
    waiting: list[Waiting]
    n_waiting: int
    statements: Statements
    milestones: list[StoneRow]
    schools: list[SchoolLine]
    notices: list[NoticeLine]


def desk(
    session: Session, actor: Actor, *, year: int | None, today: date, refused: Refused | None = None
) -> Desk:
    """Read the page; a constant number of queries."""
    assessment, plan = None if year is None else latest(session, year), current_plan(session)
    rows = handed_in(session, actor, today=today, limit=SHOWN_TASKS)
    n_waiting = counts(session, actor, today=today, wanted=EVERYTHING).of(TaskState.SUBMITTED)
    statements = statements_of(session, actor, assessment, today) if assessment else NOTHING_STATED
    stones = watched_milestones(session, plan.id, today) if plan else []
    schools = followed_schools(session, actor, assessment, today) if assessment else []
    notices = _open(notice_lines(session, actor, today=today))
    return Desk(
        headline=headline(rows, n_waiting, statements, stones, schools),
        basis=_basis(year, statements, notices),
        waiting=[_waiting(actor, row, refused) for row in rows],
        n_waiting=n_waiting,
        statements=statements,
        milestones=stones,
        schools=schools,
        notices=notices,
    )


def verdict_form(task_id: int, verdict: str) -> ActForm:
    """The form of a verdict as it was sent."""
    return ActForm(prefix=f"{verdict}{task_id}-")


def headline(
    rows: Sequence[HandedIn],
    n_waiting: int,
    statements: Statements,
    stones: Sequence[StoneRow],
    schools: Sequence[SchoolLine],
) -> str:
    """What waits for a word, as one sentence."""
    claimed = sum(row.is_claimed for row in stones)
    parts = [
        _n("%(n)s 项任务待核实，最早的已等 %(days)s 天", days=rows[0].days, n=n_waiting) if rows else "",
        _("%(n)s 项佐证待签署", n=len(statements.to_sign)) if statements.to_sign else "",
        _("%(n)s 个里程碑待确认", n=claimed) if claimed else "",
        _("%(n)s 个里程碑错过", n=len(stones) - claimed) if len(stones) > claimed else "",
        _("%(n)s 所学校需跟踪", n=len(schools)) if schools else "",
    ]
    told = [part for part in parts if part]
    return _("；").join(told) + _("。") if told else _("没有等待核实、签署或确认的事项。")


def _waiting(actor: Actor, row: HandedIn, refused: Refused | None) -> Waiting:
    if not may_verify(actor, row.task):
        return Waiting(row, {})
    is_refused = refused is not None and refused[0] == row.task.id
    opened, sent, why = refused[1:] if refused and is_refused else ("", None, "")
    forms = {verdict: _form(row, verdict, sent if verdict == opened else None) for verdict in VERDICTS}
    return Waiting(row, forms, opened, why)


def _form(row: HandedIn, verdict: str, sent: ActForm | None) -> ActForm:
    form = sent or ActForm(formdata=None, prefix=f"{verdict}{row.task.id}-")
    # A refused form would redraw the number that was sent; the next attempt must name what is shown now.
    form.seen_event.data, form.seen_event.raw_data = row.task.last_event_no, None
    return form


def _open(lines: Sequence[NoticeLine]) -> list[NoticeLine]:
    """Answers to read first, then those still owed, by their day."""
    waiting = [line for line in lines if line.is_open]
    return sorted(waiting, key=lambda one: (one.notice.state is not NoticeState.ANSWERED, one.notice.due_on))


def _basis(year: int | None, statements: Statements, notices: Sequence[NoticeLine]) -> list[str]:
    late = sum(line.time is not None and line.time.status is TimeStatus.OVERDUE for line in notices)
    parts = [
        _("%(year)s 年度", year=year) if year else "",
        _("佐证应签 %(n)s 项，已签 %(m)s 项", n=statements.n_asked, m=statements.n_signed)
        if statements.n_asked
        else "",
        _("督办单未办结 %(n)s 件，逾期 %(m)s 件", n=len(notices), m=late) if notices else "",
    ]
    return [part for part in parts if part]
