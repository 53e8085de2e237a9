"""What the pages of the log show."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from math import ceil

from flask_babel import gettext as _
from sqlalchemy.orm import Session

from app.audit.chains import Chain
from app.audit.queries import PER_PAGE, Entry, LogFilter, count_entries, find_entry, newest_entries
from app.audit.verifying import Verdict, verify
from app.audit.words import ACTS, ROLES, field_word, thing_words, value_words
from app.counting import counted as _n
from app.dates import moment_words
from app.ledgers.rows import Column, LedgerRow
from app.models.audit import Act
from app.punctuation import labelled

CHECKED = 500  # newest entries that the page works out again by itself
MOST_EXPORTED = 20_000
LONGEST_SHOWN = 200
TELLS_LITTLE = ("_id", "sha256")


@dataclass(frozen=True)
class Change:
    """One field of an entry; None = there was or is none."""

    name: str  # of the column
    field: str
    before: str | None
    after: str | None

    @property
    def words(self) -> str:
        if self.before is None:
            return labelled(self.field, self.after)
        after = self.after or _("删除")
        return labelled(self.field, f"{self.before} → {after}")


@dataclass(frozen=True)
class LogLine:
    """One entry as the page tells it."""

    no: int
    at: str
    who: str
    role: str
    address: str
    act: str
    thing: str
    changes: list[Change]
    hash: str
    previous: str

    @property
    def words(self) -> str:
        """All changes in one line."""
        return _("；").join(change.words for change in self.changes)

    @property
    def short(self) -> str:
        """As much of them as a row of the list can use."""
        telling = (change for change in self.changes if not change.name.endswith(TELLS_LITTLE))
        words = _("；").join(change.words for change in telling)
        return words if len(words) <= LONGEST_SHOWN else words[:LONGEST_SHOWN] + "…"


@dataclass(frozen=True)
class LogPlace:
    """Where the pages of a chain live: endpoints of the list, the workbook and one entry."""

    index: str
    export: str
    entry: str
    title: str


@dataclass(frozen=True)
class LogPage:
    """A page of the log under its filters, with the state of the chain."""

    headline: str
    is_sound: bool
    basis: list[str]
    wanted: LogFilter
    lines: list[LogLine]
    total: int
    page: int
    pages: int
    acts: list[tuple[str, str]]
    is_whole: bool  # every entry was checked, not only the newest


def wanted_of(asked: Mapping[str, str]) -> LogFilter:
    """The filters of an address; what does not parse is no filter."""
    act = asked.get("act", "")
    return LogFilter(
        person=asked.get("person", "").strip()[:60],
        act=Act(act) if act in list(Act) else None,
        thing=asked.get("thing", "").strip()[:80],
        first=_day(asked.get("first", "")),
        last=_day(asked.get("last", "")),
    )


def log_page(
    session: Session, chain: Chain, wanted: LogFilter, *, page: int, whole: bool, kept_days: int | None
) -> LogPage:
    """Read a page of a chain and check the chain. Five queries, six for a chain longer than is checked."""
    verdict = verify(session, chain, last=None if whole else CHECKED)
    total = count_entries(session, chain, wanted)
    pages = max(ceil(total / PER_PAGE), 1)
    page = min(max(page, 1), pages)
    entries = newest_entries(session, chain, wanted, skip=(page - 1) * PER_PAGE, n=PER_PAGE)
    return LogPage(
        headline=_headline(verdict, is_whole=verdict.checked == verdict.no),
        is_sound=verdict.fault is None,
        basis=_basis(verdict, kept_days),
        wanted=wanted,
        lines=[log_line(entry) for entry in entries],
        total=total,
        page=page,
        pages=pages,
        acts=[(act.value, str(word)) for act, word in ACTS.items()],
        is_whole=whole or verdict.checked == verdict.no,
    )


def one_line(session: Session, chain: Chain, no: int) -> LogLine:
    """One entry. Raises NotFound."""
    return log_line(find_entry(session, chain, no))


def log_line(entry: Entry) -> LogLine:
    """An entry in words."""
    return LogLine(
        no=entry.no,
        at=_second(entry.at),
        who=entry.who or _("未登录"),
        role=str(ROLES.get(entry.role, entry.role)),
        address=entry.address,
        act=str(ACTS[entry.act]),
        thing=thing_words(entry.thing, entry.title),
        changes=_changes(entry),
        hash=entry.hash,
        previous=entry.previous,
    )


def export_rows(session: Session, chain: Chain, wanted: LogFilter) -> tuple[list[Column], list[LedgerRow]]:
    """The log under its filters as rows of a workbook, the newest first. One query."""
    entries = newest_entries(session, chain, wanted, skip=0, n=MOST_EXPORTED)
    return _columns(), [_row(log_line(entry)) for entry in entries]


def _columns() -> list[Column]:
    words = [(_("序号"), 8), (_("时间"), 20), (_("人员"), 14), (_("角色"), 12), (_("地址"), 16)]
    words += [(_("事项"), 12), (_("对象"), 36), (_("改动"), 70), (_("上一条校验码"), 20), (_("校验码"), 20)]
    return [Column(label, width) for label, width in words]


def _row(line: LogLine) -> LedgerRow:
    told = (line.who, line.role, line.address, line.act, line.thing, line.words, line.previous, line.hash)
    return LedgerRow("", "", "", "", "", (str(line.no), line.at, *told))


def _changes(entry: Entry) -> list[Change]:
    before, after = entry.before or {}, entry.after or {}
    names = [*before, *(name for name in after if name not in before)]
    return [
        Change(
            name,
            field_word(name),
            value_words(before[name]) if name in before else None,
            value_words(after[name]) if name in after else None,
        )
        for name in names
    ]


def _headline(verdict: Verdict, *, is_whole: bool) -> str:
    if verdict.fault:
        return _("第 %(no)s 条起不可信：%(what)s。", no=verdict.fault.no, what=verdict.fault.what)
    if verdict.checked == 0:
        return _("还没有日志记录。")
    if is_whole:
        return _n("日志完整，共 %(n)s 条，逐条校验一致。", n=verdict.checked)
    return _n("最近 %(n)s 条日志校验一致，没有改动或缺失。", n=verdict.checked)


def _basis(verdict: Verdict, kept_days: int | None) -> list[str]:
    kept = _("永久保存") if kept_days is None else _("至少保存 %(n)s 天", n=kept_days)
    words = [_("只能追加，不能修改和删除"), kept]
    if verdict.no:
        words.append(_("链尾第 %(no)s 条，校验码 %(hash)s", no=verdict.no, hash=verdict.hash[:12]))
    return words


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def _second(at: datetime) -> str:
    return f"{moment_words(at)}:{at:%S}"
