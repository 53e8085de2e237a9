"""What a county sets for itself: kept, told to nobody else, in force at once where it applies."""

from datetime import date, timedelta

import pandas as pd
import pytest
from flask import Flask

from app.clock import today
from app.jobs.counties import for_each_county
from app.models.audit import Act
from app.supervision.schools import jump_words
from app.targets.lines import target_line
from plans.actors import Role
from plans.base import County
from plans.calendar import deadline, is_working_day
from plans.models import Quantity, Target, Task
from plans.progress import time_standing
from plans.terms import terms_of, under
from scoring.loader import load_standard
from scoring.targets import Status
from tests.app.task_scene import fields_of
from tests.audit.log import entries
from tests.conftest import NOW
from tests.factories import Factory
from tests.pages import PageClient
from tests.queries import count_queries
from tests.tenant.kept import settings_of

USUAL = {"soon_days": "30", "late_years": "1", "jump_percent": "30"}
GIVEN: dict[str, str] = {"seen": "0", **USUAL, "mail": "y"}


def test_saving_what_is_ours_keeps_nothing(office: PageClient, make: Factory, county: int) -> None:
    office.post_page("/settings", GIVEN)

    assert settings_of(make, county) == {}


def test_settings_are_kept_with_their_version_and_other_keys_stay(
    office: PageClient, make: Factory, county: int
) -> None:
    with make.session() as session:
        session.get_one(County, county).settings = {"extensions_allowed": 3}

    office.post_page(
        "/settings", {**GIVEN, "soon_days": "15", "leader": "创建专班", "days_off": "2026-12-01 县庆"}
    )

    assert settings_of(make, county) == {
        "extensions_allowed": 3,
        "soon_days": 15,
        "role_names": {"leader": "创建专班"},
        "calendar": {"days_off": {"2026-12-01": "县庆"}},
        "version": 1,
    }


def test_page_shows_what_was_kept(office: PageClient) -> None:
    given = {"soon_days": "15", "overdue": "超期", "work_days": "2026-12-05", "days_off": "2026-12-01 县庆"}
    office.post_page("/settings", {**GIVEN, **given})

    page = office.get_page("/settings")

    shown = {name: page.select_one(f"[name={name}]") for name in given}
    assert {name: (one.get("value") or one.text).strip() for name, one in shown.items()} == given
    assert "第 1 版" in page.select_one("h1").text


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.OFFICE])
def test_settings_are_for_the_office(client: PageClient, make: Factory, county: int, role: Role) -> None:
    client.sign_in(make.member(county, role, make.unit(county) if role is Role.UNIT else None))

    client.get_page("/settings", status=403)
    client.post_page("/settings", {**GIVEN, "soon_days": "15"}, status=403)

    assert settings_of(make, county) == {}


def test_other_county_keeps_its_own(office: PageClient, make: Factory, county: int) -> None:
    other = make.county()
    office.post_page("/settings", {**GIVEN, "soon_days": "15"})

    assert settings_of(make, other) == {}


@pytest.mark.parametrize(
    ("field", "value", "words"),
    [
        ("soon_days", "0", "临期天数须在 1 至 180 之间"),
        ("soon_days", "181", "临期天数须在 1 至 180 之间"),
        ("soon_days", "x", "不是有效的整数"),
        ("late_years", "0", "落后年数须在 1 至 3 之间"),
        ("late_years", "4", "落后年数须在 1 至 3 之间"),
        ("jump_percent", "4", "变动幅度须在 5 至 100 之间"),
        ("jump_percent", "101", "变动幅度须在 5 至 100 之间"),
        ("leader", "名" * 13, "名称不超过 12 字"),
        ("days_off", "2026-02-30", "第 1 行“2026-02-30”：没有这一天"),
        ("days_off", "2026-12-01 县庆\n十二月", "第 2 行“十二月”：请写成"),
        ("days_off", "2026-12-01\n2026年12月1日", "日期重复"),
        ("work_days", "1999-01-01", "年份须在"),
    ],
)
def test_what_is_wrong_is_named_and_nothing_kept(
    office: PageClient, make: Factory, county: int, field: str, value: str, words: str
) -> None:
    page = office.post_page("/settings", {**GIVEN, field: value}, status=422)

    assert words in page.text
    assert settings_of(make, county) == {}


@pytest.mark.parametrize(
    "given",
    [
        {"soon_days": "1", "late_years": "2", "jump_percent": "5"},
        {"soon_days": "180", "late_years": "3", "jump_percent": "100"},
    ],
)
def test_borders_of_the_thresholds_are_taken(
    office: PageClient, make: Factory, county: int, given: dict[str, str]
) -> None:
    office.post_page("/settings", {**GIVEN, **given})

    kept = settings_of(make, county)
    assert {name: str(kept[name]) for name in given} == given


def test_lights_of_targets_and_of_changed_figures_are_those_of_the_county() -> None:
    target = Target(
        indicator_code="R4",
        stage="primary",
        quantity=Quantity.MEAN,
        baseline_year=2022,
        baseline=4.0,
        horizon_year=2032,
        due=5.0,
        steps={},
    )
    indicator, history = load_standard("quality-2017").indicator("R4"), pd.Series({2026: 4.25})

    seen = {}
    for settings in ({}, {"late_years": 2, "jump_percent": 20}):
        with under(terms_of(settings)):
            line = target_line(target, indicator, history, 2026)
            jumps = jump_words({"books": 125.0}, {"books": 100.0})
            seen[settings.get("late_years")] = (line.progress.status, line.progress.sentence, jumps)

    assert [(status, len(jumps)) for status, _words, jumps in seen.values()] == [
        (Status.AT_RISK, 0),
        (Status.BEHIND, 1),
    ]
    assert "落后一年以上" in seen[None][1]
    assert "落后不足两年" in seen[2][1]


def test_day_that_is_off_and_worked_is_refused(office: PageClient) -> None:
    page = office.post_page(
        "/settings", {**GIVEN, "days_off": "2026-12-01", "work_days": "2026-12-01"}, status=422
    )

    assert "2026-12-01 同时列为放假和上班" in page.text


def test_stale_save_is_refused_with_what_was_typed(office: PageClient, make: Factory, county: int) -> None:
    office.post_page("/settings", {**GIVEN, "soon_days": "15"})

    page = office.post_page("/settings", {**GIVEN, "soon_days": "20"}, status=422)

    assert "设置刚刚被他人改过" in page.text
    assert page.select_one("[name=soon_days]")["value"] == "20"
    assert settings_of(make, county)["soon_days"] == 15

    seen = page.select_one("[name=seen]")["value"]
    office.post_page("/settings", {**GIVEN, "soon_days": "20", "seen": seen})

    assert settings_of(make, county)["soon_days"] == 20


def test_mail_is_on_until_the_office_switches_it_off(office: PageClient, make: Factory, county: int) -> None:
    assert office.get_page("/settings").select_one("[name=mail]").has_attr("checked")
    office.post_page("/settings", {name: value for name, value in GIVEN.items() if name != "mail"})

    assert settings_of(make, county)["channels"] == {"mail": False}
    assert not office.get_page("/settings").select_one("[name=mail]").has_attr("checked")


def test_each_version_is_in_the_log(office: PageClient, make: Factory, county: int) -> None:
    office.post_page("/settings", {**GIVEN, "soon_days": "15"})
    office.post_page("/settings", {**GIVEN, "seen": "1", "soon_days": "20"})

    last = entries(make, county, Act.SETTING)[-1]
    assert last.before["settings"] == {"soon_days": 15, "version": 1}
    assert last.after["settings"] == {"soon_days": 20, "version": 2}


def test_threshold_and_words_of_the_county_are_in_force_in_its_ledger_only(
    app: Flask, office: PageClient, make: Factory, county: int
) -> None:
    other = make.county()
    due = today() + timedelta(days=20)
    for place in (county, other):
        make.task(place, unit_id=make.unit(place), due_on=due)
    neighbour = PageClient(app)
    neighbour.sign_in(make.member(other))
    office.post_page("/settings", {**GIVEN, "soon_days": "5", "not_due": "未到时限"})

    pages = [one.get_page("/tasks?list=all") for one in (office, neighbour)]
    narrowed = [one.get_page("/tasks?list=all&light=due_soon") for one in (office, neighbour)]

    assert [page.select_one("tbody .cell-status").text.strip() for page in pages] == ["未到时限", "临期"]
    assert [len(page.select("tbody .cell-status")) for page in narrowed] == [0, 1]


def test_names_of_the_county_are_shown_to_its_members(client: PageClient, make: Factory, county: int) -> None:
    with make.session() as session:
        session.get_one(County, county).settings = {"role_names": {"leader": "创建专班"}}
    client.sign_in(make.member(county, Role.LEADER))

    assert client.get_page("/versions").select_one(".topbar-end summary").text.strip() == "创建专班"
    assert "创建专班" in client.get_page("/roles").text


def test_day_off_of_the_county_moves_a_deadline(office: PageClient, make: Factory, county: int) -> None:
    unit, _plan = make.unit(county), make.plan(county)
    office.post_page("/settings", {**GIVEN, "days_off": "2027-03-31 县庆"})
    form = fields_of(office.get_page("/tasks/new"), "/tasks/new")

    filled = {"title": "县庆任务", "lead_unit_id": str(unit), "due_on": "2027-03-31"}
    office.post_page("/tasks/new", {**form, **filled})

    with make.session(county) as session:
        task = session.query(Task).filter_by(title="县庆任务").one()
        assert (task.stated_due_on, task.due_on) == (date(2027, 3, 31), date(2027, 3, 30))


def test_terms_of_a_county_end_with_the_request(office: PageClient, make: Factory, county: int) -> None:
    day = date(2027, 3, 31)
    office.post_page("/settings", {**GIVEN, "soon_days": "5", "days_off": "2027-03-31"})
    office.get_page("/settings")

    assert is_working_day(day)
    assert deadline(day) == day
    assert time_standing(day, day - timedelta(days=30)).word == "临期"


def test_job_works_under_the_terms_of_each_county(app: Flask, make: Factory, county: int) -> None:
    other = make.county()
    with make.session() as session:
        session.get_one(County, county).settings = {"calendar": {"days_off": {"2027-03-31": "县庆"}}}

    with app.app_context():
        done = for_each_county(lambda _session, _county, _at: str(is_working_day(date(2027, 3, 31))), at=NOW)

    assert [one.words for one in done] == ["False", "True"]
    assert other


def test_settings_take_a_fixed_number_of_queries(app: Flask, office: PageClient) -> None:
    office.get_page("/settings")

    with count_queries(app) as sent:
        office.get_page("/settings")

    assert len(sent) == 4  # account, memberships, years twice
