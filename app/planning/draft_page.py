"""The preview of a draft: its rows with their sources, what was corrected, and what is locked."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from flask_babel import gettext as _
from sqlalchemy.orm import Session

from app.planning.sentences import draft_basis, draft_headline
from app.punctuation import labelled, listed
from plans.acceptance import plan_of_document
from plans.corrections.commands import GAPS, UNITS, fingerprint
from plans.corrections.parts import PART_NAMES, Part, Row, keyed, rows_of
from plans.corrections.recounting import is_from_document
from plans.horizons import gap_words
from plans.models import KeptDraft, Plan
from plans.models.draft import DraftCorrection
from plans.pushing import lock_words
from plans.reading.sources import place_of
from plans.words import _ as _l

ACTS = {
    "edit": _l("更正"),
    "add": _l("补充"),
    "delete": _l("删去"),
    "restore": _l("恢复原文"),
    "rename": _l("改名"),
    "merge": _l("并入"),
    "remove": _l("删去"),
    "settle": _l("已核对"),
}
FIELD_NAMES = {
    "title": _l("标题"),
    "document_no": _l("发文字号"),
    "horizon": _l("目标年份"),
    "text": _l("内容"),
    "group": _l("所属方面"),
    "lead": _l("牵头单位"),
    "support": _l("配合单位"),
    "units": _l("责任单位"),
    "start": _l("开始"),
    "end": _l("结束"),
    "steps": _l("步骤"),
    "due": _l("时限"),
    "phase": _l("所属阶段"),
    "code": _l("编号"),
    "indicator_code": _l("对应指标"),
    "name": _l("名称"),
    "aliases": _l("又名"),
}
_THINGS: Mapping[str, str] = {
    **{part.value: name for part, name in PART_NAMES.items()},
    UNITS: _l("单位"),
    GAPS: _l("待核对"),
}
STAGES = {"primary": _l("小学"), "junior": _l("初中")}
SIGNS = {">=": "≥", "<=": "≤", ">": "＞", "<": "＜"}
_SHOWN = 60  # characters of a value in the list of corrections


@dataclass(frozen=True)
class DraftRow:
    """One row of the preview."""

    part: Part
    key: str
    row: Row
    source: str  # where it stands in the document; "" = nowhere
    source_text: str  # the words there
    is_changed: bool
    is_added: bool

    @property
    def when(self) -> str:
        """Deadline and recurrence as they were read; "" = none."""
        return listed(filter(None, [self.row.get("due"), *self.row.get("recurrence", ())]))

    @property
    def promised(self) -> str:
        """The numbers that were read from the words; "" = none."""
        return _("；").join(_target_words(target) for target in self.row.get("targets", ()))


@dataclass(frozen=True)
class DraftPage:
    """A whole draft as its preview shows it."""

    draft: KeptDraft
    accepted: Plan | None
    rows: Mapping[Part, list[DraftRow]]
    removed: list[DraftRow]
    refusal: str = ""
    headline: str = ""
    basis: list[str] = field(default_factory=list)
    horizon_warning: str = ""  # the plan ends before the county's target year

    @property
    def body(self) -> Mapping[str, Any]:
        return self.draft.body

    @property
    def may_correct(self) -> bool:
        return self.accepted is None

    @property
    def groups(self) -> list[tuple[str, list[DraftRow]]]:
        """Measures under their headings."""
        titles = dict.fromkeys(line.row["group"] for line in self.rows[Part.MEASURES])
        return [(t, [one for one in self.rows[Part.MEASURES] if one.row["group"] == t]) for t in titles]

    @property
    def log(self) -> list[DraftCorrection]:
        """The corrections, the newest first."""
        return self.draft.corrections[::-1]

    @property
    def lock_words(self) -> str:
        """Which parts may not be changed; "" = all may."""
        return lock_words(self.draft)

    def is_locked(self, part: str) -> bool:
        return part in self.draft.locked_parts

    def gap_text(self, gap: Row) -> str:
        """The words of the document at the place of a gap; "" = none."""
        return str(self.draft.source_texts.get(place_of(gap) or "", ""))

    def can_settle(self, gap: Row) -> bool:
        return self.may_correct and is_from_document(gap)


def draft_page(session: Session, draft: KeptDraft, county_year: int, refusal: str = "") -> DraftPage:
    """The preview of a draft, for a county with this target year."""
    body, original = keyed(draft.body), keyed(draft.original)
    rows = {part: [_row(draft, part, row, original) for row in rows_of(body, part)] for part in Part}
    kept = {line.key for lines in rows.values() for line in lines}
    return DraftPage(
        draft=draft,
        accepted=plan_of_document(session, draft.source_sha256),
        rows=rows,
        removed=[
            _row(draft, part, row, original)
            for part in Part
            for row in rows_of(original, part)
            if row["key"] not in kept
        ],
        refusal=refusal,
        headline=draft_headline(draft),
        basis=draft_basis(draft),
        horizon_warning=gap_words(_("草稿"), draft.body["horizon"], county_year),
    )


def one_row(page: DraftPage, part: Part, key: str) -> DraftRow | None:
    """The row under a key; None if it is there no more."""
    return next((line for line in page.rows[part] if line.key == key), None)


def seen_of(row: Row) -> str:
    """What a form must bring back to tell which state of the row it was filled from."""
    return fingerprint(row)


def correction_words(correction: DraftCorrection) -> tuple[str, str]:
    """What was done, and which values changed from what to what."""
    before, after = correction.before or {}, correction.after or {}
    known = after or before
    title = str(known.get("title") or known.get("name") or known.get("text") or known.get("message") or "")
    thing = _THINGS[correction.part]
    what = _("%(act)s%(thing)s %(title)s", act=ACTS[correction.act], thing=thing, title=_value(title))
    if not (before and after):
        return what, ""
    changed = [name for name in FIELD_NAMES if before.get(name) != after.get(name)]
    values = (
        labelled(FIELD_NAMES[name], f"{_value(before.get(name))} → {_value(after.get(name))}")
        for name in changed
    )
    return what, _("；").join(values)


def _row(draft: KeptDraft, part: Part, row: Row, original: Mapping[str, Any]) -> DraftRow:
    read = next((one for one in rows_of(original, part) if one["key"] == row["key"]), None)
    place = place_of(row) or ""
    return DraftRow(
        part=part,
        key=row["key"],
        row=row,
        source=_place_words(place),
        source_text=draft.source_texts.get(place, ""),
        is_changed=read is not None and read != row,
        is_added=read is None,
    )


def _target_words(target: Row) -> str:
    """One promised number: R7 小学≥2.3间（2027年）."""
    value = f"{SIGNS[target['relation']]}{target['value']:g}{target['unit'] or ''}"
    year = _("（%(year)s年）", year=target["year"]) if target["year"] else ""
    what = target["indicator_code"] or _("未对应指标")
    return f"{what} {STAGES.get(target['stage'], '')}{value}{year}"


def _place_words(place: str) -> str:
    if place.startswith("t"):
        table, row = place[1:].split("r")
        return _("表%(t)s第%(r)s行", t=table, r=row)
    return _("第 %(n)s 段", n=place) if place else ""


def _value(value: Any) -> str:
    text = listed(value) if isinstance(value, list) else str(value or _("空"))
    return (text or _l("空")) if len(text) <= _SHOWN else text[: _SHOWN - 1] + "…"
