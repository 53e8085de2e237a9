"""Named formulas of indicators. A rulebook names one of ``FORMULAS``; it never contains one."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import reduce
from operator import add, and_, sub

import numpy as np

from scoring.elements import ELEMENTS
from scoring.exact import Counted, Ratio
from scoring.sections import Columns, StageSections, stage_code, take
from scoring.words import _


@dataclass(frozen=True)
class Formula:
    """How amounts become a value per pupil."""

    ratio: Callable[[Counted, StageSections, Fraction], Ratio]
    per_stage: bool  # elements have one column a stage
    words: str


def staged_per_student(amount: Counted, sections: StageSections, factor: Fraction) -> Ratio:
    """Amount reported by stage per pupil of the stage.

    Parameters
    ----------
    amount : Counted, shape (n_sections,)
        What the section itself has; never split.
    sections : StageSections
        Sections of one stage, same order.
    factor : Fraction
        Scale of the indicator [e.g. 100 for per hundred pupils] and of the integers.

    Returns
    -------
    Ratio
        Exact value; unknown where amount or pupils are missing.
    """
    known = amount.known & sections.students.known
    return Ratio(amount.ints, np.where(known, sections.students.ints, 1), factor, known)


def shared_per_student(amount: Counted, sections: StageSections, factor: Fraction) -> Ratio:
    """Amount shared by a school's stages, split by weighted pupils, per pupil of the stage.

    The share of a stage is ``w·n / Σ w·n``; divided by its ``n`` pupils, ``x·w / Σ w·n`` remains: a pupil of
    初中 gets exactly 1.1 times what one of 小学 gets. Parameters and result as in ``staged_per_student``;
    unknown as well where the pupils of any stage of the school, 高中 included, are missing.
    """
    known = amount.known & sections.students.known & sections.weighted.known
    return Ratio(amount.ints * sections.weight, np.where(known, sections.weighted.ints, 1), factor, known)


FORMULAS = {
    "staged_per_student": Formula(staged_per_student, True, _("本学段数量 ÷ 本学段在校生数")),
    "shared_per_student": Formula(
        shared_per_student, False, _("学校总量 × 本学段折算学生占比 ÷ 本学段在校生数")
    ),
}


def decimals_of(codes: Sequence[str], stage: str) -> int:
    """Digits kept when the given elements are added up."""
    return max(ELEMENTS[stage_code(code, stage)].decimals for code in codes)


def amount_of(
    columns: Columns, sections: StageSections, adds: Sequence[str], subtracts: Sequence[str], decimals: int
) -> Counted:
    """Sum of some elements minus others, in integers of 10^-decimals; unknown if one part is missing."""
    plus, minus = (
        [take(columns(stage_code(code, sections.stage), decimals), sections.rows) for code in codes]
        for codes in (adds, subtracts)
    )
    ints = reduce(sub, [part.ints for part in minus], reduce(add, [part.ints for part in plus]))
    return Counted(ints, reduce(and_, [part.known for part in (*plus, *minus)]))
