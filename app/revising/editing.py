"""One part of a plan in its form: as it stands, as it was sent, and refused beside what stands there now."""

from dataclasses import dataclass, replace
from datetime import date, datetime

from flask_babel import gettext as _
from sqlalchemy.orm import Session

from app.planning.queries import Choice, unit_choices
from app.revising.forms import RevisionForm
from app.revising.parts import PARTS, PartKind, Revision
from plans.actors import Actor
from plans.change_log import locked_fields, plan_id_of, version_of
from plans.commands.finding import found
from plans.errors import NotFound
from plans.models import IndicatorDuty, Measure, Plan
from plans.part_fields import Row, fields_of, title_of
from plans.snapshots import FIELD_WORDS
from scoring.loader import load_standard


@dataclass(frozen=True)
class PartEdit:
    """The form of one row."""

    plan: Plan
    part: str
    kind: PartKind
    row: Row
    form: RevisionForm
    locked: list[tuple[str, str]]  # what a lock from above keeps: its name and its words
    refusal: str = ""
    now: tuple[tuple[str, str], ...] = ()  # what stands there, beside a refused form

    @property
    def title(self) -> str:
        return title_of(self.row)

    @property
    def is_assumed(self) -> bool:
        """Whether saving settles who leads, which the document leaves open."""
        return isinstance(self.row, Measure) and self.row.lead_is_assumed

    @property
    def fields(self) -> list[str]:
        names = {name for name, _words in self.locked}
        return [name for name in self.form.shown if name not in names]

    @property
    def locked_words(self) -> list[tuple[str, str]]:
        return [(FIELD_WORDS[name], words) for name, words in self.locked]


@dataclass(frozen=True)
class Place:
    """Which row of which plan, and the indicators that the county's standard knows."""

    plan_id: int
    part: str
    row_id: int
    known: list[Choice]


def known_indicators(standard_id: str, on: date) -> list[Choice]:
    """The indicators of a standard in force on a day, under their names."""
    standard = load_standard(standard_id, on)
    named = [(one.code, one.label) for one in standard.indicators]
    named += [(one.code, one.label) for one in standard.items]
    return [(code, f"{code} {label}") for code, label in named]


def part_edit(session: Session, at: Place) -> PartEdit:
    """The form of a row as it stands. Raises NotFound."""
    _plan, kind, row = _find(session, at)
    form = kind.form(formdata=None, seen=str(version_of(row)), **kind.start(row))
    return _edit(session, at, form)


def sent_edit(session: Session, at: Place) -> PartEdit:
    """The form as it was sent; what is locked stays as it stands. Raises NotFound."""
    _plan, kind, row = _find(session, at)
    edit = _edit(session, at, kind.form())
    stands = kind.start(row)
    for name, _words in edit.locked:
        edit.form[name].data = stands[name]
    return edit


def refused_edit(session: Session, at: Place, form: RevisionForm, refusal: str) -> PartEdit:
    """What was typed, to be sent again against what stands there now."""
    edit = _edit(session, at, form)
    form.seen.data, form.seen.raw_data = str(version_of(edit.row)), None
    stands = tuple((FIELD_WORDS[name], words) for name, words in fields_of(edit.row).items())
    return replace(edit, refusal=refusal, now=stands)


def save_part(session: Session, actor: Actor, edit: PartEdit, *, at: datetime) -> None:
    """Change the row by its form. Raises what the command of the part raises."""
    edit.kind.save(Revision(session, actor, edit.row, edit.form, at))


def _find(session: Session, at: Place) -> tuple[Plan, PartKind, Row]:
    plan: Plan = found(session, Plan, at.plan_id, _("实施方案"))
    kind = PARTS.get(at.part)
    if kind is None:
        raise NotFound(_("部分"))
    row: Row = found(session, kind.model, at.row_id, str(kind.name))
    if plan_id_of(row) != plan.id:
        raise NotFound(str(kind.name))
    return plan, kind, row


def _edit(session: Session, at: Place, form: RevisionForm) -> PartEdit:
    plan, kind, row = _find(session, at)
    form.offer(units=unit_choices(session), indicators=_with_own(at.known, row))
    names = locked_fields(session, row)
    locked = [(name, words) for name, words in fields_of(row).items() if name in names]
    return PartEdit(plan, at.part, kind, row, form, locked)


def _with_own(known: list[Choice], row: Row) -> list[Choice]:
    """Indicators that the row names and the standard does not are offered too, or saving would drop them."""
    own = [link.code for link in row.indicators] if isinstance(row, Measure) else []
    own += [row.indicator_code] if isinstance(row, IndicatorDuty) and row.indicator_code else []
    codes = {code for code, _label in known}
    return [*known, *((code, code) for code in own if code not in codes)]
