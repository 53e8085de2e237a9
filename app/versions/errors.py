"""What can go wrong with versions."""

from plans.errors import PlanError
from plans.words import _


class VersionLocked(PlanError):
    """Another version of the year is on its way up or approved, and stands until it is taken back."""

    def __init__(self, year: int) -> None:
        super().__init__(
            _(
                "%(year)s 年度已有上报或已通过审核的版本，未撤回前不能冻结、上报新的版本。"
                "请先撤回上报，或请上级撤回审核意见。",
                year=year,
            )
        )


class VersionMoveNotAllowed(PlanError):
    """A version cannot make this move from where it stands."""

    def __init__(self) -> None:
        super().__init__(_("该版本当前状态不允许这一操作，可能已被他人办理。请刷新页面后再试。"))
