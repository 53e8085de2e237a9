"""What can go wrong with versions."""

from plans.errors import PlanError


class VersionMoveNotAllowed(PlanError):
    """A version cannot make this move from where it stands."""

    def __init__(self) -> None:
        super().__init__("该版本当前状态不允许这一操作，可能已被他人办理。请刷新页面后再试。")
