"""What the pages of the rubric say first. Pure functions."""

from collections.abc import Sequence

from flask_babel import gettext as _

from app.models.rubric import ScoreKind
from app.punctuation import labelled
from app.rubric.rows import Row
from plans.words import _ as _l
from scoring.rubric import Scorecard

KIND_NAMES = {"self": _l("自评"), "hint": _l("数据提示"), "reviewer": _l("复核")}
SCORERS = {ScoreKind.SELF: _l("创建办"), ScoreKind.REVIEWER: _l("督导室")}


def scorecard_sentence(card: Scorecard, total: Row) -> str:
    """The three sums beside what they are sums of, and the starred items that fell short."""
    parts = [_sum_words(name, total.points[kind], total.of[kind]) for kind, name in KIND_NAMES.items()]
    short = card.starred_not_full["self"]
    if short:
        parts.append(_("星号指标自评未得满分 %(n)s 项", n=len(short)))
    return _("；").join(parts) + _("。")


def scorecard_basis(card: Scorecard) -> list[str]:
    """What the page rests on."""
    source = card.rubric.source["title"]
    return [
        _("%(year)s 年度", year=card.year),
        f"{card.rubric.title}，{source}",
        _("三种得分各自合计，互不代替；是否合格、星号指标是否一票否决未载明，不下结论"),
    ]


def hint_sentence(row: Row) -> str:
    """One item: full points and the three numbers."""
    words = [
        _("%(name)s%(points)s", name=name, points=_points_words(row.points[kind]))
        for kind, name in KIND_NAMES.items()
    ]
    head = _("%(code)s %(label)s（满分 %(full)s）", code=row.code, label=row.label, full=row.full)
    return labelled(head, _("，").join(words)) + _("。")


def miscount_words(card: Scorecard) -> list[str]:
    """Where the document's own counts differ from what it lists."""
    return [
        _(
            "%(code)s 载明 %(stated)s 项，实列 %(listed)s 项。",
            code=one.code,
            stated=one.stated_items,
            listed=n,
        )
        for one, n in card.rubric.miscounts()
    ]


def starred_lines(card: Scorecard) -> Sequence[tuple[str, list[str], int]]:
    """Kind of number, starred items that fell short of full points, how many have no number."""
    labels = {item.code: f"{item.code} {item.label}" for item in card.rubric.items}
    return [
        (
            name,
            [labels[code] for code in card.starred_not_full[kind]],
            len(card.starred_unscored[kind]),
        )
        for kind, name in KIND_NAMES.items()
    ]


def _sum_words(name: str, points: float | None, of: int) -> str:
    if points is None:
        return _("暂无%(name)s", name=name)
    return _("%(name)s %(points)s 分（所涉满分 %(of)s 分）", name=name, points=f"{points:g}", of=of)


def _points_words(points: float | None) -> str:
    return _("未评") if points is None else _(" %(n)s 分", n=f"{points:g}")
