"""Columns of schools as floats, and which schools a relaxation covers."""

import numpy as np
import pandas as pd

from scoring.elements import SCHOOL_KINDS, STAGES
from scoring.exact import Flags, Floats
from scoring.standard import Relaxation


def covered(schools: pd.DataFrame, relaxation: Relaxation) -> Flags:
    """Schools that satisfy all conditions of a relaxation; what is missing satisfies none.

    A relaxation that needs proof covers only the schools that the county names as proved.
    """
    where, flags = relaxation.where, np.ones(len(schools), dtype=np.bool_)
    if relaxation.needs_proof:
        flags &= schools["school_code"].isin(relaxation.schools).to_numpy()
    if where.location:
        located = schools["location"] if "location" in schools else pd.Series("", index=schools.index)
        flags &= located.isin(where.location).to_numpy()
    if where.students_from is not None or where.students_to is not None:
        pupils = schools.filter(regex="^students_").sum(axis=1, min_count=1)
        flags &= pupils.between(where.students_from or 0, where.students_to or np.inf).to_numpy()
    if where.built_to is not None:
        flags &= figures(schools, "built_year") <= where.built_to
    if where.largest_class_below is not None:
        flags &= _largest_class(schools) < where.largest_class_below
    if where.migrants_over_percent is not None:
        enrolled = sum_held(schools, "students")
        flags &= figures(schools, "migrant_students") * 100 > where.migrants_over_percent * enrolled
    return flags


def figures(schools: pd.DataFrame, code: str) -> Floats:
    """A column as floats; an absent one is missing throughout."""
    column = schools[code] if code in schools else pd.Series(np.nan, index=schools.index)
    return np.asarray(column, dtype=np.float64)


def holds(schools: pd.DataFrame, stage: str) -> Flags:
    """Schools whose kind has a stage."""
    kinds = [label for label, kind in SCHOOL_KINDS.items() if stage in kind.stages]
    flags: Flags = schools["school_kind"].isin(kinds).to_numpy(dtype=np.bool_)
    return flags


def held(schools: pd.DataFrame, stem: str, stage: str) -> Floats:
    """An element of a stage; zero where the kind lacks the stage or nobody is in it, NaN = missing."""
    present = holds(schools, stage) & ~(figures(schools, f"students_{stage}") == 0)
    return np.where(present, figures(schools, f"{stem}_{stage}"), 0.0)


def sum_held(schools: pd.DataFrame, stem: str) -> Floats:
    """Sum of an element over the compulsory stages that a school has; NaN if one of them is missing."""
    total: Floats = np.sum([held(schools, stem, stage) for stage in STAGES], axis=0)
    return total


def _largest_class(schools: pd.DataFrame) -> Floats:
    # NaN wins: a class whose size is unknown may be large.
    largest: Floats = np.max([held(schools, "largest_class", stage) for stage in STAGES], axis=0)
    return largest
