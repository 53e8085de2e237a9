"""Sections and spreads → one verdict an item and one for the county."""

from collections.abc import Hashable, Mapping, Sequence
from typing import Any

import pandas as pd

from scoring.assessment import CountyResult
from scoring.dispersion import composite
from scoring.elements import STAGE_LABELS, STAGES
from scoring.exact import printed
from scoring.item_rows import relaxation_words
from scoring.standard import Indicator, Relaxation, Standard
from scoring.verdicts import Verdict, overall
from scoring.words import _, listed, sentence

ITEM_COLUMNS = [
    "code", "label", "group", "level", "mode", "verdict", "value", "unit", "reason", "clause",
    "failing", "warnings", "settings", "relaxed", "parts",
]  # fmt: skip
_NO_SECTIONS = _("没有可评估的学校数据，县级均值不能代替逐校判定。")


def items_frame(
    sections: pd.DataFrame,
    indicators: pd.DataFrame,
    standard: Standard,
    relaxations: tuple[Relaxation, ...],
    others: Sequence[Mapping[str, Any]] = (),
) -> pd.DataFrame:
    """One row an item of the standard: the resource indicators, then ``others``.

    ``others`` are of ``composite_rows`` and ``item_rows``; where only the composite CV is judged, the
    indicators are no items of their own.

    Columns: code, label, group, level (school, county), mode (computed, limit, attested, external, veto,
    joined by "+" where parts differ), verdict, value (at level school the share of sections or schools that
    comply [%]; NaN = missing or no number), unit of the value, reason (a sentence in Chinese), clause, and

    failing : list of ``{school_code, name, stage ("" = whole school), figure, limit, unit, part}``, every
        school that counts against the item; figure is a word where no number was judged.
    warnings : list of sentences. settings : open questions that shaped it, name → choice.
    relaxed : codes of the relaxations that a figure or limit of it depends on.
    parts : list of ``{key, label, mode, verdict, reason, value, limit, unit, printed_otherwise}``; empty for
        a resource indicator.

    A resource indicator is met when every CV is within its limit and no section fails the school rule by it:
    a miss that the rule allows (one of seven, above the floor) does not count against it.
    """
    judged = standard.indicators if standard.judges_schools else ()
    rows = [_item(sections, indicators, indicator, relaxations) for indicator in judged]
    rows += [dict(row) for row in others]
    frame = pd.DataFrame(rows, columns=pd.Index(ITEM_COLUMNS), dtype=object)  # texts stay texts
    return frame.astype({"value": "float64"})


def county_result(
    sections: pd.DataFrame, indicators: pd.DataFrame, items: pd.DataFrame, standard: Standard
) -> CountyResult:
    """Verdict, schools passing and composite CV by stage."""
    passing, composites = {}, {}
    for stage in STAGES:
        verdicts = sections.loc[sections["stage"] == stage, "verdict"]
        if standard.judges_schools:
            passing[stage] = (int((verdicts == Verdict.MET).sum()), len(verdicts))
        composites[stage] = composite(
            indicators.loc[indicators["stage"] == stage, "cv"].to_numpy(dtype=float)
        )
    return CountyResult(str(overall(items["verdict"])), passing, composites)


def _item(
    sections: pd.DataFrame,
    indicators: pd.DataFrame,
    indicator: Indicator,
    relaxations: tuple[Relaxation, ...],
) -> dict[str, Any]:
    own = indicators[indicators["code"] == indicator.code]
    verdict = overall([*own["cv_verdict"], *_section_verdicts(sections, indicator.code)])
    return {
        "code": indicator.code,
        "label": indicator.label,
        "group": indicator.group,
        "level": "school",
        "mode": "computed",
        "verdict": str(verdict),
        "value": _share_met(sections, indicator.code),
        "unit": "%",
        "reason": _reason(sections, own, indicator, relaxations),
        "clause": indicator.clause,
        "failing": _failing(sections, indicator),
        "warnings": [],
        "settings": {},
        "relaxed": _relaxed(sections, indicator, relaxations),
        "parts": [],
    }


def _failing(sections: pd.DataFrame, indicator: Indicator) -> list[dict[str, Any]]:
    missed = sections[f"verdict_{indicator.code}"] == Verdict.NOT_MET
    return [
        {
            "school_code": row["school_code"],
            "name": row["school_name"] or row["school_code"],
            "stage": row["stage"],
            "figure": row[indicator.code],
            "limit": float(indicator.at_least[row["stage"]]),
            "unit": indicator.unit,
            "part": "",
        }
        for row in sections[missed & (sections["verdict"] == Verdict.NOT_MET)].to_dict("records")
    ]


def _relaxed(sections: pd.DataFrame, indicator: Indicator, relaxations: tuple[Relaxation, ...]) -> list[str]:
    used = {code for codes in sections["relaxed"] for code in codes}
    return [one.code for one in relaxations if one.indicator == indicator.code and one.code in used]


def _section_verdicts(sections: pd.DataFrame, code: str) -> list[str]:
    missing = sections[f"verdict_{code}"] == Verdict.NO_DATA
    missed = sections[f"verdict_{code}"] == Verdict.NOT_MET
    fails = missed & (sections["verdict"] == Verdict.NOT_MET)
    undecided = missing | (missed & (sections["verdict"] == Verdict.NO_DATA))
    flags = {Verdict.NOT_MET: fails, Verdict.NO_DATA: undecided, Verdict.MET: ~fails & ~undecided}
    return [str(verdict) for verdict, flag in flags.items() if flag.any()]


def _share_met(sections: pd.DataFrame, code: str) -> float:
    verdicts = sections[f"verdict_{code}"]
    if verdicts.empty or (verdicts == Verdict.NO_DATA).any():
        return float("nan")
    return 100 * float((verdicts == Verdict.MET).mean())


def _reason(
    sections: pd.DataFrame, own: pd.DataFrame, indicator: Indicator, relaxations: tuple[Relaxation, ...]
) -> str:
    if own.empty:
        return _NO_SECTIONS
    parts = [_stage_words(row) for row in own.to_dict("records")]
    parts += _fault_words(sections, indicator.code)
    parts += [
        _relaxation_words(sections, relaxation)
        for relaxation in relaxations
        if relaxation.indicator == indicator.code
    ]
    return sentence(part for part in parts if part)


def _stage_words(row: Mapping[Hashable, Any]) -> str:
    return _(
        "%(stage)s %(met)s/%(schools)s 校达到 %(least)s，均值 %(mean)s %(unit)s，%(cv)s%(flip)s",
        stage=STAGE_LABELS[row["stage"]],
        met=row["schools_met"],
        schools=row["schools"],
        least=f"{row['at_least']:g}",
        mean=printed(row["mean"]),
        unit=row["unit"],
        cv=_cv_words(row),
        flip=_("（按四舍五入值会得出相反结论）") if row["rounding_flips"] else "",
    )


def _cv_words(row: Mapping[Hashable, Any]) -> str:
    sign = {"met": "≤", "not_met": ">"}.get(row["cv_verdict"])
    if not sign:
        return _("差异系数因数据缺失无法计算")
    return _("差异系数 %(cv)s", cv=f"{printed(row['cv'], 3)}{sign}{row['cv_limit']:.2f}")


def _fault_words(sections: pd.DataFrame, code: str) -> list[str]:
    missed = sections[f"verdict_{code}"] == Verdict.NOT_MET
    failing = sections[missed & (sections["verdict"] == Verdict.NOT_MET)]
    missing = sections[sections[f"verdict_{code}"] == Verdict.NO_DATA]
    return [
        _("%(n)s 个校段%(words)s（%(names)s）", n=len(rows), words=words, names=_names(rows))
        for rows, words in ((failing, _("此项未达标且未通过学校判定")), (missing, _("缺数据")))
        if len(rows)
    ]


def _names(sections: pd.DataFrame) -> str:
    named = (sections["school_name"].where(sections["school_name"] != "", sections["school_code"])).tolist()
    shown = listed(
        _("%(school)s%(stage)s", school=name, stage=STAGE_LABELS[stage])
        for name, stage in zip(named[:3], sections["stage"], strict=False)
    )
    return _("%(names)s等", names=shown) if len(named) > 3 else shown


def _relaxation_words(sections: pd.DataFrame, relaxation: Relaxation) -> str:
    changed = sections["relaxed"].map(lambda codes: relaxation.code in codes)
    if not changed.any():
        return ""
    return _("%(words)s，影响 %(n)s 个校段", words=relaxation_words(relaxation), n=int(changed.sum()))
