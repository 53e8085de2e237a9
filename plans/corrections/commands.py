"""Corrections of a draft: each checks who may, what was seen, what is locked, and is kept with its author.

A row is corrected against its state as shown (``seen``, see ``fingerprint``), so that two people may work on
different rows at once; the same correction sent twice changes nothing the second time.
"""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from plans.acceptance import plan_of_document
from plans.actors import Actor
from plans.base import new_id
from plans.corrections.amending import BLANK, UNIT_FIELDS, amended, editable
from plans.corrections.errors import DraftChanged, PartLocked, RowChanged
from plans.corrections.parts import PART_NAMES, Part, Row, find_row, keyed, new_key, rows_of, with_rows
from plans.corrections.recounting import is_from_document, recounted
from plans.corrections.roster import find_unit, merged_unit, removed_unit, renamed_unit
from plans.errors import NotFound, PlanAlreadyAccepted
from plans.models.draft import DraftCorrection, KeptDraft
from plans.rights import Act, check
from plans.words import _

UNITS, GAPS = "units", "gaps"  # what corrections name beside the parts


@dataclass(frozen=True)
class _Change:
    """What one correction did."""

    act: str
    part: str
    key: str
    before: Row | None
    after: Row | None


def fingerprint(row: Row) -> str:
    """What a person saw of a row, short enough for a form."""
    return hashlib.sha256(json.dumps(row, sort_keys=True).encode()).hexdigest()[:16]


def correct_row(
    session: Session,
    actor: Actor,
    *,
    draft_id: int,
    part: Part,
    key: str,
    values: Mapping[str, Any],
    seen: str,
    at: datetime,
) -> KeptDraft:
    """Give a row new values.

    Only the leading group or the programme office.

    Raises ActNotAllowed, NotFound, PlanAlreadyAccepted, BadCorrection, PartLocked, RowChanged.
    """
    draft = _open(session, actor, draft_id)
    row = find_row(draft.body, part, key)
    new = amended(draft.body, part, row, {**editable(part, row), **values})
    if editable(part, new) == editable(part, row):
        return draft
    _refuse_stale(draft, part, key, row, seen)
    if _words_of(part, row) != _words_of(part, new):
        _refuse_locked(draft, part)
    rows = [new if one["key"] == key else one for one in rows_of(draft.body, part)]
    body = with_rows(draft.body, part, rows)
    if part is Part.PHASES:
        body = _with_phase_renamed(body, row["title"], new["title"])
    return _save(draft, actor, body, _Change("edit", part, key, row, new), at)


def add_row(
    session: Session,
    actor: Actor,
    *,
    draft_id: int,
    part: Part,
    key: str,
    values: Mapping[str, Any],
    at: datetime,
) -> KeptDraft:
    """Add a row under a key that was made when its form was shown; a second click adds no second row.

    Raises ActNotAllowed, NotFound, PlanAlreadyAccepted, BadCorrection, PartLocked.
    """
    draft = _open(session, actor, draft_id)
    _refuse_locked(draft, part)
    row = amended(draft.body, part, BLANK[part], values)
    rows = rows_of(draft.body, part)
    taken = next((one for one in rows if one["key"] == key), None)
    if taken is not None and editable(part, taken) == editable(part, row):
        return draft
    key = next_key(draft, part) if taken is not None else key
    new = {**row, "key": key}
    return _save(
        draft, actor, with_rows(draft.body, part, [*rows, new]), _Change("add", part, key, None, new), at
    )


def delete_row(
    session: Session, actor: Actor, *, draft_id: int, part: Part, key: str, seen: str, at: datetime
) -> KeptDraft:
    """Take a row out; ``restore_row`` brings back one that the document had.

    Raises ActNotAllowed, NotFound, PlanAlreadyAccepted, PartLocked, RowChanged.
    """
    draft = _open(session, actor, draft_id)
    if _last_act(draft, part, key) == "delete":
        return draft
    row = find_row(draft.body, part, key)
    _refuse_locked(draft, part)
    _refuse_stale(draft, part, key, row, seen)
    rows = [one for one in rows_of(draft.body, part) if one["key"] != key]
    return _save(draft, actor, with_rows(draft.body, part, rows), _Change("delete", part, key, row, None), at)


def restore_row(
    session: Session, actor: Actor, *, draft_id: int, part: Part, key: str, at: datetime
) -> KeptDraft:
    """Put a row back as it was read, in its place.

    Raises ActNotAllowed, NotFound, PlanAlreadyAccepted, PartLocked.
    """
    draft = _open(session, actor, draft_id)
    original = find_row(draft.original, part, key)
    rows = rows_of(draft.body, part)
    now = next((one for one in rows if one["key"] == key), None)
    if now == original:
        return draft
    if now is None or _words_of(part, now) != _words_of(part, original):
        _refuse_locked(draft, part)
    order = [row["key"] for row in rows_of(draft.original, part)]
    before = [row for row in rows if row["key"] in order[: order.index(key)]]
    after = [row for row in rows if row["key"] not in order[: order.index(key) + 1]]
    body = with_rows(draft.body, part, [*before, original, *after])
    return _save(draft, actor, body, _Change("restore", part, key, now, original), at)


def rename_unit(
    session: Session,
    actor: Actor,
    *,
    draft_id: int,
    name: str,
    new_name: str,
    aliases: Sequence[str],
    at: datetime,
) -> KeptDraft:
    """Change a unit's name and aliases everywhere in the draft.

    Raises ActNotAllowed, NotFound, PlanAlreadyAccepted, BadCorrection.
    """
    draft = _open(session, actor, draft_id)
    body = renamed_unit(draft.body, name, new_name, aliases)
    after = find_unit(body, new_name.strip())
    return _save(draft, actor, body, _Change("rename", UNITS, name, find_unit(draft.body, name), after), at)


def merge_unit(
    session: Session, actor: Actor, *, draft_id: int, name: str, into: str, at: datetime
) -> KeptDraft:
    """Make a unit another spelling of a second one.

    Raises ActNotAllowed, NotFound, PlanAlreadyAccepted, BadCorrection.
    """
    draft = _open(session, actor, draft_id)
    body = merged_unit(draft.body, name, into)
    before, after = find_unit(draft.body, name), find_unit(body, into)
    return _save(draft, actor, body, _Change("merge", UNITS, name, before, after), at)


def remove_unit(session: Session, actor: Actor, *, draft_id: int, name: str, at: datetime) -> KeptDraft:
    """Take a unit out wherever it is named.

    Raises ActNotAllowed, NotFound, PlanAlreadyAccepted.
    """
    draft = _open(session, actor, draft_id)
    body = removed_unit(draft.body, name)
    before = find_unit(draft.body, name)
    return _save(draft, actor, body, _Change("remove", UNITS, name, before, None), at)


def settle_gap(
    session: Session, actor: Actor, *, draft_id: int, where: str, message: str, at: datetime
) -> KeptDraft:
    """Mark as looked at what only the document can tell.

    Raises ActNotAllowed, NotFound, PlanAlreadyAccepted.
    """
    draft = _open(session, actor, draft_id)
    for gap in draft.body["gaps"]:
        if (gap["where"], gap["message"]) == (where, message) and is_from_document(gap):
            body = {**draft.body, "gaps": [one for one in draft.body["gaps"] if one is not gap]}
            return _save(draft, actor, body, _Change("settle", GAPS, where[:80], gap, None), at)
    return draft


def refuse_changed(draft: KeptDraft, seen_version: int | None) -> None:
    """Refuse to accept a draft that was corrected after it was shown. Raises DraftChanged."""
    if seen_version is not None and seen_version != draft.version and draft.corrections:
        last = draft.corrections[-1]
        raise DraftChanged(last.actor_name, last.at)


def next_key(draft: KeptDraft, part: Part) -> str:
    """The key of the next row of a part; that of a deleted row is not given again."""
    used = [int(one.row_key.rpartition("-")[2]) for one in draft.corrections if one.part == part]
    first = new_key(part, keyed(draft.body), keyed(draft.original))
    return f"{part.value}-{max([int(first.rpartition('-')[2]), *(number + 1 for number in used)])}"


def _open(session: Session, actor: Actor, draft_id: int) -> KeptDraft:
    check(actor, Act.EDIT_PLAN)
    statement = sa.select(KeptDraft).where(KeptDraft.id == draft_id).with_for_update()
    draft = session.scalar(statement.execution_options(populate_existing=True))
    if draft is None:
        raise NotFound(_("方案草稿"))
    plan = plan_of_document(session, draft.source_sha256)
    if plan is not None:
        raise PlanAlreadyAccepted(plan.title)
    draft.body, draft.original = keyed(draft.body), keyed(draft.original)
    return draft


def _refuse_stale(draft: KeptDraft, part: Part, key: str, row: Row, seen: str) -> None:
    if fingerprint(row) == seen:
        return
    about = [one for one in draft.corrections if (one.part, one.row_key) == (part, key)]
    others = about or draft.corrections
    if not others:  # what was seen is no state of this draft: the document was read anew, or a form made up
        raise RowChanged(draft.read_by, draft.read_at)
    raise RowChanged(others[-1].actor_name, others[-1].at)


def _refuse_locked(draft: KeptDraft, part: Part) -> None:
    if part in draft.locked_parts:
        raise PartLocked(PART_NAMES[part], draft.locked_by or "")


def _words_of(part: Part, row: Row) -> Row:
    """What a lock holds: everything but the units, which are the county's own to name."""
    return {field: value for field, value in editable(part, row).items() if field not in UNIT_FIELDS}


def _last_act(draft: KeptDraft, part: Part, key: str) -> str | None:
    acts = [one.act for one in draft.corrections if (one.part, one.row_key) == (part, key)]
    return acts[-1] if acts else None


def _with_phase_renamed(body: Mapping[str, Any], old: str, new: str) -> dict[str, Any]:
    stones = [{**row, "phase": new} if row.get("phase") == old else row for row in body["milestones"]]
    return {**body, "milestones": stones}


def _save(
    draft: KeptDraft, actor: Actor, body: Mapping[str, Any], change: _Change, at: datetime
) -> KeptDraft:
    draft.body = recounted(body)
    draft.corrections.append(
        DraftCorrection(
            id=new_id(),
            no=len(draft.corrections) + 1,
            at=at,
            actor_id=actor.user_id,
            actor_name=actor.name,
            act=change.act,
            part=change.part,
            row_key=change.key,
            before=change.before,
            after=change.after,
        )
    )
    return draft
