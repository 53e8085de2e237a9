"""Schools → sections: who is in, which stages a school has, and the weights by which it shares resources."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from functools import reduce
from operator import add, and_
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from scoring.elements import ELEMENTS, SCHOOL_KINDS, STAGE_LABELS, STAGES
from scoring.exact import Counted, Flags, counted
from scoring.standard import Inclusion, Standard

COUNTY = "county_code"  # optional column of ``schools``; absent = one county


@dataclass(frozen=True)
class Kinds:
    """办学类型 of each school by its position among the few names; looking a position up is quick."""

    position: npt.NDArray[np.intp]  # -1 = missing
    names: tuple[str, ...]

    def among(self, wanted: Collection[str]) -> Flags:
        """Whether each school is of one of some kinds; a missing kind is of none."""
        # Position -1 finds the last entry.
        return np.array([*(name in wanted for name in self.names), False])[self.position]


@dataclass(frozen=True)
class Roster:
    """The schools that a standard covers, with the county of each as an integer."""

    schools: pd.DataFrame  # index 0…n-1
    counties: tuple[str, ...]
    county: npt.NDArray[np.intp]  # position in ``counties``
    kinds: Kinds


@dataclass(frozen=True)
class StageSections:
    """The sections of one stage: arrays of equal length, one entry a section."""

    stage: str
    rows: npt.NDArray[np.intp]  # position of the school in the roster
    county: npt.NDArray[np.intp]
    students: Counted
    weight: int  # per pupil of this stage
    weighted: Counted  # weighted pupils of all stages of the school; unknown if one of them is


class Columns:
    """Columns of a frame as exact integers, each converted once; an absent column is unknown throughout."""

    def __init__(self, schools: pd.DataFrame) -> None:
        self._schools = schools
        self._counted: dict[tuple[str, int], Counted] = {}

    def __call__(self, code: str, decimals: int) -> Counted:
        if (code, decimals) not in self._counted:
            self._counted[code, decimals] = counted(_column(self._schools, code), decimals)
        return self._counted[code, decimals]


def roster(schools: pd.DataFrame, inclusion: Inclusion) -> Roster:
    """Schools covered by a standard.

    A 教学点 whose pupils are unknown stays in: missing is not small. So does a school of unknown owner.

    >>> kinds = ["教学点", "教学点", "特殊教育"]
    >>> schools = pd.DataFrame({"school_kind": kinds, "students_primary": [49.0, 50.0, 80.0]})
    >>> roster(schools, Inclusion(("小学", "教学点"), 50, "…")).schools["students_primary"].tolist()
    [50.0]
    """
    position, names = pd.factorize(_column(schools, "school_kind"))
    kinds = Kinds(position, tuple(names))
    few = (_column(schools, "students_primary") < (inclusion.points_from_students or 0)).to_numpy()
    is_in = kinds.among(inclusion.kinds) & ~(kinds.among(["教学点"]) & few)
    if inclusion.owners:
        is_in &= _column(schools, "owner_code").fillna("").isin(["", *inclusion.owners]).to_numpy()
    covered = (schools if is_in.all() else schools[is_in]).reset_index(drop=True)
    keys = covered[COUNTY] if COUNTY in covered else pd.Series("", index=covered.index, dtype=str)
    county, counties = pd.factorize(keys, sort=True)
    return Roster(
        covered, tuple(str(key) for key in counties), county, Kinds(kinds.position[is_in], kinds.names)
    )


def stage_sections(listed: Roster, standard: Standard) -> tuple[StageSections, ...]:
    """Sections by stage: each stage that a school's kind has and in which it has (or may have) pupils."""
    columns = Columns(listed.schools)
    students = {stage: columns(f"students_{stage}", 0) for stage in STAGE_LABELS}
    holds = {stage: listed.kinds.among(_holding(stage)) for stage in STAGE_LABELS}
    weighted = _weighted(students, holds, standard.split.weights)
    return tuple(
        _sections(listed, stage, students[stage], holds[stage], standard.split.weights[stage], weighted)
        for stage in STAGES
    )


def take(figures: Counted, rows: npt.NDArray[np.intp]) -> Counted:
    """The figures of some rows, each named once at most, in ascending order."""
    if len(rows) == len(figures.ints):
        return figures
    return Counted(figures.ints[rows], figures.known[rows])


def _column(schools: pd.DataFrame, code: str) -> "pd.Series[Any]":
    return schools[code] if code in schools else pd.Series(np.nan, index=schools.index)


def _holding(stage: str) -> list[str]:
    return [label for label, kind in SCHOOL_KINDS.items() if stage in kind.stages]


def _weighted(
    students: Mapping[str, Counted], holds: Mapping[str, Flags], weights: Mapping[str, int]
) -> Counted:
    parts = [holds[stage] * students[stage].ints * weights[stage] for stage in weights]
    known = [students[stage].known | ~holds[stage] for stage in weights]
    return Counted(reduce(add, parts), reduce(and_, known))


def _sections(
    listed: Roster, stage: str, students: Counted, holds: Flags, weight: int, weighted: Counted
) -> StageSections:
    # A stage without pupils is not there to be assessed; one whose pupils are unknown is.
    rows = np.flatnonzero(holds & ((students.ints > 0) | ~students.known))
    return StageSections(stage, rows, listed.county[rows], take(students, rows), weight, take(weighted, rows))


def stage_code(code: str, stage: str) -> str:
    """Column of an element in a stage; shared elements have one column for all.

    >>> stage_code("teachers", "junior"), stage_code("computers", "junior")
    ('teachers_junior', 'computers')
    """
    return code if code in ELEMENTS else f"{code}_{stage}"
