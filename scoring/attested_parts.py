"""Parts that people answer for or that the national monitoring issues."""

from fractions import Fraction
from math import isnan

import pandas as pd

from scoring.evidence import Attestation, MonitoringResult
from scoring.items import Part
from scoring.part_results import Case, Failing, PartResult, name_of, result
from scoring.verdicts import Verdict


def attested(part: Part, case: Case) -> PartResult:
    """Met or not as signed by a named role with evidence; pending without.

    A school that the statement itself names as failing outweighs a conclusion of "met".
    """
    stated = case.attestation(part)
    lacking = _lacking(stated)
    if stated is None or lacking:
        return result(part, Verdict.PENDING, f"{part.label}：待佐证，缺{'、'.join(lacking)}")
    failing = _failing(part, case, stated)
    met = stated.conclusion == "met" and not failing
    words = "达标" if met else "未达标"
    signed = f"{stated.signed_by_role} {stated.signed_on} 签署，佐证 {stated.n_evidence} 份"
    schools = f"，{len(failing)} 校未达标（{_names(failing)}）" if failing else ""
    statement = f"：{stated.statement}" if stated.statement else ""
    return result(
        part,
        Verdict.MET if met else Verdict.NOT_MET,
        f"{part.label}：结论为{words}{schools}（{signed}）{statement}",
        failing=failing,
    )


def veto(part: Part, case: Case) -> PartResult:
    """A case that occurred fails the county at once; that there was none is attested, with a statement."""
    stated = case.attestation(part)
    if stated is not None and stated.conclusion == "not_met":
        return result(part, Verdict.NOT_MET, f"{part.label}：有此情形。{stated.statement}")
    lacking = [*_lacking(stated), *(["说明"] if stated is None or not stated.statement.strip() else [])]
    if stated is None or lacking:
        return result(part, Verdict.PENDING, f"{part.label}：待承诺，缺{'、'.join(lacking)}")
    signed = f"{stated.signed_by_role} {stated.signed_on} 签署"
    return result(part, Verdict.MET, f"{part.label}：无此情形（{signed}）：{stated.statement}")


def monitored_level(part: Part, case: Case) -> PartResult:
    """Level of pupils' achievement in each monitored subject, by the newest result of the subject."""
    newest = _newest(case)
    levels = {one.subject: one.level for one in newest}
    least = int(part.limits[""])
    low = [subject for subject, level in levels.items() if level is not None and level < least]
    missing = [subject for subject, level in levels.items() if level is None]
    words = "、".join(f"{subject} {_ROMAN[level]}级" for subject, level in levels.items() if level)
    return _monitored(part, case, newest, low, missing, words, f"不低于 {_ROMAN[least]}级")


def monitored_spread(part: Part, case: Case) -> PartResult:
    """校际差异率 of each monitored subject, strictly below the limit."""
    newest, limit = _newest(case), Fraction(part.limits[""])
    rates = {one.subject: one.difference_rate for one in newest}
    wide = [subject for subject, rate in rates.items() if not isnan(rate) and Fraction(repr(rate)) >= limit]
    missing = [subject for subject, rate in rates.items() if isnan(rate)]
    words = "、".join(f"{subject} {rate:.6g}" for subject, rate in rates.items() if not isnan(rate))
    return _monitored(part, case, newest, wide, missing, words, f"低于 {part.limits['']}")


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
        return result(part, Verdict.PENDING, f"{part.label}：待国家义务教育质量监测结果")
    verdict = Verdict.NOT_MET if failed else Verdict.NO_DATA if missing else Verdict.MET
    faults = [f"未达到：{'、'.join(failed)}"] if failed else []
    faults += [f"缺数据：{'、'.join(missing)}"] if missing else []
    unheard = [subject for subject in part.subjects if subject not in {one.subject for one in newest}]
    warning = f"没有{'、'.join(unheard)}的监测结果，只按已监测学科判定"
    return result(
        part,
        verdict,
        "，".join([f"{part.label}：{words}（要求{rule}）", *faults]),
        warnings=(warning,) if unheard else (),
    )


def _newest(case: Case) -> list[MonitoringResult]:
    by_year = sorted(case.evidence.monitoring, key=lambda one: one.year)
    return list({one.subject: one for one in by_year}.values())


def _lacking(stated: Attestation | None) -> list[str]:
    if stated is None:
        return ["结论", "签署", "佐证材料"]
    is_signed = bool(stated.signed_by_role.strip()) and stated.signed_on is not None
    wanted = {"结论": stated.conclusion, "签署": is_signed, "佐证材料": stated.n_evidence > 0}
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
    shown = "、".join(f"{one.name} {one.figure}".strip() for one in failing[:3])
    return f"{shown}等" if len(failing) > 3 else shown
