"""What can be refused on the platform's pages."""

from datetime import date

from flask_babel import gettext as _

from app.dates import day_words
from plans.errors import PlanError


class CodeTaken(PlanError):
    """A county with the code exists."""

    def __init__(self, code: str) -> None:
        super().__init__(_("行政区划代码 %(code)s 已有县在用，请核对代码。", code=code))


class NameDiffers(PlanError):
    """What was typed to confirm is not the county's name."""

    def __init__(self, name: str) -> None:
        super().__init__(_("输入的名称与“%(name)s”不一致，没有办理。请照原样输入。", name=name))


class NotSuspended(PlanError):
    """A county in use was to be erased."""

    def __init__(self) -> None:
        super().__init__(_("请先暂停该县，确认无人使用后再申请删除。"))


class TooEarly(PlanError):
    """The waiting time is not over, or nobody asked."""

    def __init__(self, on: date | None) -> None:
        words = _("尚未申请删除该县。")
        if on is not None:
            words = _("等待期未满，%(day)s 起方可删除。", day=day_words(on))
        super().__init__(words)
