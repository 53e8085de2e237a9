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


class RelayRefused(PlanError):
    """An address that leads through a third party."""

    def __init__(self) -> None:
        super().__init__(
            _("wecom:// 会经过第三方中转，不是企业微信，不能使用。请填企业微信群机器人的 webhook 地址。")
        )


class AddressNotOfKind(PlanError):
    """An address that is not one of the service."""

    def __init__(self, service: str) -> None:
        self.service = service
        super().__init__(
            _(
                "这不是%(service)s的推送地址。请从群机器人的设置里整条复制 webhook 地址，再粘贴到这里。",
                service=service,
            )
        )


class PrivateHost(PlanError):
    """An address inside the operator's network that the operator has not listed."""

    def __init__(self) -> None:
        super().__init__(_("推送地址在内部网络，不能使用。确需使用的，请运维人员列入白名单后再填。"))


class NameWanted(PlanError):
    """A group without a name, or with one that is too long."""

    def __init__(self, longest: int) -> None:
        super().__init__(_("请给推送渠道起个名称，不超过 %(n)s 字。", n=longest))


class ChannelOvertaken(PlanError):
    """Somebody else changed the group meanwhile."""

    def __init__(self, name: str) -> None:
        super().__init__(
            _(
                "“%(name)s”刚刚被他人改过，本次没有保存。您填的内容还在下面，请对照现在的设置核对后再存。",
                name=name,
            )
        )


class NoAddress(PlanError):
    """Nothing can be sent by e-mail to somebody without an address."""

    def __init__(self) -> None:
        super().__init__(_("还没有填写邮箱地址，不能开启邮件。请先填写邮箱。"))


class NotToResend(PlanError):
    """A message that is on its way or went out."""

    def __init__(self) -> None:
        super().__init__(_("这条消息已发出或正在发送，不必重发。请刷新后再看。"))
