"""Words above the counties."""

from collections.abc import Sequence

from flask_babel import gettext

from app.counting import counted as _n
from app.models import CountyStanding, Region
from app.oversight.board import Board, Column
from app.punctuation import bracketed, listed

COMMON = 6  # common items that are named with their counties
MANY = 2  # counties that make an item common


def _(text: str, **values: object) -> str:
    return str(gettext(text, **values))


def board_sentence(found: Board) -> str:
    """How many reported, how many meet the standard, who will miss the year, what is common."""
    lines = found.lines
    if not lines:
        return _("所辖范围内还没有县（市、区）。")
    n, m = len(lines), sum(line.is_reported for line in lines)
    parts = [_n("%(n)s 个县（市、区）中 %(m)s 个已上报 %(year)s 年度结果", n=n, m=m, year=found.year)]
    met = sum(line.standing.verdict == "met" for line in lines if line.standing)
    parts.append(_("%(n)s 个达标", n=met))
    if late := sum(line.will_miss for line in lines):
        parts.append(_("%(n)s 个将错过目标年", n=late))
    return _("，").join(parts) + _most_common(found) + _("。")


def basis(regions: Sequence[Region], found: Board) -> list[str]:
    """What the page rests on."""
    silent = [line.county.name for line in found.lines if not line.is_reported]
    told = [
        listed(region.name for region in regions),
        _("只含各县已冻结的版本"),
        _("未上报：%(names)s", names=listed(silent)) if silent else _("全部已上报"),
    ]
    named = listed(one.code + bracketed(_n("%(n)s 个县", n=one.n_missed)) for one in _common(found)[:COMMON])
    return [*told, _("共性短板：%(names)s", names=named)] if named else told


def standing_sentence(name: str, standing: CountyStanding) -> str:
    """What a county's version says."""
    missed = sum(verdict == "not_met" for verdict in standing.verdicts.values())
    if standing.verdict == "met":
        return _("%(name)s %(year)s 年度达标。", name=name, year=standing.year)
    return _n("%(name)s %(year)s 年度未达标，%(n)s 项指标不合标准。", n=missed, name=name, year=standing.year)


def _common(found: Board) -> list[Column]:
    often = [column for column in found.columns if column.n_missed >= MANY]
    return sorted(often, key=lambda column: -column.n_missed)


def _most_common(found: Board) -> str:
    common = _common(found)
    if not common:
        return ""
    first = f"{common[0].code} {common[0].label}"
    if len(common) == 1:
        return _("；共性短板是 %(name)s", name=first)
    return _("；共性短板有 %(name)s等 %(n)s 项", name=first, n=len(common))
