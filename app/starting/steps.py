"""The six steps of a start: which are done, which is next, what each rests on. Reads only."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

import sqlalchemy as sa
from flask_babel import gettext as _
from sqlalchemy.orm import Session

from app.counting import counted as _n
from app.models import Invitation, Membership, School
from app.returns.queries import YearLine, year_lines
from plans.models import Plan, Task
from plans.overview import current_plan


class StepState(StrEnum):
    """Where a step stands; one step at most is next."""

    DONE = "done"
    NEXT = "next"
    LATER = "later"


@dataclass(frozen=True)
class Step:
    """One step with what is there already, in words."""

    key: str
    title: str
    state: StepState
    found: str  # "" = nothing yet


@dataclass(frozen=True)
class Start:
    """How far a county has come."""

    steps: tuple[Step, ...]
    data_year: int | None  # the newest year with data
    has_plan: bool

    @property
    def n_done(self) -> int:
        return sum(step.state is StepState.DONE for step in self.steps)

    @property
    def next(self) -> Step | None:
        """The step to take now; None after the last."""
        return next((step for step in self.steps if step.state is StepState.NEXT), None)


def start_of(session: Session) -> Start:
    """Read how far the county has come; a constant number of queries."""
    lines, plan = year_lines(session), current_plan(session)
    newest = lines[0] if lines else None
    found = [*_of_data(newest, _count(session, School)), *_of_work(session, plan)]
    first_open = next((key for key, _title, is_done, _words in found if not is_done), None)
    steps = (
        Step(key, title, _state(key, is_done, first_open), words) for key, title, is_done, words in found
    )
    return Start(tuple(steps), newest.year if newest else None, plan is not None)


def _state(key: str, is_done: bool, first_open: str | None) -> StepState:
    if is_done:
        return StepState.DONE
    return StepState.NEXT if key == first_open else StepState.LATER


def _of_data(newest: YearLine | None, n_schools: int) -> Iterator[tuple[str, str, bool, str]]:
    has_all = newest is not None and newest.county_told and newest.reported >= n_schools > 0
    is_judged = newest is not None and newest.verdict is not None
    yield "schools", _("导入学校"), n_schools > 0, _n("%(n)s 所学校", n=n_schools) if n_schools else ""
    yield "data", _("填报或导入数据"), has_all, _data_words(newest, n_schools)
    judged = _("%(year)s 年度已出结论", year=newest.year) if newest and is_judged else ""
    yield "verdict", _("第一次评估"), is_judged, judged


def _of_work(session: Session, plan: Plan | None) -> Iterator[tuple[str, str, bool, str]]:
    n_tasks = _count(session, Task)
    n_people = _count(session, Membership) - 1 + _n_waiting(session)  # beside the first one
    yield "plan", _("建立实施方案"), plan is not None, plan.title if plan else ""
    yield "task", _("交办任务"), n_tasks > 0, _n("%(n)s 项任务", n=n_tasks) if n_tasks else ""
    invited = _("已邀请或加入 %(n)s 人", n=n_people) if n_people > 0 else ""
    yield "people", _("邀请成员"), n_people > 0, invited


def _count(session: Session, model: type[School] | type[Task] | type[Membership]) -> int:
    return session.scalar(sa.select(sa.func.count()).select_from(model)) or 0


def _n_waiting(session: Session) -> int:
    """Invitations neither taken up nor taken back; whoever took one up is a member."""
    waiting = Invitation.accepted_at.is_(None), Invitation.revoked_at.is_(None)
    return session.scalar(sa.select(sa.func.count()).select_from(Invitation).where(*waiting)) or 0


def _data_words(newest: YearLine | None, n_schools: int) -> str:
    if newest is None:
        return ""
    return _(
        "%(year)s 年度 %(reported)s / %(schools)s 所学校已报，%(county)s",
        year=newest.year,
        reported=newest.reported,
        schools=n_schools,
        county=_("县级数据已报") if newest.county_told else _("县级数据未报"),
    )
