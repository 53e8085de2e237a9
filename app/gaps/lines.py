"""Gaps, choices and drivers of an assessment as ready lines: None instead of NaN, words instead of lists."""

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from flask_babel import gettext as _

from app.assessments.workings import short_name
from scoring.assessment import Assessment
from scoring.drivers import spread_drivers
from scoring.elements import STAGE_LABELS
from scoring.exempt import section_choices
from scoring.gaps import section_gaps
from scoring.verdicts import Verdict
from scoring.words import _ as marked

WORDS = ("unit", "gap_unit", "clause")
WHOLE = ("人", "间", "台", "册")  # what cannot be had in part
DRIVERS = 6


@dataclass(frozen=True)
class GapLine:
    """One value below its standard. Gaps in ``gap_unit``; a floor gap of 0 = at or above the floor."""

    school_code: str
    school_name: str
    stage: str
    stage_name: str
    code: str
    name: str
    value: float
    standard: float
    percent: float  # of the standard
    unit: str
    gap: float
    floor_gap: float
    school_gap: float  # what the school must add, if its stages share
    gap_unit: str
    advice: str  # "leave", "lift", "raise" or "" where the section lacks data
    clause: str

    @property
    def places(self) -> int:
        """Digits of the gaps."""
        return 0 if self.gap_unit in WHOLE else 2


@dataclass(frozen=True)
class IndicatorGap:
    """What one indicator and stage lack over all schools."""

    code: str
    name: str
    stage_name: str
    n_sections: int  # below the standard
    n_below_floor: int
    gap: float
    needed: float  # without what may be left at the floor
    gap_unit: str

    @property
    def places(self) -> int:
        return 0 if self.gap_unit in WHOLE else 2


@dataclass(frozen=True)
class DriverLine:
    """One school behind a spread. None = nothing the school could do alone, or nothing needed."""

    school_code: str
    school_name: str
    students: float
    value: float
    deviation: float
    contribution: float  # of S² [%]
    reach: float | None
    add: float | None
    add_unit: str

    @property
    def places(self) -> int:
        return 0 if self.add_unit in WHOLE else 2


@dataclass(frozen=True)
class SpreadGap:
    """A CV over its limit with the schools that drive it, the largest part first."""

    code: str
    name: str
    unit: str
    stage: str
    stage_name: str
    cv: float
    cv_limit: float
    drivers: list[DriverLine]


def gap_lines(assessment: Assessment) -> list[GapLine]:
    """Every value below its standard, school by school, with what the school rule allows to leave."""
    if not assessment.standard.judges_schools:
        return []
    gaps, advice = section_gaps(assessment), _advice(assessment)
    below = gaps[gaps["verdict"] == Verdict.NOT_MET]
    return [_gap_line(row, advice) for row in below.to_dict("records")]


def indicator_gaps(lines: list[GapLine]) -> list[IndicatorGap]:
    """The same added up by indicator and stage, in the order in which they come."""
    groups: dict[tuple[str, str], list[GapLine]] = {}
    for line in lines:
        groups.setdefault((line.code, line.stage), []).append(line)
    return [_added(groups[key]) for key in sorted(groups)]


def spread_gaps(assessment: Assessment) -> list[SpreadGap]:
    """Every CV over its limit."""
    rows = assessment.indicators
    over = rows[rows["cv_verdict"] == Verdict.NOT_MET].to_dict("records")
    return [_spread_gap(assessment, row) for row in over]


def advice_words(advice: str) -> str:
    """What to do about a gap."""
    words = {
        "raise": _("补到标准"),
        "lift": _("可留，须补到底线"),
        "leave": _("可留，已过底线"),
        "": _("缺数据，未定"),
    }
    return str(words[advice])


def _advice(assessment: Assessment) -> dict[tuple[str, str, str], str]:
    found = {}
    for row in section_choices(assessment).to_dict("records"):
        for word in ("raise", "leave", "lift"):  # what must be lifted is also left, so it comes last
            found.update({(row["school_code"], row["stage"], code): word for code in row[word]})
    return found


def _gap_line(row: Mapping[Any, Any], advice: Mapping[tuple[str, str, str], str]) -> GapLine:
    key = row["school_code"], row["stage"], row["code"]
    copied = (
        "school_code", "stage", "code", "value", "standard", "percent", "unit", "gap", "floor_gap",
        "school_gap", "gap_unit", "clause",
    )  # fmt: skip
    return GapLine(
        **{name: row[name] for name in copied} | {name: marked(row[name]) for name in WORDS},
        school_name=row["school_name"] or row["school_code"],
        stage_name=STAGE_LABELS[row["stage"]],
        name=short_name(row["label"]),
        advice=advice.get(key, ""),
    )


def _added(lines: list[GapLine]) -> IndicatorGap:
    first = lines[0]
    return IndicatorGap(
        code=first.code,
        name=first.name,
        stage_name=first.stage_name,
        n_sections=len(lines),
        n_below_floor=sum(line.floor_gap > 0 for line in lines),
        gap=math.fsum(line.gap for line in lines),
        needed=math.fsum(_needed(line) for line in lines),
        gap_unit=first.gap_unit,
    )


def _needed(line: GapLine) -> float:
    return line.floor_gap if line.advice in ("leave", "lift") else line.gap


def _spread_gap(assessment: Assessment, row: Mapping[Any, Any]) -> SpreadGap:
    drivers = spread_drivers(assessment, row["code"], row["stage"])
    return SpreadGap(
        code=row["code"],
        name=short_name(row["label"]),
        unit=marked(row["unit"]),
        stage=row["stage"],
        stage_name=STAGE_LABELS[row["stage"]],
        cv=row["cv"],
        cv_limit=row["cv_limit"],
        drivers=[_driver(one) for one in drivers.head(DRIVERS).to_dict("records")],
    )


def _driver(row: Mapping[Any, Any]) -> DriverLine:
    return DriverLine(
        school_code=row["school_code"],
        school_name=row["school_name"] or row["school_code"],
        students=row["students"],
        value=row["value"],
        deviation=row["deviation"],
        contribution=row["percent_of_variance"],
        reach=_known(row["reach"]),
        add=_known(row["school_add"]),
        add_unit=marked(row["gap_unit"]),
    )


def _known(figure: float) -> float | None:
    return None if math.isnan(figure) else figure
