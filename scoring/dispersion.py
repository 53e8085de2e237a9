"""Spread between schools: student-weighted mean, standard deviation and CV (校际差异系数)."""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

import numpy as np
import numpy.typing as npt

from scoring.exact import Floats

_DUST = 1e-12


@dataclass(frozen=True)
class Spread:
    """Mean [unit of the values], standard deviation [same] and CV [1] of each county; NaN = missing."""

    mean: Floats
    sd: Floats
    cv: Floats


def spread(values: Floats, students: Floats, county: npt.NDArray[np.intp], n_counties: int) -> Spread:
    """Spread of an indicator between the schools of each county, schools weighing by their pupils.

    Parameters
    ----------
    values : array of float, shape (n_sections,)
        Value per pupil X_i, any unit; NaN = missing.
    students : array of float, shape (n_sections,)
        Pupils P_i [persons].
    county : array of int, shape (n_sections,)
        County of each section, 0 … n_counties-1.
    n_counties : int
        Number of counties.

    Returns
    -------
    Spread
        Arrays of shape (n_counties,). X̄ = Σ P_i·X_i / ΣP = Σ x_i / ΣP, not the mean of the X_i;
        S = sqrt(Σ P_i/ΣP · (X_i − X̄)²), population form; CV = S / X̄. NaN where a county has no section, any
        missing value (a gap must not improve the spread) or only zeros.

    Source
    ------
    教督〔2012〕3号 and 教督〔2017〕6号, annexes on the coefficient between schools.

    Examples
    --------
    >>> books, students = np.array([279.0, 137, 935, 160, 402]), np.array([45.0, 37, 89, 76, 55])
    >>> spread(books / students, students, np.zeros(5, dtype=np.intp), 1).cv.round(6).tolist()
    [0.515257]
    """
    pupils = np.bincount(county, students, n_counties)
    with np.errstate(invalid="ignore", divide="ignore"):
        mean = np.bincount(county, students * values, n_counties) / pupils
        away = values - mean[county]
        sd = np.sqrt(np.bincount(county, students * away**2, n_counties) / pupils)
        # Equal values differ by float dust; a spread below it is none.
        sd = np.where(sd <= _DUST * np.abs(mean), 0.0, sd)
        return Spread(mean, sd, np.where(mean == 0, np.nan, sd / mean))


def spread_of_one(values: Floats, students: Floats) -> tuple[float, float, float]:
    """Mean, standard deviation and CV of the schools of one county.

    >>> spread_of_one(np.array([0.5, 1.5]), np.array([100.0, 100.0]))
    (1.0, 0.5, 0.5)
    """
    result = spread(values, students, np.zeros(len(values), dtype=np.intp), 1)
    return float(result.mean[0]), float(result.sd[0]), float(result.cv[0])


def squared_cv(values: Sequence[Fraction], students: Sequence[int]) -> Fraction:
    """Square of the CV of one county, exact; the mean must not be zero.

    >>> squared_cv([Fraction(1, 2), Fraction(3, 2)], [100, 100])
    Fraction(1, 4)
    """
    pupils = sum(students)
    mean = sum((n * x for n, x in zip(students, values, strict=True)), Fraction(0)) / pupils
    squares = (n * (x - mean) ** 2 for n, x in zip(students, values, strict=True))
    return sum(squares, Fraction(0)) / pupils / mean**2


def composite(cvs: Floats) -> float:
    """Plain mean of the CVs of a stage; NaN if one is missing.

    >>> composite(np.array([0.2, 0.4])), composite(np.array([0.2, np.nan]))
    (0.30000000000000004, nan)
    """
    return float(np.mean(cvs)) if len(cvs) else float("nan")
