"""Results of the national monitoring: entered by the office as issued, each change logged."""

from datetime import datetime

import sqlalchemy as sa
from flask_babel import gettext as _
from sqlalchemy.orm import Session

from app.items.commands import only_preparer
from app.models import MonitoringResult
from app.rules.log import log_input
from plans.actors import Actor
from plans.base import new_id
from plans.errors import NotFound
from plans.words import _ as _l

LEVELS = {1: _l("Ⅰ级"), 2: _l("Ⅱ级"), 3: _l("Ⅲ级"), 4: _l("Ⅳ级")}


def enter_result(
    session: Session,
    actor: Actor,
    *,
    year: int,
    subject: str,
    level: int | None,
    rate: float | None,
    source: str,
    at: datetime,
) -> None:
    """Keep the result of one subject; a second one for the same year replaces the first. None = not issued.

    Raises ActNotAllowed.
    """
    only_preparer(actor)
    row = _row(session, year, subject) or MonitoringResult(id=new_id(), year=year, subject=subject)
    if (row.level, row.difference_rate, row.source) == (level, rate, source):
        return
    row.level, row.difference_rate, row.source = level, rate, source
    session.add(row)
    note = _(
        "%(year)s 年%(subject)s：等级 %(level)s，校际差异率 %(rate)s（%(source)s）",
        year=year,
        subject=subject,
        level=LEVELS[level] if level else _("未公布"),
        rate=_("未公布") if rate is None else f"{rate:g}",
        source=source,
    )
    log_input(session, actor, "monitoring", subject, note, at)


def drop_result(session: Session, actor: Actor, *, result_id: int, at: datetime) -> None:
    """Take out a result that was entered by mistake. Raises ActNotAllowed, NotFound."""
    only_preparer(actor)
    row = session.scalar(sa.select(MonitoringResult).where(MonitoringResult.id == result_id))
    if row is None:
        raise NotFound(_("监测结果"))
    session.delete(row)
    note = _("删除 %(year)s 年%(subject)s的结果", year=row.year, subject=row.subject)
    log_input(session, actor, "monitoring", row.subject, note, at)


def _row(session: Session, year: int, subject: str) -> MonitoringResult | None:
    place = (MonitoringResult.year == year, MonitoringResult.subject == subject)
    return session.scalar(sa.select(MonitoringResult).where(*place))
