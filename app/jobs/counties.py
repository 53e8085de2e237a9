"""One job over many counties: each in a session and a transaction of its own."""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa
from flask_babel import gettext as _
from sqlalchemy.orm import Session

from app.extensions import db
from app.tenancy import enter_county
from plans.base import County
from plans.errors import PlanError
from plans.terms import terms_of, under

Job = Callable[[Session, County, datetime], str]  # says in a sentence what it did
log = logging.getLogger(__name__)


class UnknownCounty(PlanError):
    """No county has the code."""

    def __init__(self, code: str) -> None:
        self.code = code
        super().__init__(_("没有行政区划代码为 %(code)s 的县，请核对后再运行。", code=code))


@dataclass(frozen=True)
class Outcome:
    """What a job did in one county."""

    county: str
    words: str
    has_failed: bool = False


def for_each_county(job: Job, *, at: datetime, code: str | None = None) -> list[Outcome]:
    """Run a job in every county, or in the one with the code, and commit after each.

    A county that fails leaves nothing behind; the others go on.

    Raises UnknownCounty.
    """
    db.session.remove()  # whatever was in scope before: a session serves one county for its life
    in_use = County.suspended_at.is_(None)
    statement = sa.select(County.id, County.name).where(in_use).order_by(County.code)
    wanted = statement if code is None else statement.where(County.code == code)
    counties = [(row.id, row.name) for row in db.session.execute(wanted)]
    db.session.remove()
    if code is not None and not counties:
        raise UnknownCounty(code)
    return [_run(job, county_id, name, at) for county_id, name in counties]


def _run(job: Job, county_id: int, name: str, at: datetime) -> Outcome:
    session = db.session()
    try:
        enter_county(session, county_id)
        county = session.get_one(County, county_id)
        with under(terms_of(county.settings)):
            words = job(session, county, at)
        session.commit()
    except Exception:  # one county must not keep the others waiting
        session.rollback()
        log.exception("Job %s failed in county %s (%s).", job.__name__, county_id, name)
        return Outcome(name, _("没有办成，原因见日志，可重新运行。"), has_failed=True)
    finally:
        db.session.remove()
    return Outcome(name, words)
