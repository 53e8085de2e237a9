"""One row or one unit of a draft in its form, and what becomes of the form when it is sent."""

from dataclasses import dataclass
from datetime import datetime

from flask import request
from flask_babel import gettext as _
from sqlalchemy.orm import Session

from app.planning.draft_forms import FORMS, RowForm, UnitForm
from app.planning.draft_page import DraftPage, DraftRow, one_row, seen_of
from plans.actors import Actor
from plans.corrections.amending import BLANK, FIELDS, UNIT_FIELDS, editable
from plans.corrections.commands import (
    add_row,
    correct_row,
    merge_unit,
    next_key,
    remove_unit,
    rename_unit,
)
from plans.corrections.parts import Part
from plans.corrections.roster import find_unit
from plans.errors import NotFound
from plans.models import KeptDraft
from plans.words import _ as _l


@dataclass(frozen=True)
class RowEdit:
    """The form of one row; ``line`` is the row as it stands now, None for a new one."""

    page: DraftPage
    part: Part
    key: str
    form: RowForm
    line: DraftRow | None
    refusal: str = ""

    def __post_init__(self) -> None:
        self.form.name_after(self.key or self.part)

    @property
    def fields(self) -> list[str]:
        """What may be filled in; of a locked part only the units."""
        is_locked = self.page.is_locked(self.part)
        return [field for field in FIELDS[self.part] if not is_locked or field in UNIT_FIELDS]

    @property
    def locked_fields(self) -> list[str]:
        return [field for field in FIELDS[self.part] if field not in self.fields]

    @property
    def group_titles(self) -> list[str]:
        return [title for title, _lines in self.page.groups]

    @property
    def phase_titles(self) -> list[str]:
        return [line.row["title"] for line in self.page.rows[Part.PHASES]]


@dataclass(frozen=True)
class UnitEdit:
    """The form of one unit."""

    page: DraftPage
    form: UnitForm
    refusal: str = ""


def row_edit(page: DraftPage, part: Part, key: str) -> RowEdit:
    """The form of a row as it stands. Raises NotFound."""
    line = one_row(page, part, key)
    if line is None:
        raise NotFound(_l("行"))
    form = FORMS[part](formdata=None, seen=seen_of(line.row), key=key)
    form.fill(editable(part, line.row))
    return RowEdit(page, part, key, form, line)


def new_row_edit(page: DraftPage, part: Part) -> RowEdit:
    """An empty form under the key that the row will have. Raises NotFound for a part of one row."""
    if part not in BLANK:
        raise NotFound(_l("行"))
    key = next_key(page.draft, part)
    return RowEdit(page, part, key, FORMS[part](formdata=None, key=key), None)


def refused_edit(page: DraftPage, part: Part, key: str, form: RowForm, refusal: str) -> RowEdit:
    """The form as it was sent, to be sent again against what stands there now."""
    line = one_row(page, part, key)
    form.seen.data = seen_of(line.row) if line else ""
    form.seen.raw_data = None
    return RowEdit(page, part, key, form, line, refusal)


def save_row(
    session: Session, actor: Actor, *, draft: KeptDraft, part: Part, key: str, form: RowForm, at: datetime
) -> None:
    """Correct a row by its form. Raises what ``correct_row`` raises."""
    correct_row(
        session,
        actor,
        draft_id=draft.id,
        part=part,
        key=key,
        values=form.values(_sent(part), _unit_names(draft)),
        seen=form.seen.data or "",
        at=at,
    )


def save_new_row(
    session: Session, actor: Actor, *, draft: KeptDraft, part: Part, form: RowForm, at: datetime
) -> None:
    """Add a row by its form. Raises what ``add_row`` raises."""
    values = form.values(FIELDS[part], _unit_names(draft))
    key = form.key.data or next_key(draft, part)
    add_row(session, actor, draft_id=draft.id, part=part, key=key, values=values, at=at)


def unit_edit(page: DraftPage, name: str) -> UnitEdit:
    """The form of a unit. Raises NotFound."""
    unit = find_unit(page.body, name)
    form = UnitForm(formdata=None, name=name, new_name=name, aliases="、".join(unit["aliases"]))
    return offer_units(UnitEdit(page, form))


def offer_units(edit: UnitEdit) -> UnitEdit:
    """Fill the choice of units to merge into."""
    others = [unit["name"] for unit in edit.page.body["units"] if unit["name"] != edit.form.name.data]
    edit.form.into.choices = [("", _("请选择")), *((name, name) for name in others)]
    return edit


def save_unit(
    session: Session, actor: Actor, *, draft: KeptDraft, form: UnitForm, act: str, at: datetime
) -> None:
    """Rename, merge or remove a unit. Raises NotFound, BadCorrection and the like."""
    name = form.name.data or ""
    if act == "merge":
        merge_unit(session, actor, draft_id=draft.id, name=name, into=form.into.data or "", at=at)
    elif act == "remove":
        remove_unit(session, actor, draft_id=draft.id, name=name, at=at)
    else:
        rename_unit(
            session,
            actor,
            draft_id=draft.id,
            name=name,
            new_name=form.new_name.data or "",
            aliases=form.listed_aliases(_unit_names(draft)),
            at=at,
        )


def _sent(part: Part) -> list[str]:
    return [field for field in FIELDS[part] if field in request.form]


def _unit_names(draft: KeptDraft) -> list[str]:
    return [unit["name"] for unit in draft.body["units"] if "、" in unit["name"]]
