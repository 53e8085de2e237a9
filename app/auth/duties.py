"""What somebody must do first: change a password that others know, set up a second factor."""

from flask import current_app

from app.auth.ways import asks_for_no_code, way_here
from app.models import Account
from plans.actors import Role
from plans.base import County

# Those who decide, who look into counties, and who look after accounts.
ROLES_WITH_SECOND_FACTOR = frozenset({Role.LEADER, Role.OVERSEER, Role.OFFICE})
SETTING = "second_factor_required"  # in the settings of a county


def duty_of(account: Account, role: Role | None, county: County | None) -> str | None:
    """The endpoint that comes before everything else; None when nothing is owed."""
    if account.must_change:
        return "auth.password"
    if (
        account.second_factor_at is None
        and not asks_for_no_code(way_here())
        and needs_second_factor(account, role, county)
    ):
        return "auth.second_factor"
    return None


def needs_second_factor(account: Account, role: Role | None, county: County | None) -> bool:
    """Whether the county asks this role for a second factor, or the operator whoever runs the platform."""
    if account.is_platform_admin and current_app.config["ADMIN_SECOND_FACTOR"]:
        return True
    return county is not None and bool(county.settings.get(SETTING)) and role in ROLES_WITH_SECOND_FACTOR
