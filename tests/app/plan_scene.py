"""A county with a plan of its own, its office and its leader; shared by the tests of revisions and duties."""

from dataclasses import dataclass
from typing import Any

from bs4 import BeautifulSoup

from plans.acceptance import accept_draft
from plans.actors import Role
from plans.approvals import approve_plan
from plans.models import KeptDraft, Measure, Phase, Plan
from tests.conftest import NOW
from tests.factories import Factory, Member
from tests.pages import PageClient
from tests.plans.drafts import draft

SOURCE = "c" * 64


@dataclass
class PlanScene:
    """A county with an accepted plan."""

    make: Factory
    county: int
    office: Member
    leader: Member
    plan_id: int

    def row(self, kind: type, no: int = 1) -> int:
        with self.make.session(self.county) as session:
            rows = session.query(kind).filter_by(plan_id=self.plan_id).order_by(kind.no)
            return int(rows[no - 1].id)

    def measure(self, no: int = 1) -> str:
        return f"/plans/{self.plan_id}/parts/measure/{self.row(Measure, no)}"

    def phase(self, no: int = 1) -> str:
        return f"/plans/{self.plan_id}/parts/phase/{self.row(Phase, no)}"

    @property
    def changes(self) -> str:
        return f"/plans/{self.plan_id}/changes"

    def approve(self) -> None:
        with self.make.session(self.county) as session:
            approve_plan(session, self.leader.actor, plan_id=self.plan_id, note="第3次会议", at=NOW)

    def lock(self, *parts: str) -> None:
        """As if the plan had come from above with these parts locked."""
        with self.make.session(self.county) as session:
            source = session.query(Plan).filter_by(id=self.plan_id).one().source_sha256
            session.add(
                KeptDraft(
                    source_sha256=source,
                    source_name="下发方案",
                    body=draft(),
                    original=draft(),
                    read_at=NOW,
                    read_by="上级",
                    locked_parts=list(parts),
                    locked_by="自治区教育厅（示例）",
                )
            )


def plan_scene(make: Factory, **changes: object) -> PlanScene:
    """Make the scene."""
    county = make.county()
    office, leader = make.member(county), make.member(county, Role.LEADER)
    with make.session(county) as session:
        plan = accept_draft(
            session,
            office.actor,
            draft=draft(**changes),
            source_sha256=SOURCE,
            source_name="方案.docx",
            at=NOW,
        )
        return PlanScene(make, county, office, leader, plan.id)


def form_of(page: BeautifulSoup) -> dict[str, Any]:
    """What a browser would send for the form of a part as it stands, ticked boxes too."""
    form = page.select_one("main form[action*='/parts/']")
    sent: dict[str, Any] = {
        one["name"]: one.get("value", "") for one in form.select("input[name]:not([type=checkbox])")
    }
    sent |= {one["name"]: one.text.strip("\r\n") for one in form.select("textarea")}
    sent |= {one["name"]: one.select_one("[selected]")["value"] for one in form.select("select")}
    for box in form.select("input[type=checkbox][checked]"):
        sent.setdefault(box["name"], []).append(box["value"])
    return sent


def change(client: PageClient, path: str, status: int = 200, **given: Any) -> BeautifulSoup:
    return client.post_page(path, form_of(client.get_page(path)) | given, status)


def cells(page: BeautifulSoup, table: str) -> list[list[str]]:
    return [
        [cell.get_text(" ", strip=True) for cell in row.select("td")]
        for row in page.select(f"#{table} tbody tr")
    ]
