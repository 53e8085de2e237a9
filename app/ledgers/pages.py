"""What the pages of ledgers show."""

from dataclasses import dataclass

from flask_babel import gettext as _
from sqlalchemy.orm import Session

from app.assessments import sentences
from app.assessments.queries import latest, standard_of
from app.assessments.runs import judged_again
from app.ledgers.rows import (
    Column,
    Kind,
    LedgerFilter,
    LedgerRow,
    columns,
    indicator_choices,
    ledger_rows,
    narrowed,
)


@dataclass(frozen=True)
class LedgerPage:
    """One ledger of a year's newest result."""

    kind: Kind
    title: str
    headline: str
    basis: list[str]
    columns: list[Column]
    rows: list[LedgerRow]  # narrowed
    indicators: list[tuple[str, str]]
    wanted: LedgerFilter


def ledger_page(session: Session, year: int | None, kind: Kind, wanted: LedgerFilter) -> LedgerPage | None:
    """Work a ledger out; None before any result."""
    assessment = None if year is None else latest(session, year)
    if assessment is None:
        return None
    whole = ledger_rows(judged_again(assessment), kind)
    name = _("未达标台账") if kind is Kind.UNMET else _("已达标台账")
    return LedgerPage(
        kind=kind,
        title=_("%(year)s 年度%(name)s", year=year, name=name),
        headline=headline(kind, whole),
        basis=sentences.basis(assessment, standard_of(assessment)),
        columns=columns(),
        rows=narrowed(whole, wanted),
        indicators=indicator_choices(whole),
        wanted=wanted,
    )


def headline(kind: Kind, rows: list[LedgerRow]) -> str:
    """How many findings, of schools and of the county."""
    if kind is Kind.MET:
        n_schools = sum(row.level == "school" for row in rows)
        counts = {"n": len(rows), "schools": n_schools, "county": len(rows) - n_schools}
        return _("已达标 %(n)s 条：学校 %(schools)s 条，全县 %(county)s 条。", **counts)
    unmet = sum(row.verdict == "not_met" for row in rows)
    waiting = len(rows) - unmet
    also = _("，另有待定和缺数据 %(n)s 条", n=waiting) if waiting else ""
    return _("未达标 %(n)s 条", n=unmet) + also + _("。")
