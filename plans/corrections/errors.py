"""What can stand in the way of a correction."""

from datetime import datetime

from plans.calendar import ZONE
from plans.errors import PlanError
from plans.words import _


class RowChanged(PlanError):
    """Somebody else corrected the row since it was shown."""

    def __init__(self, by: str, at: datetime) -> None:
        self.by, self.at = by, at
        when = at.astimezone(ZONE)
        super().__init__(
            _(
                "%(by)s已于%(month)s月%(day)s日%(when)s改过这一处，您的填写没有保存但已保留，请对"
                "照最新内容核对后再次保存。",
                by=by,
                month=when.month,
                day=when.day,
                when=f"{when:%H:%M}",
            )
        )


class DraftChanged(PlanError):
    """The draft was corrected since the person looked at the whole of it."""

    def __init__(self, by: str, at: datetime) -> None:
        self.by, self.at = by, at
        when = at.astimezone(ZONE)
        super().__init__(
            _(
                "%(by)s已于%(month)s月%(day)s日%(when)s改过这份草稿，本次操作没有生效。请核对下方最新"
                "内容后再次确认。",
                by=by,
                month=when.month,
                day=when.day,
                when=f"{when:%H:%M}",
            )
        )


class PartLocked(PlanError):
    """The part came from above and is not the county's to change."""

    def __init__(self, part: str, by: str) -> None:
        self.part, self.by = part, by
        super().__init__(
            _(
                "“%(part)s”由%(by)s统一下发并锁定，本县不能改动。如需调整，请报%(by)s修订后重新下发。",
                part=part,
                by=by,
            )
        )


class LockedByAnother(PlanError):
    """A template was sent down with locks by somebody whose locks do not give way."""

    def __init__(self, parts: str, by: str) -> None:
        self.parts, self.by = parts, by
        super().__init__(
            _("该模板已由%(by)s下发并锁定“%(parts)s”，只能由%(by)s调整后再次下发。", by=by, parts=parts)
        )


class BadCorrection(PlanError):
    """A value that cannot be taken; ``field`` is the name of the field in the row."""

    def __init__(self, field: str, message: str) -> None:
        self.field = field
        super().__init__(message)


class DraftStays(PlanError):
    """The draft was handed down from above or has become a plan."""

    def __init__(self) -> None:
        super().__init__(_("上级下发的和已建立方案的草稿不能删除。"))
