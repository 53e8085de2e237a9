"""What a leader could read aloud: the county's state as one sentence. Pure functions."""

from collections.abc import Sequence

from flask_babel import gettext as _

from app.assessments.items import ItemLine
from app.assessments.queries import IndicatorLine, TrendPoint
from app.counting import counted as _n
from app.punctuation import listed
from app.targets.lines import TargetLine
from scoring.exact import printed


def conclusion(
    lines: Sequence[IndicatorLine],
    items: Sequence[ItemLine],
    failing_sections: int,
    verdict: str,
    late: TargetLine | None = None,
) -> str:
    """Where the county stands and what holds it back most; ``late`` is a target that will be missed."""
    counted = [item for item in items if not item.is_veto]
    unmet = sum(item.verdict == "not_met" for item in counted)
    struck = _struck_words([item for item in items if item.is_veto and item.verdict == "not_met"])
    if not unmet and not failing_sections:
        return struck + _settled(verdict)
    distance = _distance(unmet, failing_sections)
    waiting = sum(item.verdict in ("pending", "no_data") for item in counted)
    also = _("，另有 %(n)s 项待定", n=waiting) if waiting else ""
    worst = worst_spread(lines)
    held = _spread_words(worst) if worst else _("；各项差异系数均在限值以内。")
    return struck + distance + also + (_late_words(late) if late else held)


def _distance(unmet: int, failing_sections: int) -> str:
    indicators, sections = _n("%(n)s 项指标", n=unmet), _n("%(n)s 个学段校", n=failing_sections)
    return _("还差 %(indicators)s、%(sections)s才能达标", indicators=indicators, sections=sections)


def worst_spread(lines: Sequence[IndicatorLine]) -> IndicatorLine | None:
    """The indicator furthest over its CV limit, or None when every CV is within."""
    over = [line for line in lines if line.cv_verdict == "not_met" and line.cv is not None]
    return max(over, key=lambda line: (line.cv or 0) / line.cv_limit, default=None)


def _struck_words(struck: Sequence[ItemLine]) -> str:
    names = listed(item.label for item in struck)
    return _("有否决情形（%(names)s），不能通过认定；", names=names) if struck else ""


def _settled(verdict: str) -> str:
    words = {
        "met": _("全部指标和校际差异系数达标，没有否决情形。"),
        "pending": _("已有数据的指标全部达标，尚有事项待定。"),
        "no_data": _("数据尚不完整，暂不能作出达标结论。"),
    }
    return words.get(verdict, _("尚未达标。"))


def _spread_words(line: IndicatorLine) -> str:
    return _(
        "；差异最大的是“%(name)s（%(stage)s）”，差异系数 %(cv)s，限值 %(limit)s。",
        name=line.name,
        stage=line.stage_name,
        cv=printed(line.cv or float("nan"), 3),
        limit=f"{line.cv_limit:.2f}",
    )


def _late_words(line: TargetLine) -> str:
    return _(
        "；照现在的进度，“%(name)s（%(stage)s）”%(figure)s赶不上 %(year)s 年验收。",
        name=line.name,
        stage=line.stage_name,
        figure=line.quantity_name,
        year=line.path.horizon,
    )


def trend_sentence(points: Sequence[TrendPoint]) -> str:
    """What the drawn path shows, in words."""
    known = [point for point in points if point.cv is not None]
    if len(known) < 2:
        return _("只有一个年度的数据，尚看不出变化。")
    first, last = known[0], known[-1]
    is_over = last.cv is not None and last.cv > last.cv_limit
    return _(
        "从 %(first)s 年的 %(then)s 到 %(last)s 年的 %(now)s，%(relation)s限值 %(limit)s。",
        first=first.year,
        then=printed(first.cv or 0, 3),
        last=last.year,
        now=printed(last.cv or 0, 3),
        relation=_("仍高于") if is_over else _("未超过"),
        limit=f"{last.cv_limit:.2f}",
    )
