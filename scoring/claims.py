"""Recompute a report's own figures: does what it prints follow from what it gives?"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from enum import StrEnum
from fractions import Fraction

from scoring.errors import BadClaim
from scoring.rounding import cut_off, half_up
from scoring.words import _, listed

_SENSES = {"at_least": "≥", "at_most": "≤", "above": "＞", "below": "＜"}


class Outcome(StrEnum):
    """What a recomputation says about a printed figure."""

    AGREES = "agrees"
    ROUNDING_ONLY = "rounding_only"
    DOES_NOT_FOLLOW = "does_not_follow"


OUTCOME_LABELS = {
    Outcome.AGREES: _("一致"),
    Outcome.ROUNDING_ONLY: _("仅取整之差"),
    Outcome.DOES_NOT_FOLLOW: _("不能由其数据得出"),
}


@dataclass(frozen=True)
class Claim:
    """A figure that a report prints, with the figures that it gives for it.

    printed : as printed, e.g. "4.92"; its digits say how it was rounded.
    formula : name in ``FORMULAS``. inputs : as printed, in the order of the formula.
    sense, limit : at_least, at_most, above or below a limit, where the figure is judged.
    says_met : what the report concludes about the limit; None = it leaves that to the printed figure.
    """

    label: str
    printed: str
    formula: str
    inputs: tuple[str, ...]
    sense: str = ""
    limit: str = ""
    says_met: bool | None = None


@dataclass(frozen=True)
class Finding:
    """A claim recomputed."""

    claim: Claim
    outcome: Outcome
    exact: Fraction
    recomputed: str  # rounded half up, with two digits more than the report prints
    words: str  # a sentence in Chinese with both values


def check_claim(claim: Claim) -> Finding:
    """Recompute one claim in exact fractions.

    It agrees when the printed figure is the exact value rounded half up and leads to the same conclusion.
    Only rounding is wrong when the figure was cut off instead, or when its rounding turns the conclusion.

    Raises BadClaim for an unknown formula, a wrong number of inputs, text, or a division by zero.

    >>> check_claim(Claim("交流率", "5", "percent", ("332", "6744"), "at_least", "5")).words
    '交流率：印为 5，按所列数据为 4.92；印出值满足 ≥5，实际值不满足。'
    """
    exact, printed = _value(claim), _figure(claim, claim.printed)
    digits = _digits(claim.printed)
    outcome = _outcome(claim, exact, printed, digits)
    recomputed = str(half_up(exact, digits + 2))
    return Finding(claim, outcome, exact, recomputed, _words(claim, exact, printed, recomputed))


def _ratio(part: Fraction, whole: Fraction) -> Fraction:
    return part / whole


def _growth(now: Fraction, before: Fraction) -> Fraction:
    return (now / before - 1) * 100


FORMULAS: Mapping[str, tuple[int | None, Callable[..., Fraction]]] = {
    # name: number of inputs (None: any), formula
    "value": (1, lambda value: value),
    "sum": (None, lambda *values: sum(values, Fraction(0))),
    "mean": (None, lambda *values: sum(values, Fraction(0)) / len(values)),
    "difference": (2, lambda first, second: first - second),
    "ratio": (2, _ratio),
    "percent": (2, lambda part, whole: 100 * _ratio(part, whole)),
    "per_hundred": (2, lambda part, pupils: 100 * _ratio(part, pupils)),
    "yuan_per_pupil": (2, lambda wan, pupils: 10_000 * _ratio(wan, pupils)),
    "growth": (2, _growth),
    "growth_per_pupil": (4, lambda now, pupils, before, then: _growth(now / pupils, before / then)),
    "change_of_share": (4, lambda now, whole, before, then: 100 * (now / whole - before / then)),
}


def _value(claim: Claim) -> Fraction:
    if claim.formula not in FORMULAS:
        raise BadClaim(
            claim.label,
            _(
                "未知的算法 %(formula)s，可用的有：%(formulas)s",
                formula=claim.formula,
                formulas=listed(FORMULAS),
            ),
        )
    wanted, formula = FORMULAS[claim.formula]
    if not claim.inputs or wanted not in (None, len(claim.inputs)):
        raise BadClaim(
            claim.label,
            _(
                "算法 %(formula)s 需要 %(wanted)s 个数，给了 %(n_inputs)s 个",
                formula=claim.formula,
                wanted=wanted or _("若干"),
                n_inputs=len(claim.inputs),
            ),
        )
    try:
        return formula(*(_figure(claim, text) for text in claim.inputs))
    except ZeroDivisionError as problem:
        raise BadClaim(claim.label, _("分母为 0，无法计算")) from problem


def _figure(claim: Claim, text: str) -> Fraction:
    try:
        return Fraction(Decimal(text.replace(",", "")))
    except (InvalidOperation, ValueError, OverflowError) as problem:
        raise BadClaim(claim.label, _("“%(text)s”不是数值", text=text)) from problem


def _digits(text: str) -> int:
    return len(text.partition(".")[2])


def _outcome(claim: Claim, exact: Fraction, printed: Fraction, digits: int) -> Outcome:
    is_rounded = printed == Fraction(half_up(exact, digits))
    if not is_rounded and printed != Fraction(cut_off(exact, digits)):
        return Outcome.DOES_NOT_FOLLOW
    truly, as_printed = _meets(claim, exact), _meets(claim, printed)
    concluded = as_printed if claim.says_met is None else claim.says_met
    if concluded != truly and as_printed == truly:
        return Outcome.DOES_NOT_FOLLOW
    return Outcome.AGREES if is_rounded and concluded == truly else Outcome.ROUNDING_ONLY


def _meets(claim: Claim, value: Fraction) -> bool | None:
    if not claim.sense:
        return None
    if claim.sense not in _SENSES:
        raise BadClaim(
            claim.label,
            _("未知的比较 %(sense)s，可用的有：%(senses)s", sense=claim.sense, senses=listed(_SENSES)),
        )
    limit = _figure(claim, claim.limit)
    return {
        "at_least": value >= limit,
        "at_most": value <= limit,
        "above": value > limit,
        "below": value < limit,
    }[claim.sense]


def _words(claim: Claim, exact: Fraction, printed: Fraction, recomputed: str) -> str:
    words = _(
        "%(label)s：印为 %(printed)s，按所列数据为 %(recomputed)s",
        label=claim.label,
        printed=claim.printed,
        recomputed=recomputed,
    )
    if claim.sense:
        rule = f"{_SENSES[claim.sense]}{claim.limit}"
        words += _(
            "；印出值%(meeting)s %(rule)s，实际值%(meeting_2)s",
            meeting=_meeting(claim, printed),
            rule=rule,
            meeting_2=_meeting(claim, exact),
        )
    if claim.says_met is not None:
        words += _("，报告称%(words)s", words=_("达到") if claim.says_met else _("未达到"))
    return f"{words}。"


def _meeting(claim: Claim, value: Fraction) -> str:
    return _("满足") if _meets(claim, value) else _("不满足")
