"""Fixtures of tests of plans that need rows."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest

from plans.actors import Role
from plans.models import KeptDraft
from tests.conftest import NOW
from tests.plans.desk import Desk
from tests.plans.drafts import draft
from tests.plans.scene import Scene

if TYPE_CHECKING:
    from tests.factories import Factory


@pytest.fixture
def scene(make: "Factory") -> Iterator[Scene]:
    county = make.county()
    unit_id, plan_id = make.unit(county), make.plan(county)
    office, supervisor = make.member(county), make.member(county, Role.SUPERVISOR)
    unit = make.member(county, Role.UNIT, unit_id)
    task_id = make.task(county, unit_id=unit_id, plan_id=plan_id)
    with make.session(county) as session:
        yield Scene(session, task_id, plan_id, unit_id, office.actor, unit.actor, supervisor.actor)


@pytest.fixture
def desk(make: "Factory") -> Iterator[Desk]:
    county = make.county()
    office = make.member(county).actor
    with make.session(county) as session:
        kept = KeptDraft(
            source_sha256="b" * 64, source_name="方案.docx", body=draft(), read_at=NOW, read_by="示例"
        )
        session.add(kept)
        session.flush()
        yield Desk(session, office, kept)
