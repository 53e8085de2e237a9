"""Real rows for tests: each ``make.<thing>`` commits in a session of its own and returns plain ids."""

import itertools
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from flask import Flask
from sqlalchemy.orm import Session

from app.auth.passwords import hash_password
from app.extensions import db
from app.models import Account, Membership, Oversight, Region
from app.tenancy import enter_county
from plans.actors import Actor, Role
from plans.base import County, new_id
from plans.commands import assign_task
from plans.models import Plan, Unit

PASSWORD = "correct horse battery"


@dataclass(frozen=True)
class Member:
    """A person who can sign in, and who acts in commands."""

    login: str
    actor: Actor


class Factory:
    """Makes rows of one app's database; ``now`` is the fixed time of the test."""

    def __init__(self, app: Flask, now: datetime) -> None:
        self.app, self.now = app, now
        self._numbers = itertools.count(1)

    @contextmanager
    def session(self, county_id: int | None = None) -> Iterator[Session]:
        """A session in the scope of a county; commits at the end."""
        with self.app.app_context():
            if county_id is not None:
                enter_county(db.session(), county_id)
            yield db.session()
            db.session.commit()

    def county(self, name: str | None = None, horizon_year: int = 2029, code: str | None = None) -> int:
        number = next(self._numbers)
        with self.session() as session:
            county = County(
                id=new_id(),
                code=code or f"{990000 + number}",
                name=name or f"第{number}示例县",
                horizon_year=horizon_year,
            )
            session.add(county)
            return county.id

    def unit(self, county_id: int, name: str | None = None) -> int:
        with self.session(county_id) as session:
            unit = Unit(id=new_id(), name=name or f"县{next(self._numbers)}局", aliases=[])
            session.add(unit)
            return unit.id

    def member(self, county_id: int, role: Role = Role.OFFICE, unit_id: int | None = None) -> Member:
        login = f"{role.value}{next(self._numbers)}"
        if role is Role.UNIT and unit_id is None:
            unit_id = self.unit(county_id)
        school_code = f"{county_id}"[-10:] if role is Role.SCHOOL else None
        with self.session(county_id) as session:
            account = Account(
                id=new_id(),
                login=login,
                name=f"{login}同志",
                password_hash=hash_password(PASSWORD),
                created_at=self.now,
            )
            session.add(account)
            session.flush()
            session.add(
                Membership(account_id=account.id, role=role, unit_id=unit_id, school_code=school_code)
            )
            return Member(login, Actor(account.id, account.name, county_id, role, unit_id, school_code))

    def region(self, code: str, name: str | None = None) -> str:
        with self.session() as session:
            session.add(Region(code=code, name=name or f"示例地区{code}"))
        return code

    def overseer(self, *codes: str) -> Member:
        """Somebody who oversees regions and belongs to no county."""
        login = f"overseer{next(self._numbers)}"
        with self.session() as session:
            account = Account(
                id=new_id(),
                login=login,
                name=f"{login}同志",
                password_hash=hash_password(PASSWORD),
                created_at=self.now,
            )
            session.add(account)
            session.flush()
            for code in codes:
                session.add(Oversight(account_id=account.id, region_code=code, since=self.now))
            return Member(login, Actor(account.id, account.name, 0, Role.OVERSEER))

    def plan(self, county_id: int, title: str = "示例实施方案", horizon_year: int = 2029) -> int:
        with self.session(county_id) as session:
            plan = Plan(
                id=new_id(), title=title, horizon_year=horizon_year, accepted_at=self.now, accepted_by="示例"
            )
            session.add(plan)
            return plan.id

    def task(
        self,
        county_id: int,
        *,
        unit_id: int,
        title: str = "补齐音乐教室",
        due_on: date | None = None,
        **fields: int,
    ) -> int:
        assigner = self.member(county_id, Role.OFFICE).actor
        plan_id = fields.get("plan_id") or self.plan(county_id)
        with self.session(county_id) as session:
            task = assign_task(
                session,
                assigner,
                plan_id=plan_id,
                measure_id=fields.get("measure_id"),
                title=title,
                details="",
                lead_unit_id=unit_id,
                support_unit_ids=[],
                indicator_codes=[],
                due_on=due_on or (self.now + timedelta(days=60)).date(),
                at=self.now,
            )
            return task.id
