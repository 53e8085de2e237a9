"""A target with what the data say about it: status, sentence, projection, outlook."""

import math
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

import pandas as pd
from flask_babel import gettext as _
from sqlalchemy.orm import Session

from app.assessments.workings import short_name
from app.targets.actuals import actuals, known
from app.targets.quantities import decimals_of, direction_of, quantity_name, unit_of
from plans.models import Quantity, Target
from plans.targets import targets_of
from plans.terms import in_force
from scoring.elements import STAGE_LABELS
from scoring.forecast import Projection, project
from scoring.standard import Indicator, Standard
from scoring.targets import Progress, Status, TargetPath, progress


class Outlook(StrEnum):
    """How a target stands, seen from its horizon; the worst first."""

    MISSED = "missed"  # 赶不上: as things go, the target is not reached in time
    AT_RISK = "at_risk"
    BEHIND = "behind"
    NO_DATA = "no_data"
    ON_TRACK = "on_track"
    MET = "met"


@dataclass(frozen=True)
class TargetLine:
    """One target in one year. Numbers are unrounded, NaN = missing."""

    target: Target
    name: str  # of the indicator
    stage_name: str
    quantity_name: str
    unit: str
    decimals: int
    path: TargetPath
    history: "pd.Series[float]"
    progress: Progress
    projection: Projection

    @property
    def title(self) -> str:
        return _(
            "%(name)s（%(stage)s）%(what)s",
            name=f"{self.target.indicator_code} {self.name}",
            stage=self.stage_name,
            what=self.quantity_name,
        )

    @property
    def outlook(self) -> Outlook:
        if self.progress.status in (Status.MET, Status.NO_DATA):
            return Outlook(self.progress.status.value)
        is_told = not self.projection.table.empty
        if is_told and self.projection.crosses is None:
            return Outlook.MISSED
        return Outlook(self.progress.status.value)

    @property
    def rank(self) -> int:
        """For sorting, the worst outlook first."""
        return list(Outlook).index(self.outlook)

    @property
    def expected(self) -> tuple[float, float, float] | None:
        """Middle, low and high of the projection in the horizon year; None where nothing can be told."""
        table = self.projection.table
        if table.empty:
            return None
        middle, low, high = table[["middle", "low", "high"]].to_numpy(dtype=float)[-1].tolist()
        return middle, low, high

    @property
    def yearly_gain(self) -> float | None:
        """Change a year still needed, signed; None where no year is left or data are missing."""
        gain = self.progress.yearly_gain
        return None if math.isnan(gain) else gain


def target_lines(session: Session, plan_id: int, standard: Standard, year: int) -> list[TargetLine]:
    """Every target of a plan that the standard knows, against the data up to a year. Two queries."""
    series = actuals(session, year)
    named = {indicator.code: indicator for indicator in standard.indicators}
    return [
        target_line(
            target,
            named[target.indicator_code],
            known(series.get((target.indicator_code, target.stage, target.quantity))),
            year,
        )
        for target in targets_of(session, plan_id)
        if target.indicator_code in named
    ]


def target_line(target: Target, indicator: Indicator, history: "pd.Series[float]", year: int) -> TargetLine:
    """One target against one series."""
    path, decimals = path_of(target), decimals_of(target.quantity)
    unit = unit_of(target.quantity, indicator)
    highest = 100.0 if target.quantity is Quantity.SHARE else math.inf
    return TargetLine(
        target=target,
        name=short_name(indicator.label),
        stage_name=STAGE_LABELS[target.stage],
        quantity_name=quantity_name(target.quantity),
        unit=unit,
        decimals=decimals,
        path=path,
        history=history,
        progress=progress(
            path, history, year, unit=unit, decimals=decimals, late_years=in_force().late_years
        ),
        projection=project(
            history, path.target, path.horizon, direction=path.direction, highest=highest, decimals=decimals
        ),
    )


def path_of(target: Target) -> TargetPath:
    """The way that a target goes."""
    steps = {int(year): value for year, value in target.steps.items()}
    direction = direction_of(target.quantity)
    return TargetPath(
        target.baseline_year, target.baseline, target.horizon_year, target.due, direction, steps
    )


def worst(lines: Iterable[TargetLine]) -> TargetLine | None:
    """The line with the worst outlook; None without lines."""
    return min(lines, key=lambda line: line.rank, default=None)


def outlook_words(outlook: Outlook) -> tuple[str, str]:
    """Tone and word of an outlook."""
    words = {
        Outlook.MISSED: ("red", _("赶不上")),
        Outlook.AT_RISK: ("red", _("风险")),
        Outlook.BEHIND: ("amber", _("滞后")),
        Outlook.NO_DATA: ("grey", _("缺数据")),
        Outlook.ON_TRACK: ("green", _("按期")),
        Outlook.MET: ("green", _("达标")),
    }
    return words[outlook]
