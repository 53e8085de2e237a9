"""Refusals of this area: each says what, why and what now."""

from collections.abc import Sequence
from datetime import date

from flask_babel import gettext as _

from plans.errors import PlanError
from scoring.variants import Conflict


class ProofMissing(PlanError):
    """A relaxation without a single file that proves it."""

    def __init__(self) -> None:
        super().__init__(_("启用放宽条款须至少附一份佐证材料，请先选择文件。"))


class SchoolsMissing(PlanError):
    """A relaxation that covers only schools proved, without any."""

    def __init__(self) -> None:
        super().__init__(_("这一放宽条款只对经证明的学校适用，请填写适用学校。"))


class OverrideReasonMissing(PlanError):
    """Use outside the dates of a relaxation without a reason."""

    def __init__(self, since: date, until: date) -> None:
        super().__init__(
            _("该条款的适用期为 %(since)s 至 %(until)s，超出部分须写明沿用的理由。", since=since, until=until)
        )


class DatesMixed(PlanError):
    """The last day lies before the first."""

    def __init__(self) -> None:
        super().__init__(_("结束日期早于开始日期，请核对。"))


class AlreadyOn(PlanError):
    """The relaxation is in use for some of these days."""

    def __init__(self) -> None:
        super().__init__(_("这一放宽条款在该时段已经启用，请先停用原有的一条。"))


class TargetLooser(PlanError):
    """A target below the standard above it; names both values."""

    def __init__(self, found: Sequence[Conflict]) -> None:
        super().__init__(
            _("%(what)s。请改为不低于上级的要求。", what=_("；").join(str(one) for one in found))
        )


class TargetUnreadable(PlanError):
    """What was written is no number, or the standard has no such limit."""

    def __init__(self) -> None:
        super().__init__(_("目标值须为数字，且所选要求须在现行标准之内。"))
