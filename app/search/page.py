"""The page of what was found, and the short list under the field."""

from dataclasses import dataclass, replace

from flask_babel import gettext as _

from app.search.hits import Group, Kind
from app.search.words import SHORTEST, Wanted

NEAR, ALL, LIVE = 10, 100, 8  # of each kind on the page of all, of one kind on its own, under the field


@dataclass(frozen=True)
class SearchPage:
    """What was looked for and found."""

    wanted: Wanted
    groups: list[Group]
    kind: Kind | None  # the one that alone is shown; None = all

    @property
    def total(self) -> int:
        return sum(group.total for group in self.groups)

    @property
    def shown(self) -> list[Group]:
        if self.kind is None:
            return [replace(group, hits=group.hits[:NEAR]) for group in self.groups]
        return [group for group in self.groups if group.kind is self.kind]

    @property
    def live(self) -> list[Group]:
        return shortlist(self.groups, LIVE)

    @property
    def answer(self) -> str:
        """The page in one sentence."""
        if self.wanted.is_empty:
            return _("请输入要找的学校、任务、指标、单位或方案内容。")
        if self.wanted.is_short:
            return _("“%(typed)s”太短，请至少输入 %(n)s 个字。", typed=self.wanted.typed, n=SHORTEST)
        if not self.groups:
            return _("没有找到“%(typed)s”。", typed=self.wanted.typed)
        return _("找到 %(n)s 条与“%(typed)s”有关的内容。", n=self.total, typed=self.wanted.typed)


def kind_words() -> dict[Kind, str]:
    """What each kind is called."""
    return {
        Kind.SCHOOL: _("学校"),
        Kind.TASK: _("任务"),
        Kind.INDICATOR: _("指标"),
        Kind.UNIT: _("单位"),
        Kind.PLAN: _("实施方案"),
    }


def shortlist(groups: list[Group], most: int) -> list[Group]:
    """At most so many hits in all, taken from the groups in turn, so that no kind hides another."""
    turns = [(turn, place) for place, group in enumerate(groups) for turn in range(len(group.hits))]
    taken = [place for _turn, place in sorted(turns)[:most]]
    return [
        replace(group, hits=group.hits[: taken.count(place)])
        for place, group in enumerate(groups)
        if place in taken
    ]
