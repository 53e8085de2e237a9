"""What the pages of basic balance say first. Pure functions."""

from collections.abc import Sequence

from flask_babel import gettext as _

from app.basic.queries import BasicLine, CompositeLine
from scoring.exact import printed


def basic_sentence(year: int, composites: Sequence[CompositeLine]) -> str:
    """The composite of each stage against its limit."""
    if not composites:
        return _("%(year)s 年度没有可按基本均衡评估的学校数据。", year=year)
    return _("综合差异系数：") + _("；").join(_composite_words(one) for one in composites) + _("。")


def spread_sentence(line: BasicLine, stage: str, stage_name: str) -> str:
    """One indicator in one stage."""
    figure = line.stages[stage]
    if figure.mean is None or figure.cv is None:
        return _("%(stage)s%(name)s因有学校缺数据，差异系数无法计算。", stage=stage_name, name=line.name)
    return _(
        "%(stage)s%(name)s差异系数 %(cv)s，全县均值 %(mean)s %(unit)s；单项不作判定，只计入综合差异系数。",
        stage=stage_name,
        name=line.name,
        cv=printed(figure.cv, 3),
        mean=printed(figure.mean, 4),
        unit=line.unit,
    )


def working(composite: CompositeLine) -> str:
    """The mean of the CVs as one writes it by hand; "" while a CV is missing."""
    if composite.value is None:
        return ""
    terms = " + ".join(printed(cv, 4) for cv in composite.cvs)
    return f"({terms}) ÷ {composite.n_indicators} = {printed(composite.value, 4)}"


def _composite_words(one: CompositeLine) -> str:
    if one.value is None:
        return _("%(stage)s因缺数据无法计算", stage=one.stage_name)
    relation = _("不超过") if one.verdict == "met" else _("超过")
    return _(
        "%(stage)s %(value)s，%(relation)s限值 %(limit)s",
        stage=one.stage_name,
        value=printed(one.value, 3),
        relation=relation,
        limit=printed(one.limit),
    )
