"""How a plan stands, part by part: progress by weight, and time status and data status side by side."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from flask_babel import gettext as _
from sqlalchemy.orm import Session

from app.assessments.items import ItemLine
from app.planning.queries import worst
from plans.progress import TimeStatus
from plans.rollup import Progress, RollUp
from plans.standings import measure_work, plan_progress

NO_WORK = Progress(None, 0, 0)


@dataclass(frozen=True)
class MeasureStanding:
    """A measure: how far its work is, where its deadlines stand, what the data say of its indicators."""

    progress: Progress
    time: TimeStatus | None  # the worst of its tasks; None without any
    codes: tuple[str, ...]
    verdict: str | None  # the worst of its indicators, from their data alone; None where none is judged


@dataclass(frozen=True)
class PlanStanding:
    """The whole plan and its parts."""

    rolled: RollUp
    measures: Mapping[int, MeasureStanding]

    def phase(self, phase_id: int) -> Progress:
        """How far the work that is due in a phase is."""
        return self.rolled.phases.get(phase_id, NO_WORK)

    def measure(self, measure_id: int) -> MeasureStanding:
        """One measure; one that nothing stands for has nothing to show."""
        return self.measures.get(measure_id, MeasureStanding(NO_WORK, None, (), None))

    @property
    def words(self) -> str:
        """How far the whole is; "" without any task."""
        whole = self.rolled.plan
        if whole.shown is None:
            return ""
        told = {"percent": whole.shown, "closed": whole.n_closed, "n": whole.n_tasks}
        return _("总体进度 %(percent)s%%（销号 %(closed)s / %(n)s 项）", **told)


def plan_standing(session: Session, plan_id: int, known: dict[str, ItemLine], today: date) -> PlanStanding:
    """Read how a plan stands; ``known``: the indicators as the year's data judge them. Six statements."""
    rolled, work = plan_progress(session, plan_id), measure_work(session, plan_id, today)
    return PlanStanding(
        rolled,
        {
            measure_id: MeasureStanding(
                rolled.measures.get(measure_id, NO_WORK), one.time, one.codes, worst(list(one.codes), known)
            )
            for measure_id, one in work.items()
        },
    )
