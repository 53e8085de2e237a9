"""Computed hints: what a county's yearly figures say about the items of a rubric, with the working.

Ratios are exact fractions and are compared unrounded; the printed figure stands beside. A county has some
dozen years, so there is nothing to vectorise.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction

import pandas as pd

from scoring.elements import ELEMENTS
from scoring.rounding import half_up
from scoring.rubric.model import Check, Rubric
from scoring.verdicts import VERDICT_LABELS, Verdict
from scoring.words import _, listed

NOT_APPLICABLE = "not_applicable"  # 0 of 0: neither 0 % nor 100 %
HINT_LABELS = {
    **{str(verdict): label for verdict, label in VERDICT_LABELS.items()},
    NOT_APPLICABLE: _("不适用"),
}
Figures = Mapping[int, Mapping[str, Fraction]]  # year → element code → figure; a missing one is absent


class Flag(StrEnum):
    """What a reader should know beside a verdict."""

    ABSOLUTE_FALL = "absolute_fall"
    ROUNDING = "rounding"
    ROUNDED_GROWTH = "rounded_growth"
    ABOVE = "above"
    NO_BASE = "no_base"


FLAG_LABELS = {
    Flag.ABSOLUTE_FALL: _("绝对数下降"),
    Flag.ROUNDING: _("按取整值会得出相反结论"),
    Flag.ROUNDED_GROWTH: _("按取整值计算的增长率不同"),
    Flag.ABOVE: _("超出合理上限，请核对，不作截断"),
    Flag.NO_BASE: _("分母为0而分子不为0，请核对"),
}


@dataclass(frozen=True)
class Hint:
    """One check in one year."""

    item: str
    part: str
    label: str
    year: int
    unit: str
    value: Fraction | None  # unrounded; for ``faster`` the growth [%]; None = missing or not applicable
    printed: str  # rounded half up for print, "—" if None
    change: str  # against the year before, "" if there is none to state
    verdict: str  # of Verdict, or NOT_APPLICABLE
    flags: tuple[Flag, ...]
    working: str
    counts: bool


@dataclass(frozen=True)
class _Quotient:
    amount: Fraction
    whole: Fraction
    scale: int

    @property
    def value(self) -> Fraction:
        return self.amount / self.whole * self.scale


@dataclass(frozen=True)
class _Growth:
    before: Fraction
    now: Fraction

    @property
    def percent(self) -> Fraction:
        return (self.now / self.before - 1) * 100


def hints(rubric: Rubric, annual: pd.DataFrame) -> tuple[Hint, ...]:
    """Every check of a rubric in every year.

    Parameters
    ----------
    rubric : Rubric
        From ``load_rubric``.
    annual : DataFrame
        One row a year (index: int), columns = element codes; NaN = missing.

    Returns
    -------
    tuple of Hint
        In the order of the document, then of the years. A missing figure gives ``no_data``; 0/0 is not
        applicable; growth needs the year right before; a check without a limit is ``pending``.
    """
    figures = _figures(annual)
    return tuple(
        _hint(item.code, part.label, check, year, figures)
        for item, part, check in rubric.checks()
        for year in sorted(figures)
    )


def _figures(annual: pd.DataFrame) -> Figures:
    return {
        int(str(year)): {str(code): Fraction(str(value)) for code, value in row.items() if not pd.isna(value)}
        for year, row in annual.iterrows()
    }


def _hint(item: str, part: str, check: Check, year: int, figures: Figures) -> Hint:
    result = _KINDS[check.kind](check, year, figures)
    return Hint(
        item,
        part,
        check.label,
        year,
        check.unit,
        result.value,
        "—" if result.value is None else str(half_up(result.value, check.decimals)),
        result.change,
        result.verdict,
        result.flags,
        result.working,
        check.counts,
    )


@dataclass(frozen=True)
class _Result:
    value: Fraction | None
    verdict: str
    working: str
    flags: tuple[Flag, ...] = ()
    change: str = ""


def _missing(check: Check, years: list[int], figures: Figures) -> _Result:
    gaps = [
        _("%(year)s年%(label)s", year=year, label=ELEMENTS[code].label)
        for year in years
        for code in check.codes
        if code not in figures.get(year, {})
    ]
    return _Result(None, Verdict.NO_DATA, _("缺 %(names)s", names=listed(gaps)))


def _ratio(check: Check, year: int, figures: Figures) -> _Result:
    """Numerator over denominator against a limit."""
    now = _quotient(check, year, figures)
    if now is None:
        return _missing(check, [year], figures)
    if not now.whole:
        words = f"{_plain(now.amount)} ÷ 0"
        nothing = _Result(None, NOT_APPLICABLE, words)
        return _Result(None, Verdict.NO_DATA, words, (Flag.NO_BASE,)) if now.amount else nothing
    verdict = _compared(check, year, now.value)
    flags = [Flag.ROUNDING] if _turned_by_rounding(check, year, now.value) else []
    if check.warn_above is not None and now.value > check.warn_above:
        flags.append(Flag.ABOVE)
    return _Result(now.value, verdict, _ratio_words(check, year, now), tuple(flags))


def _rise(check: Check, year: int, figures: Figures) -> _Result:
    """Numerator over denominator against the same a year before."""
    now, before = (_quotient(check, when, figures) for when in (year, year - 1))
    if now is None or before is None:
        return _missing(check, [year - 1, year], figures)
    if not now.whole or not before.whole:
        return _Result(None, Verdict.NO_DATA, _("分母为0"), (Flag.NO_BASE,))
    verdict = Verdict.MET if now.value > before.value else Verdict.NOT_MET
    working = _(
        "%(before)s（%(year)s年）→ %(now)s",
        before=_quotient_words(check, before),
        year=year - 1,
        now=_quotient_words(check, now),
    )
    change = _change(check, now.value, before.value)
    return _Result(now.value, verdict, working, _rise_flags(check, now, before), change)


def _faster(check: Check, year: int, figures: Figures) -> _Result:
    """Growth of an amount above the growth of another."""
    own, other = _growth(check.adds, year, figures), _growth(check.than, year, figures)
    if own is None or other is None:
        return _missing(check, [year - 1, year], figures)
    if not own.before or not other.before:
        return _Result(None, Verdict.NO_DATA, _("上年为0"), (Flag.NO_BASE,))
    printed = [half_up(growth.percent, check.decimals) for growth in (own, other)]
    is_faster = own.percent > other.percent
    flags = [Flag.ABSOLUTE_FALL] if own.now < own.before else []
    flags += [Flag.ROUNDING] if (printed[0] > printed[1]) != is_faster else []
    words = _(
        "%(own)s；%(label)s%(other)s",
        own=_growth_words(own, printed[0]),
        label=ELEMENTS[check.than[0]].label,
        other=_growth_words(other, printed[1]),
    )
    return _Result(own.percent, Verdict.MET if is_faster else Verdict.NOT_MET, words, tuple(flags))


_KINDS = {"ratio": _ratio, "rise": _rise, "faster": _faster}


def _growth(codes: tuple[str, ...], year: int, figures: Figures) -> _Growth | None:
    before, now = (_sum(codes, when, figures) for when in (year - 1, year))
    return None if before is None or now is None else _Growth(before, now)


def _growth_words(growth: _Growth, printed: Decimal) -> str:
    return _(
        "%(before)s → %(now)s，增长 %(percent)s%%",
        before=_plain(growth.before),
        now=_plain(growth.now),
        percent=printed,
    )


def _quotient(check: Check, year: int, figures: Figures) -> _Quotient | None:
    amount, whole = _sum(check.adds, year, figures), _sum(check.per, year, figures)
    less = _sum(check.per_subtracts, year, figures)
    if amount is None or whole is None or less is None:
        return None
    return _Quotient(amount, whole - less if check.per else Fraction(1), check.scale)


def _sum(codes: tuple[str, ...], year: int, figures: Figures) -> Fraction | None:
    given = figures.get(year, {})
    return sum((given[code] for code in codes), Fraction(0)) if all(code in given for code in codes) else None


def _compared(check: Check, year: int, value: Fraction) -> str:
    limit = check.limit_in(year)
    if limit is None:
        return Verdict.PENDING
    meets = value >= limit if check.sense == "at_least" else value <= limit
    return Verdict.MET if meets else Verdict.NOT_MET


def _turned_by_rounding(check: Check, year: int, value: Fraction) -> bool:
    limit = check.limit_in(year)
    if limit is None:
        return False
    coarsest = max(-int(limit.normalize().as_tuple().exponent), 0)
    rounded = (Fraction(half_up(value, digits)) for digits in range(coarsest, check.decimals + 1))
    return any(_compared(check, year, one) != _compared(check, year, value) for one in rounded)


def _rise_flags(check: Check, now: _Quotient, before: _Quotient) -> tuple[Flag, ...]:
    own = [Fraction(half_up(one.value, check.decimals)) for one in (now, before)]
    flags = [Flag.ABSOLUTE_FALL] if now.amount < before.amount else []
    flags += [Flag.ROUNDING] if (own[0] > own[1]) != (now.value > before.value) else []
    if _change(check, now.value, before.value) != _change(check, own[0], own[1]):
        flags.append(Flag.ROUNDED_GROWTH)
    return tuple(flags)


def _change(check: Check, now: Fraction, before: Fraction) -> str:
    if check.unit == "%":
        return _("%(n)s 个百分点", n=half_up(now - before, 2))
    return f"{half_up((now / before - 1) * 100, 2)}%" if before else ""


def _ratio_words(check: Check, year: int, now: _Quotient) -> str:
    limit = check.limit_in(year)
    sign = {"at_least": "≥", "at_most": "≤"}.get(check.sense)
    stated = _("，标准 %(limit)s", limit=f"{sign} {limit}") if limit is not None else _("，未载明标准")
    return _quotient_words(check, now) + stated


def _quotient_words(check: Check, one: _Quotient) -> str:
    shown = listed([str(half_up(one.value, check.decimals)), check.unit if check.unit != "1" else ""], "")
    if not check.per:
        return shown
    scale = f" × {check.scale}" if check.scale != 1 else ""
    return _(
        "%(working)s＝%(shown)s", working=f"{_plain(one.amount)} ÷ {_plain(one.whole)}{scale}", shown=shown
    )


def _plain(figure: Fraction) -> str:
    return f"{float(figure):.12g}"


def of_year(given: tuple[Hint, ...], year: int) -> Iterator[Hint]:
    """The hints of one year."""
    return (hint for hint in given if hint.year == year)
