"""Who may do what: acts, the table of permissions, and the one question ``may(actor, act, thing)``."""

from plans.rights.acts import Act
from plans.rights.conditions import Beneath, Condition
from plans.rights.table import PERMISSIONS, Permission, check, may, might

__all__ = ["PERMISSIONS", "Act", "Beneath", "Condition", "Permission", "check", "may", "might"]
