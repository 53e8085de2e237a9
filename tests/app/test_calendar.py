"""The calendar page: months, days off and shifted days, what falls due, who sees what."""

from datetime import date, timedelta

import pytest
import time_machine
from bs4 import BeautifulSoup
from flask import Flask

from app.work.calendar import month_of, weeks_of
from plans.actors import Role
from plans.base import new_id
from plans.duties import DutyTerms, add_duty
from plans.models import DutySupport, Milestone, Occurrence, RecurringDuty, Task
from plans.notices import NoticeTerms, draft_notice, send_notice
from plans.periods import Every
from tests.app.task_scene import Scene, task_scene
from tests.conftest import NOW
from tests.factories import Factory
from tests.queries import count_queries

MONTH = "/calendar?month=2027-01"


@pytest.fixture(autouse=True)
def _fixed_clock() -> None:
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def scene(app: Flask, make: Factory) -> Scene:
    """A task due on 21 January 2027, and one of everything else in that month."""
    scene = task_scene(app, make)
    terms = NoticeTerms("限期补齐", "十日内补齐", scene.unit_id, date(2027, 1, 29))
    duty = DutyTerms("工作调度", "", Every.MONTH, "FREQ=MONTHLY;BYMONTHDAY=25", None, scene.unit_id)
    with make.session(scene.county) as session:
        actor = scene.office.actor
        session.add(
            Milestone(plan_id=scene.plan_id, phase_id=None, due_on=date(2027, 1, 29), text="设备达标")
        )
        notice = draft_notice(session, actor, terms=terms, at=NOW)
        send_notice(session, actor, notice_id=notice.id, seen_event=1, at=NOW)
        add_duty(session, actor, plan_id=scene.plan_id, terms=duty, at=NOW)
    return scene


def listed(page: BeautifulSoup) -> list[str]:
    """The list by day: each day, and under it each entry."""
    lines = []
    for group in page.select(".cal-group"):
        lines.append(group.h3.get_text(" ", strip=True))
        lines += [entry.get_text(" ", strip=True) for entry in group.select("li")]
    return lines


def marks(page: BeautifulSoup, word: str) -> list[str]:
    """The days of the month that carry a mark."""
    return [
        cell.select_one(".cal-day").text
        for cell in page.select(".cal td")
        if word in [mark.text for mark in cell.select(".cal-mark")]
    ]


def test_month_tells_deadlines_milestones_duties_and_notices_by_day(scene: Scene) -> None:
    page = scene.as_(scene.office).get_page(MONTH)

    assert page.select_one("h1").text == "2027年1月到期 4 项。"
    assert listed(page) == [
        "1月1日 周五 休 元旦",
        "1月21日 周四",
        "补齐音乐教室 任务・县教育局 未到期",
        "1月25日 周一",
        "工作调度（2027年1月） 周期任务・县教育局 待交办",
        "1月29日 周五",
        "设备达标 里程碑 未到",
        "限期补齐 督办单・县教育局 未到期",
    ]
    cells = [link.get_text(strip=True) for link in page.select(".cal .cal-entry")]
    assert cells == ["补齐音乐教室", "工作调度（2027年1月）", "设备达标", "限期补齐"]
    assert [cell.text for cell in page.select(".cal th")] == list("一二三四五六日")


def test_month_begins_on_monday_and_todays_day_is_told(scene: Scene) -> None:
    page = scene.as_(scene.office).get_page("/calendar")

    first = [cell.get_text(strip=True) for cell in page.select(".cal tbody tr")[0]("td")]
    assert first == ["26", "27", "28", "29", "30", "31", "1"]
    assert page.select_one(".cal [aria-current=date] .cal-day").text == "22"


def test_shifted_days_are_worked_and_days_off_carry_their_name(scene: Scene) -> None:
    client = scene.as_(scene.office)

    october, september = (
        client.get_page("/calendar?month=2026-10"),
        client.get_page("/calendar?month=2026-09"),
    )

    assert (marks(october, "班"), marks(october, "休")) == (["10"], ["1", "2", "3", "4", "5", "6", "7"])
    assert (marks(september, "班"), marks(september, "休")) == (["20"], ["25", "26", "27"])
    assert {name.text for name in october.select(".cal-name")} == {"国庆节"}
    assert listed(october) == ["10月1日 — 10月7日 休 国庆节", "10月10日 周六 班"]
    assert "暂估" not in october.select_one(".basis").text


def test_month_beyond_the_announced_years_says_that_it_is_estimated(scene: Scene) -> None:
    page = scene.as_(scene.office).get_page("/calendar?month=2028-02")

    assert "暂估" in page.select_one(".basis").text
    days = [cell.select_one(".cal-day").text for cell in page.select(".cal td:not(.cal-out)")]
    assert days == [str(number) for number in range(1, 30)]
    assert len(page.select(".cal tbody tr")) == 5
    assert marks(scene.as_(scene.office).get_page("/calendar?month=2028-01"), "休") == [
        "1",
        "25",
        "26",
        "27",
        "28",
    ]


@pytest.mark.parametrize(
    ("month", "before", "after"),
    [("2026-12", "2026-11", "2027-01"), ("2020-01", None, "2020-02"), ("2040-12", "2040-11", None)],
)
def test_months_follow_each_other_to_the_ends_of_the_years(
    scene: Scene, month: str, before: str | None, after: str | None
) -> None:
    page = scene.as_(scene.office).get_page(f"/calendar?month={month}")

    links = {link["rel"][0]: link["href"] for link in page.select(".cal-nav a[rel]")}
    wanted = {"prev": before, "next": after}
    assert links == {rel: f"/calendar?month={one}" for rel, one in wanted.items() if one}


@pytest.mark.parametrize("text", ["2026-13", "2019-12", "2041-01", "x", "", None, "2026-1"])
def test_month_that_is_none_is_the_present_one(text: str | None) -> None:
    assert month_of(text, date(2026, 11, 22)) == date(2026, 11, 1)


@pytest.mark.parametrize(
    ("first", "n_weeks"), [(date(2027, 2, 1), 4), (date(2026, 11, 1), 6), (date(2028, 2, 1), 5)]
)
def test_weeks_are_as_many_as_the_month_touches(first: date, n_weeks: int) -> None:
    weeks = weeks_of(first, [])

    assert len(weeks) == n_weeks
    assert {week[0].day.weekday() for week in weeks} == {0}


@pytest.mark.parametrize(
    ("asked", "titles"),
    [
        ("&kind=task", ["补齐音乐教室"]),
        ("&kind=milestone", ["设备达标"]),
        ("&kind=duty", ["工作调度（2027年1月）"]),
        ("&kind=notice", ["限期补齐"]),
        ("&unit={unit}", ["补齐音乐教室", "工作调度（2027年1月）", "限期补齐"]),
        ("&unit=1", []),
        ("&unit={unit}&kind=milestone", []),
        ("&kind=nonsense&unit=x", ["补齐音乐教室", "工作调度（2027年1月）", "设备达标", "限期补齐"]),
    ],
)
def test_calendar_is_narrowed_to_a_kind_and_a_unit(scene: Scene, asked: str, titles: list[str]) -> None:
    page = scene.as_(scene.office).get_page(MONTH + asked.format(unit=scene.unit_id))

    assert [link.text for link in page.select(".cal-group li a")] == titles


def test_unit_sees_its_own_work_and_the_milestones_and_no_other_county_anything(
    scene: Scene, make: Factory
) -> None:
    other_unit = make.member(scene.county, Role.UNIT, make.unit(scene.county, "县财政局"))
    school, stranger = make.member(scene.county, Role.SCHOOL), make.member(make.county())

    def titles(who: object, query: str = "") -> list[str]:
        page = scene.as_(who).get_page(MONTH + query)
        return [link.text for link in page.select(".cal-group li a")]

    own = ["补齐音乐教室", "工作调度（2027年1月）", "设备达标", "限期补齐"]
    assert titles(scene.unit) == own
    assert titles(other_unit) == titles(school) == ["设备达标"]
    assert titles(other_unit, f"&unit={scene.unit_id}") == ["设备达标"]
    assert titles(stranger) == []
    assert scene.as_(scene.unit).get_page(MONTH).select("select[name=unit]") == []


def test_supporting_unit_sees_the_duty_and_one_past_that_is_no_task_is_told(
    scene: Scene, make: Factory
) -> None:
    helper_id = make.unit(scene.county, "县财政局")
    helper = make.member(scene.county, Role.UNIT, helper_id)
    with make.session(scene.county) as session:
        session.add(DutySupport(duty_id=session.query(RecurringDuty).one().id, unit_id=helper_id))

    page = scene.as_(helper).get_page(f"{MONTH}&kind=duty")
    with time_machine.travel(NOW + timedelta(days=90), tick=False):
        later = scene.as_(helper).get_page(f"{MONTH}&kind=duty")

    duty = scene.as_(helper).get_page(page.select(".cal-group li a")[-1]["href"])

    assert duty.h1.text == "工作调度"
    assert listed(page)[-1] == "工作调度（2027年1月） 周期任务・县教育局 待交办"
    assert listed(later)[-1] == "工作调度（2027年1月） 周期任务・县教育局 未交办"


def test_drafted_and_withdrawn_notices_have_no_deadline(scene: Scene) -> None:
    with scene.make.session(scene.county) as session:
        terms = NoticeTerms("尚未下发", "要求", scene.unit_id, date(2027, 1, 28))
        draft_notice(session, scene.office.actor, terms=terms, at=NOW)
    client = scene.as_(scene.office)
    link = client.get_page(f"{MONTH}&kind=notice").select_one(".cal-group li a")["href"]
    client.post_page(f"{link}/withdraw", {"seen_event": 2, "note": "重复"})

    assert client.get_page(f"{MONTH}&kind=notice").select(".cal-group li") == []


def test_period_that_is_a_task_is_told_once(scene: Scene) -> None:
    with scene.make.session(scene.county) as session:
        one = session.query(Occurrence).filter_by(due_on=date(2027, 1, 25)).one()
        session.query(Task).one().occurrence_id = one.id

    page = scene.as_(scene.office).get_page(MONTH)

    assert "工作调度（2027年1月）" not in page.text


def test_full_day_names_what_does_not_fit(scene: Scene) -> None:
    for number in range(3):
        scene.make.task(
            scene.county,
            unit_id=scene.unit_id,
            plan_id=scene.plan_id,
            title=f"任务{number}",
            due_on=date(2027, 1, 21),
        )

    page = scene.as_(scene.office).get_page(MONTH)

    cell = page.select_one(".cal a[href='#d-2027-01-21']").find_parent("td")
    assert [link.get_text(strip=True) for link in cell.select(".cal-entry")] == [
        "任务0",
        "任务1",
        "还有 2 项",
    ]
    assert len(page.select("#d-2027-01-21 li")) == 4


def test_county_without_plan_has_an_empty_month(scene: Scene, make: Factory) -> None:
    page = scene.as_(make.member(make.county())).get_page("/calendar?month=2026-11")

    assert page.select_one("h1").text == "2026年11月没有到期事项。"
    assert "没有到期事项，也没有放假" in page.select_one(".cal-list").text


@pytest.mark.parametrize("rows", [1, 60])
def test_calendar_takes_the_same_statements_for_any_length(app: Flask, scene: Scene, rows: int) -> None:
    with scene.make.session(scene.county) as session:
        session.expire_on_commit = False
        model = session.query(Task).one()
        names = ("plan_id", "lead_unit_id", "due_on", "original_due_on", "state", "assigned_at")
        keep = {name: getattr(model, name) for name in names} | {"assigned_by_id": model.assigned_by_id}
        session.add_all(Task(id=new_id(), title=f"任务{n}", **keep) for n in range(rows - 1))
        keys = {"plan_id": scene.plan_id, "phase_id": None, "due_on": date(2027, 1, 29)}
        session.add_all(Milestone(id=new_id(), text=f"节点{n}", **keys) for n in range(rows - 1))
        for number in range(min(rows - 1, 5)):
            terms = NoticeTerms(f"督办{number}", "要求", scene.unit_id, date(2027, 1, 28))
            notice = draft_notice(session, scene.office.actor, terms=terms, at=NOW)
            send_notice(session, scene.office.actor, notice_id=notice.id, seen_event=1, at=NOW)
    client = scene.as_(scene.office)

    with count_queries(app) as sent:
        page = client.get_page(MONTH)

    assert len(page.select(".cal-group li")) == 2 + 2 * rows + min(rows - 1, 5)
    assert len(sent) == 11
