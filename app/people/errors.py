"""What can go wrong with people."""

from flask_babel import gettext as _

from plans.errors import PlanError


class OwnMembership(PlanError):
    """Somebody would change his own part in the county."""

    def __init__(self) -> None:
        super().__init__(_("不能调整或停用自己的角色，请由创建办的其他同志办理。"))


class LastOffice(PlanError):
    """The county would be left without anybody who can manage its members."""

    def __init__(self) -> None:
        super().__init__(
            _("这是本县最后一名在用的创建办成员，停用或改任后将无人管理成员。请先增加一名创建办成员。")
        )


class PlaceMissing(PlanError):
    """A role that acts for a unit or a school, without one."""

    def __init__(self, what: str) -> None:
        super().__init__(_("该角色须指定%(what)s，请选择后再提交。", what=what))


class RoleNotGiven(PlanError):
    """A role that a county cannot give."""

    def __init__(self) -> None:
        super().__init__(_("该角色不由本县授予，请选择其他角色。"))


class PostNotFitting(PlanError):
    """Heads are named of units, leaders in charge of the leading group, and nobody who has left."""

    def __init__(self, name: str) -> None:
        super().__init__(
            _(
                "不能为%(name)s设置这一职务：单位负责人从责任单位的在用成员中明确，"
                "分管领导从领导小组的在用成员中明确。请刷新名单后再办理。",
                name=name,
            )
        )


class DutiesClash(PlanError):
    """One person would do the work and verify it."""

    def __init__(self, name: str) -> None:
        super().__init__(
            _("%(name)s在本县已有其他角色。督导人员不得兼任，请先停用原角色或另选人员。", name=name)
        )


class AlreadyMember(PlanError):
    """The account has this very part already."""

    def __init__(self) -> None:
        super().__init__(_("该账号在本县已有这一角色，不必再次接受邀请。"))


class InvitationGone(PlanError):
    """A link that is wrong, used, revoked or out of time; which of these, a stranger is not told."""

    def __init__(self) -> None:
        super().__init__(_("邀请链接无效、已使用、已撤回或已过期。请联系发出邀请的创建办重新邀请。"))


class LoginTaken(PlanError):
    """Another account has this login name."""

    def __init__(self, login: str) -> None:
        super().__init__(_("用户名“%(login)s”已被使用，请换一个。", login=login))


class NoSuccessor(PlanError):
    """Work is handed over within one unit and role only."""

    def __init__(self) -> None:
        super().__init__(_("接手人须是同一角色、同一单位的在用成员，请重新选择。"))
