"""Statements on items that wait for a signature."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

import sqlalchemy as sa
from sqlalchemy.orm import Session, selectinload

from app.assessments.queries import standard_of
from app.items.commands import PREPARE, has_prepared, lacking
from app.items.slots import stated_parts
from app.models import Assessment, Attestation
from plans.actors import Actor
from plans.calendar import ZONE
from scoring.items import Item


@dataclass(frozen=True)
class ToSign:
    """A statement with everything that a signature needs."""

    item: str
    label: str
    part: str  # "" where the item has one only
    prepared_by: str
    since: date
    days: int


@dataclass(frozen=True)
class Statements:
    """All statements that the standard asks for in one year."""

    to_sign: list[ToSign]  # the longest waiting first
    n_signed: int
    n_unready: int  # not written yet, or something is missing

    @property
    def n_asked(self) -> int:
        return len(self.to_sign) + self.n_signed + self.n_unready


NOTHING_STATED = Statements([], 0, 0)


def statements_of(session: Session, actor: Actor, assessment: Assessment, today: date) -> Statements:
    """How far the statements of the year are. Three statements."""
    asked = list(_asked(standard_of(assessment).items))
    rows = _rows(session, assessment.year)
    found = [(item, label, rows.get((item.code, key))) for item, key, label in asked]
    signed = sum(row is not None and row.is_signed for *_, row in found)
    ready = [
        _line(item, label, row, today)
        for item, label, row in found
        if row is not None and not row.is_signed and not lacking(row) and not has_prepared(actor, row)
    ]
    ready.sort(key=lambda line: (line.since, line.item))
    return Statements(ready, signed, len(asked) - signed - len(ready))


def _asked(items: tuple[Item, ...]) -> Iterator[tuple[Item, str, str]]:
    for item in items:
        parts = stated_parts(item).values()
        for part in parts:
            yield item, part.key, part.label if len(parts) > 1 else ""


def _rows(session: Session, year: int) -> dict[tuple[str, str], Attestation]:
    statement = (
        sa.select(Attestation)
        .where(Attestation.year == year)
        .options(selectinload(Attestation.events), selectinload(Attestation.evidence))
    )
    return {(row.item, row.part): row for row in session.scalars(statement)}


def _line(item: Item, label: str, row: Attestation, today: date) -> ToSign:
    last = next(event for event in reversed(row.events) if event.act == PREPARE)
    since = last.at.astimezone(ZONE).date()
    return ToSign(item.code, item.label, label, last.actor_name, since, (today - since).days)
