"""What can be refused about an account, as facts with words for the person."""

from datetime import datetime, timedelta

from plans.words import _


class AccessRefused(ValueError):
    """Something about signing in or about one's account is refused; the message says what to do."""


class WrongProof(AccessRefused):
    """The login, the password or the code is not right."""


class PasswordRefused(AccessRefused):
    """A new password that others would guess."""


class AccountNotFound(AccessRefused):
    """No such account that this person may look after."""

    def __init__(self) -> None:
        super().__init__(_("没有找到该账号，或该账号还在其他县任职，请联系平台管理员办理。"))


class CountySuspended(AccessRefused):
    """The platform has suspended the county."""

    def __init__(self, county: str) -> None:
        super().__init__(
            _("%(county)s已由平台暂停使用，数据完整保留。恢复使用请联系平台管理员。", county=county)
        )


class ProviderUnreachable(AccessRefused):
    """The identity provider does not answer."""

    def __init__(self, name: str) -> None:
        super().__init__(_("%(name)s暂时连不上。请稍后再试，或先用密码登录。", name=name))


class ProviderRefused(AccessRefused):
    """What came back from the identity provider proves nothing."""

    def __init__(self, name: str) -> None:
        super().__init__(_("%(name)s没有确认您的身份，本次没有登录。请重新开始，或用密码登录。", name=name))


class IdentityUnknown(AccessRefused):
    """An identity that no account is linked to."""

    def __init__(self) -> None:
        super().__init__(_("该身份还没有关联本系统的账号。请先用密码登录，再到“账号与安全”里关联。"))


class IdentityTaken(AccessRefused):
    """An identity that opens another account."""

    def __init__(self) -> None:
        super().__init__(_("该身份已经关联了另一个账号。请先登录那个账号解除关联，再来关联。"))


class TooManyAttempts(AccessRefused):
    """Tried too often; says when to come back."""

    def __init__(self, until: datetime, at: datetime, what: str = _("尝试次数过多")) -> None:
        self.wait_s = max(1, round((until - at) / timedelta(seconds=1)))
        minutes = -(-self.wait_s // 60)
        wait = _("%(n)s 秒", n=self.wait_s) if self.wait_s < 120 else _("%(n)s 分钟", n=minutes)
        super().__init__(_("%(what)s，请 %(wait)s后再试。", what=what, wait=wait))
