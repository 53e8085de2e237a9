"""Items of a standard → one row each: verdict, reason, failing schools, warnings, settings, parts."""

from collections.abc import Iterable, Mapping
from dataclasses import asdict
from typing import Any

import numpy as np

from scoring.errors import BadEvidence
from scoring.evidence import Evidence
from scoring.items import Part
from scoring.measures import Measures
from scoring.part_formulas import PART_FORMULAS
from scoring.part_results import Case, PartResult
from scoring.standard import Relaxation, Standard
from scoring.verdicts import overall
from scoring.words import _, sentence

_STATED = ("attested", "veto")


def item_rows(
    measures: Measures, standard: Standard, relaxations: Iterable[Relaxation], evidence: Evidence
) -> list[dict[str, Any]]:
    """One row an enabled item, in the order of the standard; keys as in ``rollup.ITEM_COLUMNS``.

    Raises BadEvidence for a statement on an unknown item or part, or two on the same.
    """
    _refuse_strange(evidence, standard)
    settings, eased = standard.settings_with(evidence.settings), list(relaxations)
    return [
        _row(
            Case(
                item, measures, evidence, standard, tuple(one for one in eased if one.indicator == item.code)
            ),
            settings,
        )
        for item in standard.items
        if item.enabled
    ]


def _row(case: Case, settings: Mapping[str, str]) -> dict[str, Any]:
    item = case.item
    open_rules = {name: choice for name, choice in settings.items() if name == item.code}
    parts = [part for part in item.parts if _applies(part, settings)]
    left_out = [part for part in parts if part.optional and not _has_figures(part, case.measures)]
    results = [PART_FORMULAS[part.formula].judge(part, case) for part in parts if part not in left_out]
    verdict = str(overall(one.verdict for one in results))
    relaxed = list(dict.fromkeys(code for one in results for code in one.relaxed))
    return {
        **{key: getattr(item, key) for key in ("code", "label", "group", "level", "mode", "clause")},
        "verdict": verdict,
        **_value(results, verdict),
        "reason": _reason(case, results, open_rules, relaxed),
        "failing": [asdict(failing) for one in results for failing in one.failing],
        "warnings": [
            *_doubts(case, results),
            *(_("未填%(label)s，未核对", label=part.label) for part in left_out),
        ],
        "settings": open_rules,
        "relaxed": relaxed,
        "parts": [one.row() for one in results],
    }


def _applies(part: Part, settings: Mapping[str, str]) -> bool:
    return all(settings[name] == choice for name, choice in part.when.items())


def _has_figures(part: Part, measures: Measures) -> bool:
    codes = [code for code in (*part.adds, *part.per) if code in measures.schools]
    return bool(measures.schools[codes].notna().any(axis=None))


def _value(results: list[PartResult], verdict: str) -> dict[str, Any]:
    """Value and unit of the first part with a figure, before others one that decides the verdict."""
    figured = sorted((one for one in results if one.unit), key=lambda one: one.verdict != verdict)
    return {"value": figured[0].value, "unit": figured[0].unit} if figured else {"value": np.nan, "unit": ""}


def _reason(case: Case, results: list[PartResult], open_rules: Mapping[str, str], relaxed: list[str]) -> str:
    words = [one.reason for one in results]
    words += [
        _("%(label)s取“%(choice)s”", label=setting.label, choice=setting.choices[open_rules[setting.name]])
        for setting in case.standard.settings
        if setting.name in open_rules
    ]
    words += [relaxation_words(one) for one in case.relaxations if one.code in relaxed]
    return sentence(words)


def relaxation_words(relaxation: Relaxation) -> str:
    """What changed a result, until when it is in force, and the county's reason for using it."""
    reason = _("，理由：%(reason)s", reason=relaxation.reason) if relaxation.reason else ""
    return _(
        "启用放宽条款 %(code)s（%(label)s，%(until)s 止%(reason)s）",
        code=relaxation.code,
        label=relaxation.label,
        until=relaxation.until,
        reason=reason,
    )


def _doubts(case: Case, results: list[PartResult]) -> list[str]:
    doubts = list(dict.fromkeys(warning for one in results for warning in one.warnings))
    stated = any(one.item == case.item.code for one in case.evidence.attestations)
    if stated and not any(part.mode in _STATED for part in case.item.parts):
        doubts.append(_("此项按数据判定，填写的结论、说明或整改计划不改变结果"))
    return doubts


def _refuse_strange(evidence: Evidence, standard: Standard) -> None:
    known = {(item.code, part.key) for item in standard.items for part in item.parts}
    known |= {(item.code, "") for item in standard.items}
    given = [(one.item, one.part) for one in evidence.attestations]
    for place in given:
        name = ".".join(filter(None, place))
        if place not in known:
            raise BadEvidence(f"标准 {standard.id} 没有佐证项目 {name}。")
        if given.count(place) > 1:
            raise BadEvidence(f"佐证项目 {name} 重复。")
