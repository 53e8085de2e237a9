"""Names of roles, as pages show them."""

from collections.abc import Mapping

from plans.actors import Post, Role
from plans.terms import in_force
from plans.words import _

ROLE_NAMES: Mapping[Role, str] = {
    Role.LEADER: _("领导小组"),
    Role.OFFICE: _("创建办"),
    Role.UNIT: _("责任单位"),
    Role.SCHOOL: _("学校填报员"),
    Role.SUPERVISOR: _("督导室"),
    Role.OVERSEER: _("上级督导"),
}

POST_NAMES: Mapping[Post, str] = {
    Post.MEMBER: _("成员"),
    Post.HEAD: _("单位负责人"),
    Post.DEPUTY: _("分管领导"),
}


def role_name(role: Role, own: Mapping[str, str] | None = None) -> str:
    """The name of a role, the county's own before ours; ``own`` are those of another county."""
    named = in_force().role_names if own is None else own
    return named.get(role.value) or ROLE_NAMES[role]


def role_names() -> dict[Role, str]:
    """All of them."""
    return {role: role_name(role) for role in Role}
