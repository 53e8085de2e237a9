"""What can go wrong with points: named facts, each with a sentence for the user."""

from app.dates import moment_words
from app.models import RubricScoreEvent
from plans.errors import PlanError
from plans.words import _


class PointsOutOfRange(PlanError):
    """Points below 0 or above the full points of the item."""

    def __init__(self, item: str, full: int) -> None:
        super().__init__(_("%(item)s 须在 0 至满分 %(full)s 之间，请核对后重新填写。", item=item, full=full))


class SamePersonScores(PlanError):
    """One person would give both the county's own score and the reviewer's."""

    def __init__(self, item: str) -> None:
        super().__init__(_("%(item)s 的自评和复核不能由同一人填写，请换人办理。", item=item))


class StaleScore(PlanError):
    """Somebody else has given points since the form was shown."""

    def __init__(self, last: RubricScoreEvent) -> None:
        told = {"person": last.actor_name, "when": moment_words(last.at)}
        cleared = _("%(person)s已于 %(when)s 清空，您填的没有保存；请对照后再保存。", **told)
        given = _(
            "%(person)s已于 %(when)s 改为 %(points)s，您填的没有保存；请对照后再保存。",
            points=f"{last.after or 0:g}",
            **told,
        )
        super().__init__(cleared if last.after is None else given)
