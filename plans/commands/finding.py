"""Rows that acts begin with, held until the transaction ends."""

from collections.abc import Iterable
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from plans.actors import Actor
from plans.base import Base
from plans.errors import NotFound
from plans.models import Task, Unit
from plans.visibility import seen_by
from plans.words import _


def find_task(session: Session, actor: Actor, task_id: int) -> Task:
    """The task, if the actor sees it, held until the transaction ends so that acts queue up.

    Raises NotFound.
    """
    statement = sa.select(Task).where(Task.id == task_id, seen_by(actor)).with_for_update()
    task = session.scalar(statement.execution_options(populate_existing=True))
    if task is None:
        raise NotFound(_("任务"))
    return task


def found(session: Session, kind: type[Any], row_id: int, name: str) -> Any:
    """A row of the county in scope.

    Raises NotFound under the name given.
    """
    row = session.scalar(sa.select(kind).where(kind.id == row_id))
    if row is None:
        raise NotFound(name)
    return row


def hold(session: Session, row: Base) -> None:
    """Read a row anew and hold it until the transaction ends, not what was read beside it.

    PostgreSQL refuses to hold the far side of an outer join.
    """
    session.refresh(row, with_for_update={"of": type(row)})


def check_units(session: Session, unit_ids: Iterable[int | None]) -> None:
    """Pass in silence where each unit is one of the county.

    Raises NotFound.
    """
    for unit_id in unit_ids:
        if unit_id is not None:
            found(session, Unit, unit_id, _("单位"))
