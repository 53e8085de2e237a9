"""How PostgreSQL looks up what has been told already, while it knows nothing of the tables yet."""

from collections.abc import Iterator
from typing import Any

import sqlalchemy as sa

from app.models import Membership
from plans.models import Reminder
from plans.reminders.families import OF_PLANS
from plans.reminders.queueing import Group, due_rows
from plans.reminders.rules import Family, rules_of
from tests.conftest import ON_POSTGRESQL
from tests.factories import Factory
from tests.plans.reminders.place import Place
from tests.plans.reminders.test_queueing import BEFORE_7
from tests.plans.reminders.watch import everywhere


@ON_POSTGRESQL
def test_what_somebody_had_is_looked_up_in_the_index_row_by_row(make: Factory) -> None:
    """A join of all with all took minutes for 100,000 rows."""
    place = Place(make)

    with make.app.app_context(), everywhere() as connection:
        plan = _plan(connection, _deadlines_told(connection, place.county))

    reads = [(node["Node Type"], in_subplan) for node, in_subplan in _reads(plan)]
    assert reads
    assert all(in_subplan and "Index" in kind for kind, in_subplan in reads), reads


def _deadlines_told(connection: sa.Connection, county_id: int) -> sa.Select[Any]:
    [rows] = due_rows(
        connection,
        group=Group([county_id], rules_of({}), {}),
        live={Family.DEADLINE: OF_PLANS[Family.DEADLINE]},
        people=sa.inspect(Membership).local_table,
        today=BEFORE_7,
    )
    return rows


def _plan(connection: sa.Connection, rows: sa.Select[Any]) -> dict[str, Any]:
    told = rows.compile(connection, compile_kwargs={"render_postcompile": True})
    explained = connection.exec_driver_sql(f"EXPLAIN (FORMAT JSON) {told}", told.params)
    return explained.scalar_one()[0]["Plan"]


def _reads(node: dict[str, Any], in_subplan: bool = False) -> Iterator[tuple[dict[str, Any], bool]]:
    """The nodes that read reminders, and whether each is run for a single row."""
    inside = in_subplan or node.get("Parent Relationship") == "SubPlan"
    if node.get("Relation Name") == Reminder.__tablename__:
        yield node, inside
    for child in node.get("Plans", ()):
        yield from _reads(child, inside)
