"""Names of roles, as pages show them."""

from plans.actors import Role

ROLE_NAMES = {
    Role.LEADER: "领导小组",
    Role.OFFICE: "创建办",
    Role.UNIT: "责任单位",
    Role.SCHOOL: "学校填报员",
    Role.SUPERVISOR: "督导室",
    Role.OVERSEER: "上级督导",
}
