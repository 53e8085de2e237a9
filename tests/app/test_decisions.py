"""What waits for a decision on the leader's page, the click that decides, milestones and phases."""

from collections.abc import Iterator
from datetime import date, timedelta

import pytest
import time_machine
from bs4 import BeautifulSoup
from flask import Flask

from app.models import Assessment
from app.models.assessments import AssessmentState
from plans.actors import Role
from plans.base import new_id
from plans.commands import ask_extension, decline_task
from plans.models import KeptDraft, Milestone, Phase, Plan, PlanPart, Task
from plans.notices import NoticeTerms, answer_notice, draft_notice, send_notice, sign_notice
from plans.pushing import push_template
from plans.revisions import PhaseTerms, approve_plan, change_phase, record_change
from tests.app.county_data import measures, report, school
from tests.app.task_scene import Scene, fields_of, task_scene
from tests.conftest import NOW
from tests.factories import Factory, Member
from tests.plans.drafts import draft
from tests.queries import count_queries

TODAY = NOW.date()


@pytest.fixture(autouse=True)
def _fixed_clock() -> Iterator[None]:
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def scene(app: Flask, make: Factory) -> Scene:
    scene = task_scene(app, make)
    report(make, scene.office, measures(school(1)), at=NOW - timedelta(days=9))
    with make.session(scene.county) as session:
        session.query(Plan).one().approved_at = NOW - timedelta(days=9)
    return scene


@pytest.fixture
def leader(scene: Scene) -> Member:
    return scene.make.member(scene.county, Role.LEADER)


def wish(scene: Scene, title: str = "", days_ago: int = 0) -> int:
    """A task whose unit asks for more time until 2027-03-31."""
    task_id = scene.task_id
    if title:
        task_id = scene.make.task(scene.county, unit_id=scene.unit_id, plan_id=scene.plan_id, title=title)
    with scene.make.session(scene.county) as session:
        ask_extension(
            session,
            scene.unit.actor,
            task_id=task_id,
            wanted_on=date(2027, 3, 31),
            reason="冬季停工",
            seen_event=1,
            at=NOW - timedelta(days=days_ago),
        )
    return task_id


def waiting(page: BeautifulSoup) -> list[tuple[str, str, str]]:
    rows = page.select("[aria-label='等我决定'] tbody tr")
    return [(row("td")[0].text, row.a.text, row("td")[-1].text.strip()) for row in rows if len(row("td")) > 2]


def test_wish_for_more_time_is_granted_by_one_click(scene: Scene, leader: Member) -> None:
    wish(scene)
    client = scene.as_(leader)
    page, path = client.get_page("/"), f"/decisions/extensions/{scene.task_id}"

    after = client.post_page(path, fields_of(page, path))

    assert waiting(page) == [("延期申请", "补齐音乐教室・2027年1月21日 → 3月31日", "同意")]
    assert waiting(after) == []
    assert "现定时限 2027-03-31" in after.select_one(".message-green").text
    with scene.make.session(scene.county) as session:
        assert session.query(Task).one().original_due_on == date(2027, 1, 21)


def test_click_that_comes_too_late_changes_nothing_and_says_why(scene: Scene, leader: Member) -> None:
    wish(scene)

    page = scene.as_(leader).post_page(f"/decisions/extensions/{scene.task_id}", {"seen_event": 1})

    assert page.select_one(".message-red")
    assert len(waiting(page)) == 1


def test_only_the_assigning_side_decides(scene: Scene, make: Factory) -> None:
    wish(scene)
    path = f"/decisions/extensions/{scene.task_id}"
    for member in (scene.unit, scene.supervisor, make.member(scene.county, Role.OVERSEER)):
        client = scene.as_(member)
        client.get_page("/decisions", 403)
        client.post_page(path, {"seen_event": 2}, 403)
    overseer = scene.as_(make.member(scene.county, Role.OVERSEER)).get_page("/")

    assert waiting(overseer) == []
    assert overseer.select_one("[aria-label='待核实销号的任务']")


def test_declined_task_version_draft_and_answer_wait_the_longest_first(scene: Scene, leader: Member) -> None:
    with scene.make.session(scene.county) as session:
        lead = scene.unit.actor
        at = NOW - timedelta(days=4)
        decline_task(session, lead, task_id=scene.task_id, note="非本单位职责", seen_event=1, at=at)
        version = session.query(Assessment).one()
        version.state, version.frozen_at, version.frozen_by = AssessmentState.FROZEN, NOW, "创建办"
        kept = {"source_sha256": "b" * 64, "source_name": "新方案.docx", "body": draft(), "read_by": "创建办"}
        session.add(KeptDraft(id=new_id(), read_at=NOW - timedelta(days=2), **kept))
        terms = NoticeTerms("督办编制", "请抓紧", scene.unit_id, TODAY + timedelta(days=9))
        notice = draft_notice(session, scene.office.actor, terms=terms, at=at)
        send_notice(session, scene.office.actor, notice_id=notice.id, seen_event=1, at=at)
        sign_notice(session, lead, notice_id=notice.id, seen_event=2, at=at)
        answered = {"reply": "已印发", "evidence": [], "seen_event": 3, "at": NOW - timedelta(days=3)}
        answer_notice(session, lead, notice_id=notice.id, **answered)

    page = scene.as_(leader).get_page("/decisions")

    assert page.h1.text == "有 4 件事等我决定。"
    assert waiting(page) == [
        ("退办", "补齐音乐教室・县教育局称非本单位职责", "重新交办"),
        ("督办回复", "督办编制・县教育局已回复", "办结"),
        ("方案草稿", "方案草稿“新方案.docx”待核对", "核对"),
        ("上报", "2026 年度评估结果待上报", "上报"),
    ]


def test_draft_waits_until_it_is_a_plan_and_names_who_sent_it(scene: Scene, leader: Member) -> None:
    with scene.make.session(scene.county) as session:
        accepted = push_template(session, name="to-2032", locked=[], by="示例区", at=NOW)
        session.query(Plan).one().source_sha256 = accepted.source_sha256
        push_template(session, name="to-2029", locked=[], by="示例区", at=NOW)

    page = scene.as_(leader).get_page("/decisions")

    (row,) = page.select("main tbody tr")
    name = "县域义务教育优质均衡发展创建实施方案（到2029年）"
    assert f"方案草稿“{name}”待核对，示例区下发" in row.get_text()


def test_frozen_version_is_handed_up_by_one_click(scene: Scene, leader: Member) -> None:
    with scene.make.session(scene.county) as session:
        version = session.query(Assessment).one()
        version.state, version.frozen_at, version.frozen_by = AssessmentState.FROZEN, NOW, "创建办"
        path = f"/versions/{version.id}/submit"
    client = scene.as_(leader)
    assert client.get_page("/").select_one(f"form[action='{path}'] button").text == "上报"

    client.post_page(path, {})

    assert waiting(client.get_page("/")) == []


def test_plan_waits_for_the_leading_group_alone(scene: Scene, leader: Member) -> None:
    with scene.make.session(scene.county) as session:
        session.query(Plan).one().approved_at = None
    [(kind, _text, verb)] = waiting(scene.as_(leader).get_page("/"))

    assert (kind, verb) == ("批准方案", "去批准")
    assert waiting(scene.as_(scene.office).get_page("/")) == []


def phase_named(scene: Scene, leader: Member, *titles: str) -> None:
    """A phase approved two days ago under the first title, and called by the others yesterday."""
    with scene.make.session(scene.county) as session:
        session.add(Phase(plan_id=scene.plan_id, no=1, title=titles[0]))
        session.flush()
        key = {"plan_id": scene.plan_id, "note": "", "at": NOW - timedelta(days=2)}
        approve_plan(session, leader.actor, **key)
        phase = session.query(Phase).one()
        for title in titles[1:]:
            change_phase(
                session,
                scene.office.actor,
                phase_id=phase.id,
                terms=PhaseTerms(title, None, None),
                seen_version=phase.version,
                reason="按会议要求",
                at=NOW - timedelta(days=1),
            )


@pytest.mark.parametrize(
    ("titles", "told"),
    [
        (["启动"], []),
        (["启动", "攻坚", "冲刺"], ["《示例实施方案》批准后有 1 处调整"]),  # one difference in two steps
        (["启动", "攻坚", "启动"], []),  # put back
    ],
)
def test_what_is_not_as_approved_waits_for_the_leading_group(
    scene: Scene, leader: Member, titles: list[str], told: list[str]
) -> None:
    phase_named(scene, leader, *titles)

    assert [text for _kind, text, _verb in waiting(scene.as_(leader).get_page("/"))] == told
    assert waiting(scene.as_(scene.office).get_page("/")) == []


def test_word_of_a_milestone_waits_for_no_approval(scene: Scene, leader: Member) -> None:
    with scene.make.session(scene.county) as session:
        session.add(Milestone(plan_id=scene.plan_id, due_on=TODAY, text="自评"))
    phase_named(scene, leader, "启动")
    with scene.make.session(scene.county) as session:
        stone = session.query(Milestone).one()
        stone.claimed_on = TODAY
        change = {"claimed_on": ("", TODAY.isoformat())}
        record_change(session, scene.office.actor, PlanPart.MILESTONE, stone, change, "", NOW)

    assert waiting(scene.as_(leader).get_page("/")) == []


def test_milestones_of_ninety_days_and_phases_stand_on_the_page(scene: Scene, leader: Member) -> None:
    with scene.make.session(scene.county) as session:
        for text, days in (("昨天", -1), ("今天", 0), ("第九十天", 90), ("太远", 91)):
            session.add(Milestone(plan_id=scene.plan_id, due_on=TODAY + timedelta(days=days), text=text))
        for no, title, first, last in ((1, "启动", 2025, 2025), (2, "攻坚", 2026, 2027)):
            days = {"starts_on": date(first, 1, 1), "ends_on": date(last, 12, 31)}
            session.add(Phase(plan_id=scene.plan_id, no=no, title=title, **days))
        session.query(Task).one().progress = 40

    page = scene.as_(leader).get_page("/")

    stones = page.select("[aria-label='未来 90 天的里程碑'] tbody tr")
    assert [row.a.text for row in stones] == ["今天", "第九十天"]
    assert "错过 1 个" in page.text
    assert [" ".join(one.text.split()) for one in page.select(".phases li")] == [
        "启动 已结束",
        "攻坚 进行中・进度 40%",
    ]


def test_nothing_of_another_county_waits_here(scene: Scene, app: Flask, leader: Member) -> None:
    other = task_scene(app, scene.make)
    task = wish(other, "别县的任务")

    page = scene.as_(leader).get_page("/decisions")

    assert (waiting(page), "别县" in page.text) == ([], False)
    scene.as_(leader).post_page(f"/decisions/extensions/{task}", {"seen_event": 2}, 404)


@pytest.mark.parametrize("n", [1, 20])
def test_pages_take_the_same_statements_for_any_length(
    app: Flask, scene: Scene, leader: Member, n: int
) -> None:
    for number in range(n):
        wish(scene, f"任务{number}")
        with scene.make.session(scene.county) as session:
            day = TODAY + timedelta(days=number)
            session.add(Milestone(plan_id=scene.plan_id, due_on=day, text=f"里程碑{number}"))
            session.add(Phase(plan_id=scene.plan_id, no=number, title="阶段", starts_on=day, ends_on=day))
    client = scene.as_(leader)

    with count_queries(app) as sent:
        client.get_page("/")
    with count_queries(app) as listed:
        page = client.get_page("/decisions")

    assert len(waiting(page)) == n
    assert (len(sent), len(listed)) == (31, 11)
