"""The mean of the CVs (综合差异系数) against its limit, for standards that judge nothing else."""

from collections.abc import Sequence
from decimal import Decimal, localcontext
from fractions import Fraction
from math import isqrt
from typing import Any

import numpy as np

from scoring.dispersion import composite, squared_cv
from scoring.elements import ELEMENTS, STAGE_LABELS
from scoring.evaluation import Evaluation, StageResult
from scoring.exact import printed
from scoring.standard import Composite, Standard
from scoring.verdicts import Verdict, overall
from scoring.words import _, listed, sentence

_DUST = 1e-9  # composites this close to the limit are decided without floats


def composite_rows(evaluation: Evaluation, standard: Standard) -> list[dict[str, Any]]:
    """The one item of a standard that judges its composite CV, with a part for each stage that has schools.

    Keys as in ``rollup.ITEM_COLUMNS``. None for other standards. One county.
    """
    rule = standard.composite
    if rule is None:
        return []
    parts = [_part(result, rule) for result in evaluation.stages if len(result.sections.rows)]
    reasons = [part["reason"] for part in parts] or [_("没有可评估的学校数据")]
    return [
        {
            **{key: getattr(rule, key) for key in ("code", "label", "group", "clause")},
            "level": "county",
            "mode": "computed",
            "verdict": str(overall(part["verdict"] for part in parts)),
            "value": np.nan,
            "unit": "1",
            "reason": sentence([*reasons, *_who_is_in(standard)]),
            "failing": [],
            "warnings": [],
            "settings": {},
            "relaxed": [],
            "parts": parts,
        }
    ]


def mean_root_at_most(squares: Sequence[Fraction], limit: Fraction) -> bool:
    """Whether the mean of the square roots is at most a limit, decided exactly.

    A sum of positive roots is rational only if every root is; otherwise it never equals the limit, and enough
    digits tell on which side it lies.

    >>> mean_root_at_most([Fraction(1, 4), Fraction(16, 25)], Fraction("0.65"))
    True
    >>> mean_root_at_most([Fraction(1, 4), Fraction(16, 25) + Fraction(1, 10**40)], Fraction("0.65"))
    False
    """
    bound = limit * len(squares)
    roots = [_root(square) for square in squares]
    exact = [root for root in roots if root is not None]
    if len(exact) == len(roots):
        return sum(exact, Fraction(0)) <= bound
    digits = 50
    while (excess := _excess(squares, bound, digits)) is None:
        digits *= 2
    return excess < 0


def _part(result: StageResult, rule: Composite) -> dict[str, Any]:
    stage = result.sections.stage
    cvs = {code: float(judged.spread.cv[0]) for code, judged in result.judged.items()}
    value, limit = composite(np.array(list(cvs.values()))), Fraction(rule.at_most[stage])
    verdict = _verdict(result, value, limit)
    shown_within = Fraction(printed(value, 3)) <= limit if not np.isnan(value) else None
    return {
        "key": stage,
        "label": STAGE_LABELS[stage],
        "mode": "computed",
        "verdict": str(verdict),
        "reason": _reason(stage, cvs, value, rule, verdict),
        "value": value,
        "limit": float(limit),
        "unit": "1",
        "printed_otherwise": shown_within is not None and shown_within != (verdict == Verdict.MET),
    }


def _verdict(result: StageResult, value: float, limit: Fraction) -> Verdict:
    if np.isnan(value):
        return Verdict.NO_DATA
    within = value <= float(limit)
    if abs(value - float(limit)) < _DUST:
        within = mean_root_at_most(_squares(result), limit)
    return Verdict.MET if within else Verdict.NOT_MET


def _squares(result: StageResult) -> list[Fraction]:
    students = result.sections.students.ints.tolist()
    ratios = [judged.ratio for judged in result.judged.values()]
    return [
        squared_cv(
            [Fraction(a, b) for a, b in zip(ratio.num.tolist(), ratio.den.tolist(), strict=True)], students
        )
        for ratio in ratios
    ]


def _reason(stage: str, cvs: dict[str, float], value: float, rule: Composite, verdict: Verdict) -> str:
    each = listed(f"{code} {printed(cv, 3)}" for code, cv in cvs.items())
    if verdict == Verdict.NO_DATA:
        return _(
            "%(stage)s有差异系数因数据缺失无法计算，不能求平均（%(each)s）",
            stage=STAGE_LABELS[stage],
            each=each,
        )
    sign = "≤" if verdict == Verdict.MET else ">"
    flip = Fraction(printed(value, 3)) <= rule.at_most[stage] and verdict != Verdict.MET
    return _(
        "%(stage)s %(n)s 项差异系数平均 %(mean)s%(note)s（%(each)s）",
        stage=STAGE_LABELS[stage],
        n=len(cvs),
        mean=f"{printed(value, 3)}{sign}{rule.at_most[stage]}",
        note=_("（按四舍五入值会得出相反结论）") if flip else "",
        each=each,
    )


def _who_is_in(standard: Standard) -> list[str]:
    names = {code: name for name, code in ELEMENTS["owner_code"].choices.items() if name != code}
    owners = listed(_(names[code]) for code in standard.inclusion.owners)
    return [_("只计入%(owners)s举办的学校，未填举办者的学校也计入", owners=owners)] if owners else []


def _root(square: Fraction) -> Fraction | None:
    root = Fraction(isqrt(square.numerator), isqrt(square.denominator))
    return root if root**2 == square else None


def _excess(squares: Sequence[Fraction], bound: Fraction, digits: int) -> Decimal | None:
    """Sum of the roots minus a bound; None if that many digits can't tell it from zero."""
    with localcontext() as context:
        context.prec = digits
        total = sum((_decimal(square).sqrt() for square in squares), Decimal(0)) - _decimal(bound)
        # Each step is off by less than a unit of its last digit; the terms are of the size of 1.
        return total if abs(total) > Decimal(10) ** (8 - digits) else None


def _decimal(value: Fraction) -> Decimal:
    return Decimal(value.numerator) / Decimal(value.denominator)
