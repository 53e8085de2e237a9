"""A county with figures of one year and the people who state, sign and look on; shared by tests of items."""

from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from bs4 import BeautifulSoup
from flask import Flask

from app.assessments.items import ItemLine, item_lines
from app.assessments.queries import latest
from app.models import Attestation
from plans.actors import Role
from tests.app.county_data import measures, report, school
from tests.app.task_scene import a_file
from tests.factories import Factory, Member
from tests.pages import PageClient

YEAR = 2026


@dataclass(frozen=True)
class Stated:
    """What a test asks of an attestation."""

    id: int
    item: str
    part: str
    statement: str
    is_signed: bool


@dataclass
class Statements:
    """A county whose figures of 2026 were reported."""

    app: Flask
    make: Factory
    county: int
    office: Member
    supervisor: Member

    def as_(self, member: Member) -> PageClient:
        client = PageClient(self.app)
        client.sign_in(member)
        return client

    def item(self, code: str) -> ItemLine:
        with self.make.session(self.county) as session:
            return next(one for one in item_lines(session, latest(session, YEAR)) if one.code == code)

    def rows(self) -> list[Stated]:
        with self.make.session(self.county) as session:
            found = session.scalars(sa.select(Attestation).order_by(Attestation.id))
            return [Stated(one.id, one.item, one.part, one.statement, one.is_signed) for one in found]

    def state(
        self,
        item: str,
        part: str = "whole",
        *,
        seen: int = 0,
        status: int = 200,
        by: Member | None = None,
        **more: Any,
    ) -> BeautifulSoup:
        """Send the statement form of a part; files by default one PDF."""
        fields = {"conclusion": "met", "statement": "已核对", "seen": seen, "files": a_file(), **more}
        sent = {f"{part}-{name}": value for name, value in fields.items() if value is not None}
        return self.as_(by or self.office).post_page(f"/items/{item}/parts/{part}", sent, status)

    def sign(
        self, item: str, row: Stated, *, seen: int = 1, status: int = 200, by: Member | None = None
    ) -> BeautifulSoup:
        path = f"/items/{item}/attestations/{row.id}/sign"
        return self.as_(by or self.supervisor).post_page(path, {"seen": seen}, status)

    def withdraw(self, item: str, row: Stated, reason: str, status: int = 200) -> BeautifulSoup:
        path = f"/items/{item}/attestations/{row.id}/withdraw"
        return self.as_(self.supervisor).post_page(path, {"reason": reason}, status)


def statements(app: Flask, make: Factory, **county: float) -> Statements:
    """Make the county with two schools; ``county``: its own figures."""
    office = make.member(make.county())
    report(make, office, measures(school(1), school(2), county=county), year=YEAR)
    supervisor = make.member(office.actor.county_id, Role.SUPERVISOR)
    return Statements(app, make, office.actor.county_id, office, supervisor)
