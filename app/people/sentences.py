"""Words about the people of a county."""

from collections.abc import Sequence

from flask_babel import gettext, lazy_gettext

from app.counting import counted as _n
from app.models import PeopleEvent
from app.models.membership import PeopleAct
from app.people.queries import InvitationLine, MemberLine
from app.people.words import role_name
from app.punctuation import bracketed, labelled
from plans.actors import Role

ACTS = {
    PeopleAct.INVITE: lazy_gettext("发出邀请"),
    PeopleAct.REVOKE: lazy_gettext("撤回邀请"),
    PeopleAct.JOIN: lazy_gettext("接受邀请"),
    PeopleAct.CHANGE: lazy_gettext("调整角色"),
    PeopleAct.END: lazy_gettext("停用"),
    PeopleAct.RESUME: lazy_gettext("恢复"),
    PeopleAct.HAND_OVER: lazy_gettext("工作交接"),
    PeopleAct.POST: lazy_gettext("明确职务"),
}


def _(text: str, **values: object) -> str:
    return str(gettext(text, **values))


def members_sentence(lines: Sequence[MemberLine], invitations: Sequence[InvitationLine]) -> str:
    """How many people there are, and what waits."""
    here = [line for line in lines if line.is_here]
    parts = [_n("本县在用成员 %(n)s 名", n=len(here))]
    if invitations:
        parts.append(_("%(n)s 份邀请待接受", n=sum(not line.is_over for line in invitations)))
    if late := sum(line.is_over for line in invitations):
        parts.append(_("%(n)s 份已过期", n=late))
    return _("，").join(parts) + _("。")


def basis(lines: Sequence[MemberLine]) -> list[str]:
    """How many there are of each part."""
    counts = {role: sum(line.is_here and line.member.role is role for line in lines) for role in Role}
    return [_("%(role)s %(n)s", role=role_name(role), n=n) for role, n in counts.items() if n]


def part_words(part: dict[str, str]) -> str:
    """A part as an event keeps it: 责任单位（县教育局）."""
    role = role_name(Role(part["role"]))
    return role + bracketed(part["place"]) if "place" in part else role


def event_words(event: PeopleEvent) -> str:
    """What changed, without who and when."""
    before, after = event.details.get("before"), event.details.get("after")
    if event.act is PeopleAct.POST:
        return _post_words(event)
    if before and after:
        return _("由%(then)s改为%(now)s", then=part_words(before), now=part_words(after))
    if event.act is PeopleAct.HAND_OVER:
        return _handed_over(event)
    part: dict[str, str] | None = before or after
    return part_words(part) if part else ""


def _post_words(event: PeopleEvent) -> str:
    details = event.details
    words = _("由%(then)s改为%(now)s", then=details["post_before"], now=details["post_after"])
    return labelled(part_words(details["after"]), words)


def _handed_over(event: PeopleEvent) -> str:
    details = event.details
    return _(
        "交给%(to)s：任务 %(tasks)s 项，措施 %(measures)s 条；"
        "单位督办单 %(notices)s 份、佐证材料 %(statements)s 项一并知悉",
        to=details["to"],
        **{name: len(details[name]) for name in ("tasks", "measures", "notices", "statements")},
    )
