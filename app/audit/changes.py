"""Every flushed change of a row becomes a draft of an entry, whoever made it and by whichever command.

Standing below the commands it cannot be forgotten. Left out are tables that say nothing of their own:
results worked out from rows that are recorded, logs of single values, and the audit log itself.
"""

from collections.abc import Mapping
from typing import Any

import sqlalchemy as sa
from sqlalchemy import event
from sqlalchemy.orm import ORMExecuteState, Session, UOWTransaction

from app.audit.doers import doer_of
from app.audit.plain import plain
from app.audit.recording import Draft, keep
from app.models.audit import Act
from app.tenancy import CountySession

NOT_RECORDED = {
    "assessment_indicator",  # worked out, as are the next two; the assessment names their data by its hash
    "assessment_item",
    "assessment_section",
    "attempt_count",  # the throttle's counting; the failed sign-in has its entry
    "audit_checkpoint",
    "audit_entry",
    "audit_head",
    "platform_checkpoint",
    "platform_entry",
    "platform_head",
    "job_run",  # a state of the scheduler
    "message",  # a log by itself, as reminders and changes of returns are
    "recovery_code",  # as the register of sessions and the second factor: app/auth notes what matters
    "preference",  # somebody's own choices, with the hash of a link
    "reminder",
    "return_change",
    "saved_view",  # somebody's own filters
    "second_factor",
    "sign_in",
}
ACTS: Mapping[str, Act] = {
    "account": Act.ROLE,
    "assessment_move": Act.VERDICT,
    "channel": Act.SETTING,
    "county": Act.SETTING,
    "invitation": Act.ROLE,
    "membership": Act.ROLE,
    "oversight": Act.ROLE,
    "people_event": Act.ROLE,
    "relaxation_switch": Act.SETTING,
    "rule_choice": Act.SETTING,
}
# Steps of a story that close something to changes, or open it again.
STEPS: Mapping[tuple[str, str], Act] = {
    ("assessment_move", "freeze"): Act.LOCK,
    ("assessment_move", "recall"): Act.UNLOCK,
    ("assessment_move", "withdraw"): Act.UNLOCK,
    ("attestation_event", "withdraw"): Act.UNLOCK,
}
# Acts of a story that judge somebody's work.
VERDICTS: Mapping[str, frozenset[str]] = {
    "attestation_event": frozenset({"sign", "return"}),
    "milestone_event": frozenset({"confirm", "miss", "reached", "missed"}),
    "notice_event": frozenset({"close", "return"}),
    "task_event": frozenset({"close", "return", "reopen", "refuse_extension", "grant_extension"}),
}
LOCKS = {"locked", "is_locked", "locked_at", "locked_until", "suspended_at"}
TITLES = ("title", "name", "login", "school_name", "code", "item", "act", "move")
_KEYS = {"id", "county_id", "version", "language"}  # nor does the language somebody reads in say anything


@event.listens_for(CountySession, "after_flush")
def _see_rows(session: Session, _context: UOWTransaction) -> None:
    # Histories of attributes are whole until the flush is over.
    for row in session.new:
        _see(session, row, "new", None, _values(row))
    for row in session.dirty:
        if session.is_modified(row):
            before, after = _difference(row)
            if after:
                _see(session, row, "changed", before, after)
    for row in session.deleted:
        _see(session, row, "deleted", _values(row), None)


@event.listens_for(CountySession, "do_orm_execute")
def _see_bulk(state: ORMExecuteState) -> None:
    table = str(getattr(getattr(state.statement, "table", None), "name", ""))
    if not (state.is_insert or state.is_update or state.is_delete) or not table or table in NOT_RECORDED:
        return
    rows = len(state.parameters) if isinstance(state.parameters, list) else None
    done = "insert" if state.is_insert else "update" if state.is_update else "delete"
    after: dict[str, Any] = {"batch": done, "rows": rows}
    keep(
        state.session,
        Draft(doer_of(state.session), ACTS.get(table, Act.CHANGE), table, "", None, after),
    )


def _see(session: Session, row: Any, how: str, before: Any, after: Any) -> None:
    table = str(row.__tablename__)
    if table in NOT_RECORDED:
        return
    told = {**(before or {}), **(after or {})}
    keep(
        session,
        Draft(
            doer=doer_of(session),
            act=_act(table, row, told if how == "changed" else {}),
            thing=f"{table}:{_key(row)}",
            title=_title(row),
            before=before,
            after=after,
            group=f"{table} {how}",
        ),
    )


def _key(row: Any) -> str:
    names = [column.key for column in sa.inspect(row).mapper.primary_key if column.key != "county_id"]
    return "-".join(str(getattr(row, name)) for name in names)


def _act(table: str, row: Any, told: Mapping[str, Any]) -> Act:
    act, move = (str(getattr(row, name, "")) for name in ("act", "move"))
    if found := STEPS.get((table, act)) or STEPS.get((table, move)):
        return found
    if act in VERDICTS.get(table, ()):
        return Act.VERDICT
    locks = [told[name] for name in LOCKS & told.keys()]
    if locks:
        return Act.LOCK if any(locks) else Act.UNLOCK
    return ACTS.get(table, Act.CHANGE)


def _title(row: Any) -> str:
    found = (getattr(row, name, None) for name in TITLES)
    return next((str(value)[:200] for value in found if value), "")


def _values(row: Any) -> dict[str, Any]:
    loaded = sa.inspect(row).dict
    return {
        one.key: plain(one.key, loaded[one.key])
        for one in sa.inspect(row).mapper.column_attrs
        if one.key in loaded and one.key not in _KEYS and loaded[one.key] is not None
    }


def _difference(row: Any) -> tuple[dict[str, Any], dict[str, Any]]:
    """Columns that changed, before and after; of a table of values only the values that changed."""
    before: dict[str, Any] = {}
    after: dict[str, Any] = {}
    for one in sa.inspect(row).mapper.column_attrs:
        history = sa.inspect(row).attrs[one.key].history
        if one.key in _KEYS or not history.has_changes():
            continue
        old, new = _narrowed(*(next(iter(side or ()), None) for side in (history.deleted, history.added)))
        before[one.key], after[one.key] = plain(one.key, old), plain(one.key, new)
    return before, after


def _narrowed(old: Any, new: Any) -> tuple[Any, Any]:
    if not isinstance(old, dict) or not isinstance(new, dict):
        return old, new
    changed = [key for key in {**old, **new} if old.get(key) != new.get(key)]
    return {key: old.get(key) for key in changed}, {key: new.get(key) for key in changed}
