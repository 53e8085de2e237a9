"""Whether a chain is whole: every entry as it was written, none missing, none added, none cut off."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from flask_babel import gettext as _
from sqlalchemy.orm import Session

from app.audit.chains import GENESIS, TOLD, Chain, hash_of, head_of
from app.counting import counted as _n
from app.models.audit import Act

BATCH = 1000


@dataclass(frozen=True)
class Fault:
    """The first broken place of a chain."""

    no: int
    what: str


@dataclass(frozen=True)
class Verdict:
    """What a check found. ``checked`` entries up to ``no`` with the hash ``hash``."""

    checked: int
    no: int
    hash: str
    fault: Fault | None = None


@dataclass(frozen=True)
class Mark:
    """A place in a chain: number and hash of an entry."""

    no: int
    hash: str


def verify(session: Session, chain: Chain, *, known: Mark | None = None, last: int | None = None) -> Verdict:
    """Work a chain out again and compare. Names the first fault.

    ``known`` is a head noted earlier and kept elsewhere: a chain written anew from there on cannot hold it.
    ``last`` looks at so many of the newest entries only, their beginning then taken as it is.
    """
    head = head_of(session, chain)
    start = _beginning(session, chain, last, head.no if head else 0)
    place, seen = start, 0
    for row in _entries(session, chain, start.no):
        fault = _fault_of(chain, row, place) or _differs(known, row)
        if fault:
            return Verdict(seen, place.no, place.hash, fault)
        place, seen = Mark(row["no"], row["hash"]), seen + 1
    ends = (head.no, head.hash) if head else (0, GENESIS)
    fault = _end_fault(place, Mark(*ends)) or _pruning_fault(session, chain, start, last)
    if fault is None and known and known.no > place.no:
        fault = Fault(
            place.no + 1, _n("留存的链尾为第 %(no)s 条，现在只有 %(n)s 条", n=place.no, no=known.no)
        )
    return Verdict(seen, place.no, place.hash, fault)


def _beginning(session: Session, chain: Chain, last: int | None, newest: int) -> Mark:
    """Where the check begins: the last checkpoint, or so many entries before the end."""
    kind = chain.checkpoint
    found = session.execute(sa.select(kind.upto, kind.hash).order_by(kind.upto.desc()).limit(1)).first()
    begin = Mark(found.upto, found.hash) if found else Mark(0, GENESIS)
    if last is None or newest - last <= begin.no:
        return begin
    entry = chain.entry
    digest = session.scalar(sa.select(entry.hash).where(entry.no == newest - last))
    return Mark(newest - last, digest) if digest else begin


def _entries(session: Session, chain: Chain, after: int) -> Iterator[dict[str, Any]]:
    entry = chain.entry
    columns = [getattr(entry, name) for name in (*TOLD, "at", "hash")]
    statement = sa.select(*columns).where(entry.no > after).order_by(entry.no)
    with session.execute(statement.execution_options(yield_per=BATCH)) as rows:
        for row in rows.mappings():
            yield dict(row)


def _fault_of(chain: Chain, row: dict[str, Any], place: Mark) -> Fault | None:
    no, at = row["no"], row["at"]
    if no != place.no + 1:
        return Fault(place.no + 1, _("缺少第 %(no)s 条", no=place.no + 1))
    if row["previous"] != place.hash:
        return Fault(no, _("与上一条不衔接，可能被替换或插入"))
    if hash_of(chain, row, at) != row["hash"]:
        return Fault(no, _("内容与哈希不符，可能被改动"))
    return None


def _differs(known: Mark | None, row: dict[str, Any]) -> Fault | None:
    if known is None or known.no != row["no"] or known.hash == row["hash"]:
        return None
    return Fault(known.no, _("与留存的链尾不符，此前的记录可能被整体重写"))


def _end_fault(place: Mark, head: Mark) -> Fault | None:
    if place == head:
        return None
    if place.no < head.no:
        return Fault(place.no + 1, _("链尾应为第 %(no)s 条，末尾的记录被删去", no=head.no))
    return Fault(head.no + 1, _("第 %(no)s 条之后有不经登记的记录", no=head.no))


def _pruning_fault(session: Session, chain: Chain, start: Mark, last: int | None) -> Fault | None:
    """A checkpoint without its own entry in the log was not made by pruning."""
    if start.no == 0 or last is not None:
        return None
    entry = chain.entry
    prunings = session.scalars(sa.select(entry.after).where(entry.act == Act.PRUNE).order_by(entry.no.desc()))
    if any(told and (told["upto"], told["hash"]) == (start.no, start.hash) for told in prunings):
        return None
    return Fault(start.no, _("第 %(no)s 条以前的记录被删去，却没有清理记录", no=start.no))
