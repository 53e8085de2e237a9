"""What can be wrong with the settings of messages."""

from flask_babel import gettext as _

from plans.errors import PlanError


class AddressUnreadable(PlanError):
    """An e-mail address that no mail can be sent to."""

    def __init__(self) -> None:
        super().__init__(_("邮箱地址不完整，请写成“姓名@单位.cn”的样子，不含空格和中文标点。"))


class SettingUnreadable(PlanError):
    """A reminder setting outside what makes sense."""

    def __init__(self, what: str, wanted: str) -> None:
        self.what = what
        super().__init__(
            _("“%(what)s”须为%(wanted)s，本次没有保存，请改正后再存。", what=what, wanted=wanted)
        )


class ChannelRefused(PlanError):
    """An address of a webhook that is not allowed."""


class NoAddress(PlanError):
    """Nothing can be sent by e-mail to somebody without an address."""

    def __init__(self) -> None:
        super().__init__(_("还没有填写邮箱地址，不能开启邮件。请先填写邮箱。"))
