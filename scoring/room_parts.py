"""Special classrooms: enough of them, and only those that are large enough count."""

from collections.abc import Mapping
from decimal import Decimal

import numpy as np
import pandas as pd

from scoring.easing import covered, figures, holds, sum_held
from scoring.elements import STAGES
from scoring.exact import Flags, Floats, counted
from scoring.items import Part
from scoring.part_results import Case, PartResult, judge_units, whole_schools
from scoring.school_parts import schools_of

CLASSES_A_ROOM = 12


def special_rooms(part: Part, case: Case) -> PartResult:
    """One room for every twelve classes, a begun dozen counting whole.

    ``limits``: ``<kind of room>_<stage>`` → least area [㎡]; where a school has both stages the larger one
    holds. The kinds of one part are added up. A school that counts rooms without listing their areas stays
    undecided unless the listed ones are enough.
    """
    schools = schools_of(case)
    kinds = sorted({key.rpartition("_")[0] for key in part.limits})
    need = np.ceil(sum_held(schools, "classes") / CLASSES_A_ROOM)
    enough, eased = _rooms_that_count(part, case, schools, kinds, need)
    listed = np.logical_and.reduce([_all_listed(case, schools, kind) for kind in kinds])
    met = enough >= need
    known = ~np.isnan(need) & (met | listed)
    return judge_units(
        part, whole_schools(schools, figure=enough, limit=need, known=known, met=met, eased=eased)
    )


def _rooms_that_count(
    part: Part, case: Case, schools: pd.DataFrame, kinds: list[str], need: Floats
) -> tuple[Floats, dict[str, Flags]]:
    areas = {kind: _least_area(schools, kind, part.limits) for kind in kinds}
    base = enough = _count(case, schools, areas)
    eased = {}
    for relaxation in case.relaxations:
        applies = covered(schools, relaxation) & (base < need)
        for kind in kinds:
            smaller = _least_area(schools, kind, relaxation.limits)
            areas[kind] = np.where(applies, np.fmin(areas[kind], smaller), areas[kind])
        eased[relaxation.code] = _count(case, schools, areas) > enough
        enough = _count(case, schools, areas)
    return enough, eased


def _least_area(schools: pd.DataFrame, kind: str, limits: Mapping[str, Decimal]) -> Floats:
    parts = [
        np.where(holds(schools, stage), float(limits.get(f"{kind}_{stage}", "nan")), np.nan)
        for stage in STAGES
    ]
    return np.fmax(*parts)


def _count(case: Case, schools: pd.DataFrame, areas: Mapping[str, Floats]) -> Floats:
    total: Floats = np.sum([_count_of(case, schools, kind, area) for kind, area in areas.items()], axis=0)
    return total


def _count_of(case: Case, schools: pd.DataFrame, kind: str, area: Floats) -> Floats:
    rooms = case.measures.rooms
    rooms = rooms[(rooms["kind"] == kind) & rooms["school_code"].isin(schools["school_code"])]
    position = pd.Index(schools["school_code"]).get_indexer(rooms["school_code"])
    large = counted(rooms["area_m2"], 4).ints >= np.rint(area[position] * 10**4)
    return np.bincount(position, large, len(schools)).astype(np.float64)


def _all_listed(case: Case, schools: pd.DataFrame, kind: str) -> Flags:
    listed = _count_of(case, schools, kind, np.zeros(len(schools)))
    stated = figures(schools, f"{kind}_rooms")
    return np.where(np.isnan(stated), listed > 0, listed >= stated)
