"""Target paths: what a figure should have reached by a year, and how the actual figure stands against it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from math import isclose, isnan

import pandas as pd

from scoring.errors import BadTarget
from scoring.exact import printed
from scoring.words import _, _n

_NAN = float("nan")


class Direction(StrEnum):
    """Which side of a target is good."""

    AT_LEAST = "at_least"
    AT_MOST = "at_most"  # such as a CV


class Status(StrEnum):
    """How a figure stands against its path."""

    MET = "met"
    ON_TRACK = "on_track"
    BEHIND = "behind"
    AT_RISK = "at_risk"
    NO_DATA = "no_data"


STATUS_LABELS = {
    Status.MET: _("达标"),
    Status.ON_TRACK: _("按期"),
    Status.BEHIND: _("滞后"),
    Status.AT_RISK: _("风险"),
    Status.NO_DATA: _("缺数据"),
}


@dataclass(frozen=True)
class TargetPath:
    """The way from a baseline to a target, straight or in steps.

    steps : year → value due from that year until the next step. Empty: a straight line.
    Raises BadTarget where the years are out of order.
    """

    baseline_year: int
    baseline: float
    horizon: int  # year in which the target is due
    target: float
    direction: Direction = Direction.AT_LEAST
    steps: Mapping[int, float] = field(default_factory=dict)

    def __post_init__(self) -> None:
        if self.horizon <= self.baseline_year:
            raise BadTarget(
                _(
                    "目标年 %(horizon)s 须晚于基准年 %(baseline_year)s。",
                    horizon=self.horizon,
                    baseline_year=self.baseline_year,
                )
            )
        outside = [year for year in self.steps if not self.baseline_year < year < self.horizon]
        if outside:
            raise BadTarget(
                _(
                    "分步年份 %(outside)s 须在 %(baseline_year)s 年与 %(horizon)s 年之间。",
                    outside=outside,
                    baseline_year=self.baseline_year,
                    horizon=self.horizon,
                )
            )

    def target_at(self, year: int) -> float:
        """Value due in a year; from the horizon on the target, before the baseline year NaN.

        >>> TargetPath(2022, 4.0, 2032, 5.0).target_at(2025)
        4.3
        >>> TargetPath(2022, 4.0, 2032, 5.0, steps={2027: 4.5}).target_at(2030)
        4.5
        """
        if year < self.baseline_year:
            return _NAN
        if year >= self.horizon:
            return self.target
        if self.steps:
            return ([self.baseline] + [self.steps[due] for due in sorted(self.steps) if due <= year])[-1]
        done = (year - self.baseline_year) / (self.horizon - self.baseline_year)
        return self.baseline + (self.target - self.baseline) * done


@dataclass(frozen=True)
class Progress:
    """A year's figure beside its path; NaN = missing or not defined."""

    status: Status
    sentence: str
    year: int
    actual: float
    due: float  # the path's value in the year
    yearly_gain: float  # change a year still needed to reach the target, signed; 0 once it is reached


def reached(figure: float, target: float, direction: Direction) -> bool:
    """Whether a figure is on the good side of a target or on it, but for float dust; NaN is not.

    >>> reached(0.1 + 0.2, 0.3, Direction.AT_MOST), reached(_NAN, 0.3, Direction.AT_LEAST)
    (True, False)
    """
    beyond = figure >= target if direction is Direction.AT_LEAST else figure <= target
    return beyond or isclose(figure, target, rel_tol=1e-9, abs_tol=1e-12)


def progress(
    path: TargetPath,
    actuals: "pd.Series[float]",
    year: int,
    *,
    unit: str,
    decimals: int = 2,
    late_years: int = 1,
) -> Progress:
    """Status of a year.

    达标: the target itself is reached. 按期: the path's value of the year is. 滞后: it is not, but the path's
    value of ``late_years`` before is. 风险: not even that, or no year is left. 缺数据: no figure for
    the year.

    Parameters
    ----------
    path : TargetPath
        In the same unit as the figures.
    actuals : Series of float
        Index = years; NaN or absent = missing.
    year : int
        Year that is looked at.
    unit : str
        Unit of the figures, for the sentence.
    decimals : int
        Digits printed; the comparison is unrounded.
    late_years : int
        Years behind the path from which on a target is at risk.
    """
    actual, due = float(actuals.get(year, _NAN)), path.target_at(year)
    status, gain = _status(path, actual, year, late_years), _yearly_gain(path, actual, year)
    shown = [
        f"{printed(figure, decimals)} {unit}".strip() for figure in (actual, due, path.target, abs(gain))
    ]
    sentence = _sentence(path, status, gain, year, _side(status, late_years), *shown)
    return Progress(status, sentence, year, actual, due, gain)


def _status(path: TargetPath, actual: float, year: int, late_years: int) -> Status:
    if isnan(actual):
        return Status.NO_DATA
    if reached(actual, path.target, path.direction):
        return Status.MET
    if year < path.baseline_year or reached(actual, path.target_at(year), path.direction):
        return Status.ON_TRACK
    before = path.target_at(year - late_years)
    is_late = not isnan(before) and not reached(actual, before, path.direction)
    return Status.AT_RISK if is_late or year >= path.horizon else Status.BEHIND


def _yearly_gain(path: TargetPath, actual: float, year: int) -> float:
    if reached(actual, path.target, path.direction):
        return 0.0
    return (path.target - actual) / (path.horizon - year) if year < path.horizon else _NAN


def _side(status: Status, late_years: int) -> str:
    years = {1: _("一"), 2: _("两"), 3: _("三")}.get(late_years, str(late_years))
    words = {
        Status.BEHIND: _n("落后不足%(years)s年", n=late_years, years=years),
        Status.AT_RISK: _n("落后%(years)s年以上", n=late_years, years=years),
    }
    return words.get(status, _("跟上进度"))


def _sentence(
    path: TargetPath,
    status: Status,
    gain: float,
    year: int,
    side: str,
    actual: str,
    due: str,
    target: str,
    step: str,
) -> str:
    if status is Status.NO_DATA:
        return _("%(year)s 年没有数据，不能与目标 %(target)s 比较。", year=year, target=target)
    if status is Status.MET:
        return _(
            "%(year)s 年实际 %(actual)s，已达到目标 %(target)s。", year=year, actual=actual, target=target
        )
    if isnan(gain):
        return _(
            "%(year)s 年实际 %(actual)s，目标 %(target)s 已于 %(horizon)s 年到期，尚未达到。",
            year=year,
            actual=actual,
            target=target,
            horizon=path.horizon,
        )
    way = _("提高") if gain > 0 else _("降低")
    plan = "" if year < path.baseline_year else _("，当年应达到 %(due)s，%(side)s", due=due, side=side)
    return _(
        "%(year)s 年实际 %(actual)s%(plan)s；到 %(horizon)s 年达到 %(target)s，还须每年%(way)s %(step)s。",
        year=year,
        actual=actual,
        plan=plan,
        horizon=path.horizon,
        target=target,
        way=way,
        step=step,
    )
