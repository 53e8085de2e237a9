"""Who stands above whom in the demo county: the heads of most units, one leader in charge."""

import sqlalchemy as sa

from app.demo.people import add_person
from app.demo.work import Stage
from plans.actors import Post, Role
from plans.models import Unit

# Left without a head, so that the page of members shows what is missing.
WITHOUT = ("各乡镇、街道", "县残联", "县红十字会", "县法院")


def name_heads(stage: Stage, county: str) -> None:
    """Add a head to every unit but a few, logins ``<county>-head<number>``, and ``<county>-deputy``."""
    units = stage.session.execute(
        sa.select(Unit.id, Unit.name).where(Unit.name.not_in(WITHOUT)).order_by(Unit.name)
    ).all()
    for no, unit in enumerate(units, 1):
        login, name = f"{county}-head{no}", f"{unit.name}负责人示例"
        add_person(stage.session, login, name, Role.UNIT, unit.id, stage.at, post=Post.HEAD)
    deputy = f"{county}-deputy"
    add_person(stage.session, deputy, "分管副县长示例", Role.LEADER, None, stage.at, post=Post.DEPUTY)
