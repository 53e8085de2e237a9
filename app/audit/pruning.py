"""Taking old entries away: none within the time of keeping, signed off by name, the rest still checkable."""

from datetime import datetime, timedelta

import sqlalchemy as sa
from flask_babel import gettext as _
from sqlalchemy.orm import Session

from app.audit.chains import Chain, locked_head
from app.audit.doers import Doer
from app.audit.recording import record
from app.audit.verifying import verify
from app.models.audit import Act
from app.models.audit_seal import PRUNES
from plans.base import new_id
from plans.errors import PlanError


class TooYoung(PlanError):
    """Entries were to be taken away before the time of keeping was over."""

    def __init__(self, days: int) -> None:
        super().__init__(_("审计日志至少保存 %(n)s 天，不能清理更近的记录。请把日期改早。", n=days))


class KeptForEver(PlanError):
    """Entries were to be taken away although the operator keeps all of them."""

    def __init__(self) -> None:
        super().__init__(_("审计日志现为永久保存，不清理。要清理，请先设 AUDIT_KEPT_DAYS（不少于 180）。"))


class ChainBroken(PlanError):
    """A chain that does not hold was to be pruned."""

    def __init__(self, what: str) -> None:
        super().__init__(_("日志校验不通过（%(what)s），不能清理，以免掩盖问题。请先查明原因。", what=what))


def prune(
    session: Session, chain: Chain, *, before: datetime, kept_days: int | None, by: str, at: datetime
) -> int:
    """Take away a chain's entries from before a moment and leave a checkpoint; answers how many went.

    ``by`` is who signed it off; the pruning has an entry of its own in the log. ``kept_days`` is how long
    the operator keeps entries; None = for ever.

    Raises KeptForEver, TooYoung, ChainBroken.
    """
    if kept_days is None:
        raise KeptForEver()
    if before > at - timedelta(days=kept_days):
        raise TooYoung(kept_days)
    locked_head(session, chain)
    verdict, entry = verify(session, chain), chain.entry
    if verdict.fault:
        raise ChainBroken(verdict.fault.what)
    upto = _last_before(session, chain, before)
    if upto is None:
        return 0
    digest = session.scalars(sa.select(entry.hash).where(entry.no == upto)).one()
    session.add(chain.checkpoint(id=new_id(), upto=upto, hash=digest, before=before, at=at, who=by))
    session.flush()
    n_gone = session.scalars(sa.select(sa.func.count()).select_from(entry).where(entry.no <= upto)).one()
    gone = sa.delete(entry).where(entry.no <= upto)
    session.execute(gone, execution_options={PRUNES: True, "synchronize_session": False})
    told = {"upto": upto, "hash": digest, "before": before.isoformat(), "entries": n_gone}
    record(session, Doer(who=by), act=Act.PRUNE, thing="audit", after=told, at=at)
    return n_gone


def _last_before(session: Session, chain: Chain, before: datetime) -> int | None:
    """The last entry of the unbroken run of old ones at the beginning."""
    entry = chain.entry
    first_kept = session.scalar(sa.select(sa.func.min(entry.no)).where(entry.at >= before))
    old = sa.select(sa.func.max(entry.no)).where(entry.at < before)
    return session.scalar(old if first_kept is None else old.where(entry.no < first_kept))
