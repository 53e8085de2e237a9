"""Switching walls off, so that a test sees whether the one left standing holds alone."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest
import sqlalchemy as sa
from flask_sqlalchemy.session import Session as PlainSession
from sqlalchemy import event

from app import guard, row_security, tenancy

Patch = pytest.MonkeyPatch


def filter_off(patch: Patch, _engine: sa.Engine) -> None:
    """No criterion on reads."""
    patch.setattr(tenancy, "_add_criterion", lambda _state: None)


def session_off(patch: Patch, engine: sa.Engine) -> None:
    """Nor a stamp and a check on writes, nor a look at keys."""
    filter_off(patch, engine)
    for name in ("_stamp_rows", "_stamp"):
        patch.setattr(tenancy, name, lambda *_arguments: None)
    patch.setattr(tenancy.CountySession, "get", PlainSession.get)


def guard_off(_patch: Patch, engine: sa.Engine) -> None:
    event.remove(engine, "before_execute", guard._check_clause)
    event.remove(engine, "before_cursor_execute", guard._check_driver_text)


def row_security_off(patch: Patch, _engine: sa.Engine) -> None:
    """Whoever enters a county does so in the role that no policy binds."""
    widened = row_security._ENTER + f", set_config('role', '{row_security.EVERY_COUNTY}', true)"
    patch.setattr(row_security, "_ENTER", widened)


# The wall left standing → what is switched off for it.
ALONE: dict[str, tuple[Callable[[Patch, sa.Engine], None], ...]] = {
    "session": (guard_off, row_security_off),
    "guard": (session_off, row_security_off),
    "row_security": (session_off, guard_off),
    "row_security_and_stamps": (filter_off, guard_off),
    "stamps": (filter_off, guard_off, row_security_off),
    "none": (session_off, guard_off, row_security_off),
}


@contextmanager
def only(wall: str, engine: sa.Engine) -> Iterator[None]:
    """Switch off every wall but one; the engine is not to be used afterwards."""
    with pytest.MonkeyPatch.context() as patch:
        for switch_off in ALONE[wall]:
            switch_off(patch, engine)
        yield
