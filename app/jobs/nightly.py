"""What is done for a county once a night; run as often as one likes, it does nothing twice."""

from datetime import datetime

from flask_babel import gettext as _
from sqlalchemy.orm import Session

from app.oversight.standings import renew_standings
from app.targets.alarms import watch_targets
from plans.actors import Actor, Role
from plans.base import County
from plans.calendar import ZONE
from plans.duties import open_occurrences

NOBODY = 0  # no account: the programme itself acts


def nightly(session: Session, county: County, at: datetime) -> str:
    """Hand out the recurring duties that are near, look after targets and standings; says what was done.

    Nothing is committed.
    """
    opened = open_occurrences(session, office_of(county), at=at)
    n_marked = watch_targets(session, on=at.astimezone(ZONE).date())
    words = _("交办周期任务 %(n)s 项。", n=len(opened)) if opened else _("没有要交办的周期任务。")
    words += _("%(n)s 个目标偏离或回到路径。", n=n_marked) if n_marked else ""
    n_told = renew_standings(session, county)
    return words + (_("更新上级所见情况 %(n)s 项。", n=n_told) if n_told else "")


def office_of(county: County) -> Actor:
    """The programme office, in whose name the job acts."""
    return Actor(NOBODY, _("创建办（系统）"), county.id, Role.OFFICE)
