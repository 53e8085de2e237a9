"""The first line of each page: the conclusion in words, and what it rests on."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from flask_babel import gettext, lazy_gettext

from app.assessments.gathering import code_of
from app.assessments.items import ItemLine
from app.assessments.queries import IndicatorLine, SectionLine
from app.assessments.workings import Outside, short_name
from app.assessments.years import version_words
from app.counting import counted as _n
from app.dates import moment_words
from app.models import Assessment
from app.punctuation import bracketed, listed
from scoring.elements import STAGE_LABELS
from scoring.exact import printed
from scoring.standard import Standard


def _(text: str, **values: object) -> str:
    return str(gettext(text, **values))


def county_sentence(assessment: Assessment, lines: Sequence[IndicatorLine], items: Sequence[ItemLine]) -> str:
    """Where the county stands: items, schools, spreads, what is missing."""
    if not lines:
        return _("%(year)s 年度没有可评估的学校数据。", year=assessment.year)
    parts = [
        _counted_words([item for item in items if not item.is_veto]),
        _veto_words([item for item in items if item.is_veto]),
        _schools_words(assessment),
        _spread_words(lines),
        _missing_words(lines),
    ]
    return _("；").join(part for part in parts if part) + _("。")


def indicator_sentence(line: IndicatorLine) -> str:
    """One indicator in one stage: schools, mean, spread."""
    met = _n(
        "%(stage)s%(name)s：%(of)s 所中 %(met)s 所达到标准",
        of=line.schools,
        stage=line.stage_name,
        name=line.name,
        met=line.schools_met,
    )
    return _("，").join([met, _mean_words(line), _cv_words(line)]) + _("。")


def school_sentence(lines: Sequence[SectionLine], n_indicators: int, floor: int) -> str:
    """One school: each stage with its count and what it lacks."""
    return _("；").join(_section_words(line, n_indicators, floor) for line in lines) + _("。")


def outside_sentence(school: Outside) -> str:
    """One school that is not assessed."""
    return _("%(name)s不参与资源配置评估：%(reason)s。", name=school.name, reason=school.reason)


def flip_sentences(line: IndicatorLine, names: Mapping[str, str]) -> list[str]:
    """Where the printed figure would give the other verdict; ``names``: school code → name."""
    return [_flip_words(line, flip, names) for flip in line.rounding_flips]


def schools_sentence(assessment: Assessment, lines: Sequence[SectionLine], standard: Standard) -> str:
    """All schools: how many pass, and what most of the others miss."""
    if not lines:
        return _("%(year)s 年度没有可评估的学校数据。", year=assessment.year)
    missed = [code for line in lines if line.verdict == "not_met" for code in line.missed]
    often = sorted(set(missed), key=lambda code: (-missed.count(code), code))[:2]
    names = [f"{code} {short_name(standard.indicator(code).label)}" for code in often]
    most = _("未通过的多在 %(names)s上欠缺", names=listed(names)) if names else ""
    return _("；").join(part for part in (_schools_words(assessment), most) if part) + _("。")


def basis(assessment: Assessment, standard: Standard) -> list[str]:
    """What the page rests on: version of the data, version of the standard, relaxations in use."""
    codes = listed(code_of(switch) for switch in assessment.relaxations)
    eased = _("启用放宽条款 %(codes)s", codes=codes) if codes else ""
    local = listed(standard.variants)
    source = standard.source["title"]
    version = _("%(title)s，%(day)s 版", title=source, day=standard.version)
    return [part for part in (_version_words(assessment), version, local, eased) if part]


def _version_words(assessment: Assessment) -> str:
    state = version_words(assessment)
    return _("%(year)s 年度%(state)s", year=assessment.year, state=state)


def moment(at: datetime) -> str:
    """A moment as people write it, in the county's zone."""
    return moment_words(at)


def _schools_words(assessment: Assessment) -> str:
    passing = assessment.summary["schools_passing"]
    if passing is None:  # no rule judges a school
        return ""
    parts = [
        _n("%(stage)s %(of)s 所中 %(met)s 所", of=of, stage=STAGE_LABELS[stage], met=met)
        for stage, (met, of) in passing.items()
        if of
    ]
    return _("%(schools)s通过学校判定", schools=listed(parts))


def _counted_words(items: Sequence[ItemLine]) -> str:
    words = {"not_met": _("未达标"), "pending": _("待定"), "no_data": _("缺数据")}
    numbers = {verdict: sum(item.verdict == verdict for item in items) for verdict in ("met", *words)}
    others = [
        _("%(n)s 项%(word)s", n=numbers[verdict], word=word)
        for verdict, word in words.items()
        if numbers[verdict]
    ]
    met = _n("%(of)s 项指标中 %(met)s 项达标", of=len(items), met=numbers["met"])
    return listed([met, *others])


def _veto_words(items: Sequence[ItemLine]) -> str:
    struck = [item.label for item in items if item.verdict == "not_met"]
    return _("否决事项有此情形：%(names)s", names=listed(struck)) if struck else ""


def _spread_words(lines: Sequence[IndicatorLine]) -> str:
    over = [
        line.code + " " + line.name + bracketed(line.stage_name)
        for line in lines
        if line.cv_verdict == "not_met"
    ]
    within = sum(line.cv_verdict == "met" for line in lines)
    words = _n("%(of)s 个差异系数中 %(within)s 个在限值内", of=len(lines), within=within)
    if not over:
        return words
    return words + _("，超限的是 %(names)s", names=listed(over[:3]) + (_("等") if len(over) > 3 else ""))


def _missing_words(lines: Sequence[IndicatorLine]) -> str:
    names = [line.code + bracketed(line.stage_name) for line in lines if line.cv_verdict == "no_data"]
    return _("%(names)s缺数据", names=listed(names)) if names else ""


def _flip_words(line: IndicatorLine, flip: Mapping[str, Any], names: Mapping[str, str]) -> str:
    what = _("差异系数") if flip["what"] == "cv" else names[flip["school_code"]] + _("的值")
    return _(
        "%(what)s %(value)s 印成 %(printed)s，拿印出的数与 %(limit)s 比会得出相反结论；判定用未舍入的数。",
        what=what,
        value=f"{flip['value']:.6g}",
        printed=flip["printed"],
        limit=f"{flip['limit']:g}",
    )


def _mean_words(line: IndicatorLine) -> str:
    if line.mean is None:
        return _("因有学校缺数据，全县均值无法计算")
    return _("全县均值 %(mean)s %(unit)s", mean=printed(line.mean), unit=line.unit)


def _cv_words(line: IndicatorLine) -> str:
    if line.cv is None:
        return _("差异系数无法计算")
    over = _("超过") if line.cv_verdict == "not_met" else _("不超过")
    return _(
        "差异系数 %(cv)s，%(over)s限值 %(limit)s",
        cv=printed(line.cv, 3),
        over=over,
        limit=printed(line.cv_limit),
    )


def _section_words(line: SectionLine, n_indicators: int, floor: int) -> str:
    met = _("%(stage)s %(of)s 项中 %(met)s 项达标", stage=line.stage_name, of=n_indicators, met=len(line.met))
    return met + _lack_words(line, floor) + str(_VERDICTS.get(line.verdict, ""))


def _lack_words(line: SectionLine, floor: int) -> str:
    if line.worst_share is None:
        return ""
    below = _("，低于 %(floor)s%% 的底线", floor=floor) if line.worst_code in line.below_floor else ""
    return (
        _("，%(name)s为标准的 %(share)s%%", name=line.worst_name, share=printed(line.worst_share, 1)) + below
    )


_VERDICTS: dict[str | None, Any] = {
    "met": lazy_gettext("，通过学校判定"),
    "not_met": lazy_gettext("，未通过学校判定"),
    "no_data": lazy_gettext("，因缺数据还不能判定"),
}
