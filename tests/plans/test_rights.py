"""Who may do what: the table of permissions, reviewed as a whole and asked about single things."""

import ast
from collections.abc import Sequence
from pathlib import Path

import pytest
from sqlalchemy.orm.attributes import set_committed_value

from plans.actors import Actor, Role
from plans.errors import ActNotAllowed
from plans.models import Notice, Task, TaskSupport
from plans.rights import PERMISSIONS, Act, Beneath, check, may, might
from plans.rights.acts import DOING, VERIFYING
from tests.architecture.source import name_of, nodes, python_files

SNAPSHOT = Path(__file__).with_name("rights.txt")
UNIT, OTHER_UNIT = 7, 8
# Whose page or list it is, not what may be done: a unit sees its own work, the others all of it.
ASK_FOR_A_ROLE = {
    "app/audit/hooks.py",
    "app/audit/doers.py",
    "app/auth/presence.py",  # what must be done first
    "app/dashboard/views.py",
    "app/frame.py",
    "app/planning/ledger.py",
    "app/planning/task_views.py",
    "plans/notices.py",
    "plans/rights/table.py",
    "plans/visibility.py",
    "app/versions/moves.py",
    "app/items/commands.py",
    "app/rubric/commands.py",
    "app/rules/log.py",
}


def test_table_is_the_one_reviewed() -> None:
    assert matrix_lines() == SNAPSHOT.read_text("utf-8").splitlines(), (
        "somebody may now do more or less. If it is meant: "
        ".venv/bin/python -m tests.plans.test_rights > tests/plans/rights.txt"
    )


def test_every_act_is_in_the_table() -> None:
    assert set(PERMISSIONS) == set(Act)


def test_every_act_is_asked_about_somewhere() -> None:
    asked = {
        node.attr
        for path in python_files("app", "plans")
        if not name_of(path).startswith("plans/rights/")
        for node in nodes(path, ast.Attribute)
        if isinstance(node.value, ast.Name) and node.value.id == "Act"
    }

    assert {act.name for act in Act} - asked == set(), "an act nobody checks is a promise on a page only"


def test_rights_are_asked_of_the_table_alone() -> None:
    wrong = {
        name_of(path)
        for path in python_files("app", "plans")
        for node in nodes(path, ast.Attribute)
        if node.attr == "role" and isinstance(node.ctx, ast.Load) and _is_actor(node.value)
    }

    assert wrong - ASK_FOR_A_ROLE == set(), "ask plans.rights.may for the act instead of comparing roles"


@pytest.mark.parametrize("role", Role)
def test_no_role_both_does_and_verifies(role: Role) -> None:
    acts = {act for act, permission in PERMISSIONS.items() if role in permission.grants}

    assert not (acts & DOING and acts & VERIFYING)


@pytest.mark.parametrize("act", Act)
@pytest.mark.parametrize("role", Role)
def test_refusal_names_those_who_may(role: Role, act: Act) -> None:
    actor = a(role)
    if might(actor, act):
        return

    with pytest.raises(ActNotAllowed) as refusal:
        check(actor, act)

    assert PERMISSIONS[act].who in str(refusal.value)


@pytest.mark.parametrize(("unit", "expected"), [(UNIT, True), (OTHER_UNIT, False), (None, False)])
def test_unit_handles_what_it_leads(unit: int | None, expected: bool) -> None:
    assert may(a(Role.UNIT, unit), Act.HANDLE_TASK, task()) is expected


def test_office_handles_no_task_though_it_leads_a_unit_of_that_number() -> None:
    assert not may(a(Role.OFFICE, UNIT), Act.HANDLE_TASK, task())


def test_unit_steers_a_subtask_of_another_unit_beneath_its_own_task() -> None:
    above, beneath = task(), task(lead_unit_id=OTHER_UNIT)

    assert may(a(Role.UNIT, UNIT), Act.STEER_TASK, Beneath(beneath, above))
    assert not may(a(Role.UNIT, OTHER_UNIT), Act.STEER_TASK, Beneath(beneath, above))
    assert not may(a(Role.UNIT, UNIT), Act.STEER_TASK, Beneath(task(), above)), "its own wish"
    assert not may(a(Role.UNIT, UNIT), Act.STEER_TASK, Beneath(task(), None))


@pytest.mark.parametrize(("unit", "expected"), [(UNIT, True), (OTHER_UNIT, False), (None, False)])
def test_notice_is_answered_by_the_unit_it_was_sent_to(unit: int | None, expected: bool) -> None:
    notice = Notice(to_unit_id=UNIT)

    assert may(a(Role.UNIT, unit), Act.ANSWER_NOTICE, notice.to_unit_id) is expected


@pytest.mark.parametrize(
    "part",
    [
        {"person_id": 1},
        {"lead_unit_id": OTHER_UNIT},
        {"supports": [TaskSupport(unit_id=OTHER_UNIT)]},
        {"subtasks": [Task(lead_unit_id=UNIT, person_id=1)]},
    ],
    ids=["in person", "unit leads", "unit supports", "in a sub-task"],
)
def test_supervisor_with_a_part_in_the_work_does_not_verify(part: dict[str, object]) -> None:
    supervisor = a(Role.SUPERVISOR, OTHER_UNIT)

    assert may(supervisor, Act.VERIFY_TASK, task())
    assert not may(supervisor, Act.VERIFY_TASK, task(**part))


def matrix_lines() -> list[str]:
    """A line an act: the act, then each role that may, with the condition."""
    return [
        f"{act}: "
        + ", ".join(
            f"{role}" + (f"（{condition.words}）" if condition.words else "")
            for role, condition in permission.grants.items()
        )
        for act, permission in PERMISSIONS.items()
    ]


def a(role: Role, unit_id: int | None = None) -> Actor:
    return Actor(1, "某同志", 1, role, unit_id)


def task(subtasks: Sequence[Task] = (), **given: object) -> Task:
    made = Task(**{"lead_unit_id": UNIT, **given})
    set_committed_value(made, "subtasks", list(subtasks))
    return made


def _is_actor(owner: ast.expr) -> bool:
    if isinstance(owner, ast.Call):
        return getattr(owner.func, "id", "") == "current_actor"
    return getattr(owner, "id", getattr(owner, "attr", "")) == "actor"


if __name__ == "__main__":
    import sys

    sys.stdout.write("\n".join(matrix_lines()) + "\n")
