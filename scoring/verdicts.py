"""The four statuses and the rules that give them."""

from collections.abc import Iterable, Sequence
from enum import StrEnum
from fractions import Fraction
from functools import reduce
from operator import add, and_, or_

import numpy as np
import numpy.typing as npt

from scoring.dispersion import squared_cv
from scoring.exact import Flags, Floats, Ratio
from scoring.standard import SchoolRule
from scoring.words import _

Words = npt.NDArray[np.str_]
_DUST = 1e-9  # CVs this close to the limit are decided in fractions


class Verdict(StrEnum):
    """Status of a value, a school, an item or a county."""

    MET = "met"
    NOT_MET = "not_met"
    PENDING = "pending"
    NO_DATA = "no_data"


VERDICT_LABELS = {
    Verdict.MET: _("达标"),
    Verdict.NOT_MET: _("未达标"),
    Verdict.PENDING: _("待定"),
    Verdict.NO_DATA: _("缺数据"),
}
_GRAVEST_FIRST = (Verdict.NOT_MET, Verdict.NO_DATA, Verdict.PENDING, Verdict.MET)


_SECTION_WORDS = np.array([Verdict.NOT_MET.value, Verdict.NO_DATA.value, Verdict.MET.value])


def overall(verdicts: Iterable[str]) -> Verdict:
    """One verdict for many: met only if all are; a failure outweighs a gap, a gap outweighs waiting.

    >>> overall(["met", "pending", "no_data"]), overall(["met", "not_met", "no_data"]), overall([])
    (<Verdict.NO_DATA: 'no_data'>, <Verdict.NOT_MET: 'not_met'>, <Verdict.NO_DATA: 'no_data'>)
    """
    given = set(verdicts)
    return next((verdict for verdict in _GRAVEST_FIRST if verdict in given), Verdict.NO_DATA)


def of_flags(known: Flags, met: Flags) -> Words:
    """Verdict of each value; the unknown come first, so that a gap never passes.

    >>> of_flags(np.array([True, True, False]), np.array([True, False, False])).tolist()
    ['met', 'not_met', 'no_data']
    """
    return np.select([~known, met], [Verdict.NO_DATA.value, Verdict.MET.value], Verdict.NOT_MET.value)


def unjudged(known: Flags) -> Words:
    """Verdict of values that no rule judges: empty, but a gap is still a gap.

    >>> unjudged(np.array([True, False])).tolist()
    ['', 'no_data']
    """
    return np.where(known, "", Verdict.NO_DATA.value)


def of_sections(
    known: Sequence[Flags], met: Sequence[Flags], above_floor: Sequence[Flags], rule: SchoolRule
) -> Words:
    """Verdict of each section by the school rule: enough indicators met and none below the floor.

    A section fails as soon as what is known makes it fail; otherwise any missing value leaves it undecided.
    """
    missed = reduce(
        add, [(is_known & ~is_met).view(np.int8) for is_known, is_met in zip(known, met, strict=True)]
    )
    below = reduce(or_, [is_known & ~above for is_known, above in zip(known, above_floor, strict=True)])
    fails = below | (missed > len(met) - rule.met_at_least)
    return _SECTION_WORDS[np.where(fails, 0, np.where(reduce(and_, known), 2, 1))]


def of_cvs(
    cv: Floats, limit: Fraction, ratio: Ratio, students: npt.NDArray[np.int64], county: npt.NDArray[np.intp]
) -> Words:
    """Verdict of each county's CV; those that floats can't tell from the limit are decided in fractions."""
    within = cv <= float(limit)
    for position in np.flatnonzero(np.abs(cv - float(limit)) < _DUST):
        chosen = county == position
        within[position] = _within(limit, ratio.num[chosen], ratio.den[chosen], students[chosen])
    return of_flags(~np.isnan(cv), within)


def printed_cv_within(cv: Floats, limit: Fraction) -> Flags:
    """Whether each CV would be within the limit once rounded half up to 3 decimals; false if missing.

    >>> printed_cv_within(np.array([0.5004, 0.5006]), Fraction("0.5")).tolist()
    [True, False]
    """
    return np.floor(cv * 1000 + 0.5) <= float(limit * 1000)


def _within(
    limit: Fraction, num: npt.NDArray[np.int64], den: npt.NDArray[np.int64], students: npt.NDArray[np.int64]
) -> bool:
    values = [Fraction(int(a), int(b)) for a, b in zip(num, den, strict=True)]
    weights = [int(n) for n in students]
    return squared_cv(values, weights) <= limit**2
