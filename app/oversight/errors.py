"""What can go wrong above the counties."""

from flask_babel import gettext as _

from plans.errors import PlanError


class NotBelow(PlanError):
    """A county that lies in no region of this overseer; it might as well not exist."""

    def __init__(self) -> None:
        super().__init__(_("找不到该县（市、区），或不在您的督导范围内。"))
