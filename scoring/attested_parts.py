"""Parts that people answer for or that the national monitoring issues."""

from fractions import Fraction
from math import isnan

import pandas as pd

from scoring.evidence import Attestation, MonitoringResult
from scoring.items import Part
from scoring.part_results import Case, Failing, PartResult, name_of, result
from scoring.verdicts import Verdict
from scoring.words import _, listed


def attested(part: Part, case: Case) -> PartResult:
    """Met or not as signed by a named role with evidence; pending without.

    A school that the statement itself names as failing outweighs a conclusion of "met".
    """
    stated = case.attestation(part)
    lacking = _lacking(stated)
    if stated is None or lacking:
        return result(
            part,
            Verdict.PENDING,
            _("%(label)s：待佐证，缺%(lacking)s", label=part.label, lacking=listed(lacking)),
        )
    failing = _failing(part, case, stated)
    met = stated.conclusion == "met" and not failing
    schools = _("，%(n)s 校未达标（%(names)s）", n=len(failing), names=_names(failing)) if failing else ""
    return result(
        part,
        Verdict.MET if met else Verdict.NOT_MET,
        _(
            "%(label)s：结论为%(words)s%(schools)s（%(signed)s）%(statement)s",
            label=part.label,
            words=_("达标") if met else _("未达标"),
            schools=schools,
            signed=_signed_words(stated),
            statement=_("：%(text)s", text=stated.statement) if stated.statement else "",
        ),
        failing=failing,
    )


def veto(part: Part, case: Case) -> PartResult:
    """A case that occurred fails the county at once; that there was none is attested, with a statement."""
    stated = case.attestation(part)
    if stated is not None and stated.conclusion == "not_met":
        return result(
            part,
            Verdict.NOT_MET,
            _("%(label)s：有此情形。%(statement)s", label=part.label, statement=stated.statement),
        )
    lacking = [*_lacking(stated), *([_("说明")] if stated is None or not stated.statement.strip() else [])]
    if stated is None or lacking:
        return result(
            part,
            Verdict.PENDING,
            _("%(label)s：待承诺，缺%(lacking)s", label=part.label, lacking=listed(lacking)),
        )
    clear = _(
        "%(label)s：无此情形（%(role)s %(day)s 签署）：%(statement)s",
        label=part.label,
        role=_(stated.signed_by_role),
        day=stated.signed_on,
        statement=stated.statement,
    )
    return result(part, Verdict.MET, clear)


def _signed_words(stated: Attestation) -> str:
    return _(
        "%(role)s %(day)s 签署，佐证 %(n)s 份",
        role=_(stated.signed_by_role),
        day=stated.signed_on,
        n=stated.n_evidence,
    )


def monitored_level(part: Part, case: Case) -> PartResult:
    """Level of pupils' achievement in each monitored subject, by the newest result of the subject."""
    newest = _newest(case)
    levels = {one.subject: one.level for one in newest}
    least = int(part.limits[""])
    low = [subject for subject, level in levels.items() if level is not None and level < least]
    missing = [subject for subject, level in levels.items() if level is None]
    words = listed(
        _("%(subject)s %(level)s级", subject=_(subject), level=_ROMAN[level])
        for subject, level in levels.items()
        if level
    )
    return _monitored(part, case, newest, low, missing, words, _("不低于 %(level)s级", level=_ROMAN[least]))


def monitored_spread(part: Part, case: Case) -> PartResult:
    """校际差异率 of each monitored subject, strictly below the limit."""
    newest, limit = _newest(case), Fraction(part.limits[""])
    rates = {one.subject: one.difference_rate for one in newest}
    wide = [subject for subject, rate in rates.items() if not isnan(rate) and Fraction(repr(rate)) >= limit]
    missing = [subject for subject, rate in rates.items() if isnan(rate)]
    words = listed(_(subject) + f" {rate:.6g}" for subject, rate in rates.items() if not isnan(rate))
    return _monitored(part, case, newest, wide, missing, words, _("低于 %(limit)s", limit=part.limits[""]))


_ROMAN = ("", "Ⅰ", "Ⅱ", "Ⅲ", "Ⅳ")


def _monitored(
    part: Part,
    case: Case,
    newest: list[MonitoringResult],
    failed: list[str],
    missing: list[str],
    words: str,
    rule: str,
) -> PartResult:
    if not newest:
        return result(part, Verdict.PENDING, _("%(label)s：待国家义务教育质量监测结果", label=part.label))
    verdict = Verdict.NOT_MET if failed else Verdict.NO_DATA if missing else Verdict.MET
    faults = [_("未达到：%(subjects)s", subjects=listed(map(_, failed)))] if failed else []
    faults += [_("缺数据：%(subjects)s", subjects=listed(map(_, missing)))] if missing else []
    unheard = [subject for subject in part.subjects if subject not in {one.subject for one in newest}]
    warning = _("没有%(subjects)s的监测结果，只按已监测学科判定", subjects=listed(unheard))
    return result(
        part,
        verdict,
        listed(
            [_("%(label)s：%(words)s（要求%(rule)s）", label=part.label, words=words, rule=rule), *faults],
            "，",
        ),
        warnings=(warning,) if unheard else (),
    )


def _newest(case: Case) -> list[MonitoringResult]:
    by_year = sorted(case.evidence.monitoring, key=lambda one: one.year)
    return list({one.subject: one for one in by_year}.values())


def _lacking(stated: Attestation | None) -> list[str]:
    if stated is None:
        return [_("结论"), _("签署"), _("佐证材料")]
    is_signed = bool(stated.signed_by_role.strip()) and stated.signed_on is not None
    wanted = {_("结论"): stated.conclusion, _("签署"): is_signed, _("佐证材料"): stated.n_evidence > 0}
    return [name for name, given in wanted.items() if not given]


def _failing(part: Part, case: Case, stated: Attestation) -> tuple[Failing, ...]:
    names = dict(_school_names(case))
    return tuple(
        Failing(
            one.school_code, names.get(one.school_code, one.school_code), "", one.figure, None, "", part.label
        )
        for one in stated.failing
    )


def _school_names(case: Case) -> list[tuple[str, str]]:
    schools = case.measures.schools
    codes = schools.get("school_code", pd.Series(dtype=str))
    return [(str(code), name_of(schools, position)) for position, code in enumerate(codes)]


def _names(failing: tuple[Failing, ...]) -> str:
    shown = listed(f"{one.name} {one.figure}".strip() for one in failing[:3])
    return _("%(names)s等", names=shown) if len(failing) > 3 else shown
