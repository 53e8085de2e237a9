"""What can go wrong with points: named facts, each with a sentence for the user."""

from app.clock import ZONE
from app.models import RubricScoreEvent
from plans.errors import PlanError


class PointsOutOfRange(PlanError):
    """Points below 0 or above the full points of the item."""

    def __init__(self, item: str, full: int) -> None:
        super().__init__(f"{item} 须在 0 至满分 {full} 之间，请核对后重新填写。")


class SamePersonScores(PlanError):
    """One person would give both the county's own score and the reviewer's."""

    def __init__(self, item: str) -> None:
        super().__init__(f"{item} 的自评和复核不能由同一人填写，请换人办理。")


class StaleScore(PlanError):
    """Somebody else has given points since the form was shown."""

    def __init__(self, last: RubricScoreEvent) -> None:
        when = last.at.astimezone(ZONE)
        told = "清空" if last.after is None else f"改为 {last.after:g}"
        super().__init__(
            f"{last.actor_name}已于 {when.month}月{when.day}日 {when:%H:%M} {told}，您填的没有保存；"
            "请对照后再保存。"
        )
