"""Names of roles, as pages show them."""

from collections.abc import Mapping

from plans.actors import Post, Role
from plans.terms import in_force

ROLE_NAMES: Mapping[Role, str] = {
    Role.LEADER: "领导小组",
    Role.OFFICE: "创建办",
    Role.UNIT: "责任单位",
    Role.SCHOOL: "学校填报员",
    Role.SUPERVISOR: "督导室",
    Role.OVERSEER: "上级督导",
}

POST_NAMES: Mapping[Post, str] = {
    Post.MEMBER: "成员",
    Post.HEAD: "单位负责人",
    Post.DEPUTY: "分管领导",
}


def role_name(role: Role, own: Mapping[str, str] | None = None) -> str:
    """The name of a role, the county's own before ours; ``own`` are those of another county."""
    named = in_force().role_names if own is None else own
    return named.get(role.value) or ROLE_NAMES[role]


def role_names() -> dict[Role, str]:
    """All of them."""
    return {role: role_name(role) for role in Role}
