"""Parts that every school must comply with, in vectors: size, classes, funds, training."""

from dataclasses import replace
from fractions import Fraction
from typing import Any

import numpy as np
import pandas as pd

from scoring.easing import covered, figures, held, holds, sum_held
from scoring.elements import STAGE_LABELS, STAGES
from scoring.exact import Flags, Floats, Ints, Ratio, at_least, counted
from scoring.items import Part
from scoring.part_results import Case, PartResult, Units, judge_units, whole_schools
from scoring.sections import roster
from scoring.words import _


def schools_of(case: Case) -> pd.DataFrame:
    """Schools that an item covers, with or without the teaching points that the indicators leave out."""
    inclusion = case.standard.inclusion
    if case.item.small_points:
        inclusion = replace(inclusion, points_from_students=0)
    schools = roster(case.measures.schools, inclusion).schools
    return schools if len(schools) else pd.DataFrame({"school_code": [], "school_kind": []}, dtype=str)


def school_size(part: Part, case: Case) -> PartResult:
    """Pupils of the compulsory stages together under the limit of the school's kind.

    ``limits``: kind → pupils. Known pupils above the limit fail a school though another stage is missing.
    """
    schools = schools_of(case)
    pupils = np.nansum([held(schools, "students", stage) for stage in STAGES], axis=0)
    limit, eased = _limits_of_kinds(schools, part, case, pupils)
    over = pupils > limit
    known = (over | ~np.isnan(sum_held(schools, "students"))) & ~np.isnan(limit)
    return judge_units(
        part, whole_schools(schools, figure=pupils, limit=limit, known=known, met=~over, eased=eased)
    )


def _limits_of_kinds(
    schools: pd.DataFrame, part: Part, case: Case, pupils: Floats
) -> tuple[Floats, dict[str, Flags]]:
    base = _by_kind(schools, part.limits)
    limit, eased = base, {}
    for relaxation in case.relaxations:
        wider = _by_kind(schools, relaxation.limits)
        eased[relaxation.code] = covered(schools, relaxation) & (pupils > base) & (wider > limit)
        limit = np.where(eased[relaxation.code], wider, limit)
    return limit, eased


def _by_kind(schools: pd.DataFrame, limits: Any) -> Floats:
    return schools["school_kind"].map({kind: float(n) for kind, n in limits.items()}).to_numpy(np.float64)


def class_size(part: Part, case: Case) -> PartResult:
    """Every class within the limit of its stage, judged by the largest class and the count of oversize ones.

    ``limits``: stage → pupils. Either figure alone decides; where they contradict each other the stage fails.
    """
    schools = schools_of(case)
    stages = [_classes_of(part, schools, stage) for stage in STAGES]
    arrays = ("rows", "stages", "figure", "limit", "known", "met")
    joined: dict[str, Any] = {
        name: np.concatenate([getattr(units, name) for units in stages]) for name in arrays
    }
    notes = tuple(note for units in stages for note in units.notes)
    warnings = tuple(warning for units in stages for warning in units.warnings)
    return judge_units(part, Units(schools, **joined, notes=notes, warnings=warnings))


def _classes_of(part: Part, schools: pd.DataFrame, stage: str) -> Units:
    pupils, limit = figures(schools, f"students_{stage}"), float(part.limits[stage])
    rows = np.flatnonzero(holds(schools, stage) & ~(pupils == 0))
    largest = figures(schools, f"largest_class_{stage}")[rows]
    oversize = figures(schools, f"oversize_classes_{stage}")[rows]
    contradicting = (largest > limit) & (oversize == 0) | (largest <= limit) & (oversize > 0)
    return Units(
        schools,
        rows,
        np.full(len(rows), stage),
        figure=largest,
        limit=np.full(len(rows), limit),
        known=~np.isnan(largest) | ~np.isnan(oversize),
        met=~(largest > limit) & ~(oversize > 0),
        notes=_class_notes(stage, pupils[rows], oversize),
        warnings=_class_warnings(stage, int(contradicting.sum())),
    )


def _class_notes(stage: str, pupils: Floats, oversize: Floats) -> tuple[str, ...]:
    n_oversize = np.nansum(oversize)
    if not len(pupils):
        return ()
    note = _(
        "%(stage)s在校生 %(pupils)s 人%(classes)s",
        stage=STAGE_LABELS[stage],
        pupils=f"{np.nansum(pupils):.0f}",
        classes=_("，其中超班额 %(n)s 个班", n=f"{n_oversize:.0f}") if n_oversize else "",
    )
    return (note,)


def _class_warnings(stage: str, n_schools: int) -> tuple[str, ...]:
    words = _(
        "%(n)s 校%(stage)s的最大班额与超班额班级数矛盾，按未达标处理，请核对",
        n=n_schools,
        stage=STAGE_LABELS[stage],
    )
    return (words,) if n_schools else ()


def small_school_funds(part: Part, case: Case) -> PartResult:
    """Public funds of schools with fewer pupils than the limit: at least the base of that many pupils [元].

    The base per pupil is the county's, by stage where given, in a combined school weighted by pupils.
    """
    schools, least = schools_of(case), int(part.limits[""])
    pupils = [
        np.where(holds(schools, stage), figures(schools, f"students_{stage}"), 0) for stage in STAGE_LABELS
    ]
    at_hand, counted_in = np.nansum(pupils, axis=0), ~np.isnan(np.sum(pupils, axis=0))
    rows = np.flatnonzero((at_hand < least) & ((at_hand > 0) | ~counted_in))
    small = schools.iloc[rows]
    enrolled, base = _enrolled_and_base(small, case)
    funds = counted(pd.Series(figures(small, "public_funds_wan")), 6)  # hundredths of 元
    known = funds.known & counted_in[rows] & (enrolled > 0) & (base >= 0)
    units = Units(
        schools,
        rows,
        np.full(len(rows), ""),
        figure=np.where(funds.known, funds.ints / 100, np.nan),
        limit=np.where(known, least * base / 100 / np.maximum(enrolled, 1), np.nan),
        known=known,
        met=funds.ints * enrolled >= least * base,
        nobody=_("%(label)s：没有不足 %(least)s 人的学校", label=part.label, least=least),
    )
    return judge_units(part, units)


def _enrolled_and_base(schools: pd.DataFrame, case: Case) -> tuple[Ints, Ints]:
    """Pupils and Σ pupils × base per pupil [hundredths of 元] of each school; -1 = missing."""
    county = case.measures.county
    every = county.get("public_funds_base_yuan", np.nan)
    pupils = {stage: held(schools, "students", stage) for stage in STAGES}
    bases = {stage: _hundredths(county.get(f"public_funds_base_yuan_{stage}", every)) for stage in STAGES}
    terms = [np.where(pupils[stage] == 0, 0, pupils[stage] * bases[stage]) for stage in STAGES]
    enrolled, total = np.sum(list(pupils.values()), axis=0), np.sum(terms, axis=0)
    return np.nan_to_num(enrolled, nan=-1).astype(np.int64), np.nan_to_num(total, nan=-1).astype(np.int64)


def _hundredths(figure: float) -> float:
    return float(np.rint(figure * 100))


def school_share(part: Part, case: Case) -> PartResult:
    """One element of every school as a share of another, times the scale."""
    schools = schools_of(case)
    part_of, whole = (counted(pd.Series(figures(schools, code)), 6) for code in (part.adds[0], part.per[0]))
    known = part_of.known & whole.known & (whole.ints > 0)
    ratio = Ratio(part_of.ints, np.maximum(whole.ints, 1), Fraction(part.scale), known)
    limit = part.limits[""]
    return judge_units(
        part,
        whole_schools(
            schools,
            figure=ratio.floats(),
            limit=np.full(len(schools), float(limit)),
            known=known,
            met=at_least(ratio, Fraction(limit)),
        ),
    )
