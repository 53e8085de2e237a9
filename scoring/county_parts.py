"""Parts that the figures of the county decide: ratios and values, compared as fractions."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from fractions import Fraction
from math import floor, isnan

from scoring.elements import ELEMENTS
from scoring.items import Part
from scoring.part_results import SENSE_WORDS, Case, PartResult, result
from scoring.verdicts import Verdict
from scoring.words import _, listed

_SHOWN = 4  # missing elements named in a sentence


def county_ratio(part: Part, case: Case) -> PartResult:
    """Sum of some elements over the sum of others (1 if none), times the scale; unrounded, never capped.

    Missing elements give ``no_data``; so does 0 in the denominator, unless ``none_passes`` and both are 0.
    """
    figures = case.measures.county
    missing = [code for code in codes_of(part) if isnan(figures.get(code, float("nan")))]
    if missing:
        names = _labels(missing[:_SHOWN])
        if len(missing) > _SHOWN:
            names = _("%(names)s等 %(n)s 项", names=names, n=len(missing))
        lack = _("%(label)s：缺 %(names)s", label=part.label, names=names)
        return result(part, Verdict.NO_DATA, lack, unit=part.unit)
    above = _total(part.adds, figures) - _total(part.subtracts, figures)
    below = _total(part.per, figures) - _total(part.per_subtracts, figures) if part.per else Fraction(1)
    if below <= 0:
        return _without_whole(part, above, below)
    return _compared(part, case, above / below * part.scale)


def half_up(value: Fraction, decimals: int) -> str:
    """A fraction as the forms print it, rounded half up.

    >>> half_up(Fraction(15200, 179), 1), half_up(Fraction(7000), 0)
    ('84.9', '7000')
    """
    return f"{Decimal(floor(value * 10**decimals + Fraction(1, 2))).scaleb(-decimals):f}"


def codes_of(part: Part) -> tuple[str, ...]:
    """Elements of a part in the order of its formula."""
    return (*part.adds, *part.subtracts, *part.per, *part.per_subtracts)


def _compared(part: Part, case: Case, value: Fraction) -> PartResult:
    limit, shown = Fraction(part.limits[""]), half_up(value, part.decimals)
    met = value >= limit
    otherwise = met != (Fraction(shown) >= limit)
    doubtful = part.warn_above is not None and value > Fraction(part.warn_above)
    return result(
        part,
        Verdict.MET if met else Verdict.NOT_MET,
        _(
            "%(label)s：%(working)s＝%(shown)s %(unit)s，%(sign)s %(limit)s%(flip)s",
            label=part.label,
            working=_working(part, case),
            shown=shown,
            unit=part.unit,
            sign=_("达到") if met else SENSE_WORDS[part.sense],
            limit=f"{part.limits['']:f}",
            flip=_("（按四舍五入值会得出相反结论）") if otherwise else "",
        ),
        value=float(value),
        limit=float(limit),
        unit=part.unit,
        warnings=(_doubt(part, value),) if doubtful else (),
        printed_otherwise=otherwise,
    )


def _doubt(part: Part, value: Fraction) -> str:
    return _(
        "%(label)s %(value)s%(unit)s，超过 %(limit)s%(unit)s，未作截断，请核对",
        label=part.label,
        value=half_up(value, 2),
        unit=part.unit,
        limit=part.warn_above,
    )


def _without_whole(part: Part, above: Fraction, below: Fraction) -> PartResult:
    if part.none_passes and above == below == 0:
        nobody = _("%(label)s：%(names)s为 0，没有对象", label=part.label, names=_labels(part.per))
        return result(part, Verdict.MET, nobody, unit=part.unit)
    undefined = _("%(label)s：分母为 %(below)s，无法计算", label=part.label, below=below)
    return result(part, Verdict.NO_DATA, undefined, unit=part.unit)


def _total(codes: Sequence[str], figures: Mapping[str, float]) -> Fraction:
    return sum((exactly(code, figures[code]) for code in codes), Fraction(0))


def exactly(code: str, figure: float) -> Fraction:
    """A figure of an element as a fraction, with the digits that the element keeps.

    >>> exactly("special_funds_wan", 73.5), exactly("nearby_junior", 94.99999999)
    (Fraction(147, 2), Fraction(95, 1))
    """
    scale = 10 ** ELEMENTS[code].decimals
    return Fraction(round(figure * scale), scale)


def _working(part: Part, case: Case) -> str:
    above = _terms(part.adds, part.subtracts, case)
    below = _terms(part.per, part.per_subtracts, case)
    if not below:
        return above
    bottom = _("（%(text)s）", text=below) if len(part.per) + len(part.per_subtracts) > 1 else below
    top = _("（%(text)s）", text=above) if len(part.adds) + len(part.subtracts) > 1 else above
    return listed([top, " ÷ ", bottom, "" if part.scale == 1 else f" × {part.scale}"], "")


def _terms(plus: Sequence[str], minus: Sequence[str], case: Case) -> str:
    figures = case.measures.county
    signed = [*((_("＋"), code) for code in plus), *((_("−"), code) for code in minus)]
    terms = [part for sign, code in signed for part in (sign, ELEMENTS[code].label, f" {figures[code]:.12g}")]
    return listed(terms[1:], "") if plus else listed(terms, "")


def _labels(codes: Sequence[str]) -> str:
    return listed(ELEMENTS[code].label for code in codes)


def satisfaction(part: Part, case: Case) -> PartResult:
    """Satisfied of valid questionnaires over all groups of ``adds`` and ``per``; a group not asked holds 0.

    A group without figures leaves the item without data: who is left out would decide the result.
    """
    figures = case.measures.county
    over = [
        valid
        for good, valid in zip(part.adds, part.per, strict=True)
        if figures.get(good, 0) > figures.get(valid, float("inf"))
    ]
    if over:
        words = _("%(label)s：满意问卷多于有效问卷（%(names)s）", label=part.label, names=_labels(over))
        return result(part, Verdict.NO_DATA, words, unit=part.unit)
    return county_ratio(part, case)
