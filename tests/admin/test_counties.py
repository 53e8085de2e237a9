"""Counties made, suspended and opened again by the platform; nobody else sees its pages."""

from datetime import date

import pytest
import sqlalchemy as sa
from flask import Flask

from app.audit.chains import PLATFORM, Chain
from app.audit.verifying import verify
from app.jobs.counties import for_each_county
from app.models import Account, Membership
from app.models.audit import Act
from plans.actors import Role
from plans.base import County
from plans.models import KeptDraft
from tests.audit.log import entries, platform_entries
from tests.conftest import NOW
from tests.factories import Factory, Member
from tests.pages import PageClient
from tests.queries import count_queries
from tests.tenancy.places import fill
from tests.tenancy.test_two_counties import PLAIN

GIVEN = {
    "code": "990111",
    "name": "丙县（示例）",
    "standard": "quality-2017",
    "horizon_year": "2032",
    "template": "to-2032",
    "person": "王主任",
}
PAGES = ["/platform", "/platform/counties/new", "/platform/log", "/platform/log.xlsx", "/platform/log/1"]


def code_of(make: Factory, county_id: int) -> str:
    with make.session() as session:
        return session.get_one(County, county_id).code


def test_county_and_its_first_person_are_made_in_one_form(
    app: Flask, admin: PageClient, make: Factory
) -> None:
    page = admin.post_page("/platform/counties/new", GIVEN)
    link = page.select_one("#link")["value"].removeprefix("http://localhost")

    newcomer = PageClient(app)
    words = "山高水长 一路向前 2029"
    given = {"login": "wang-zr", "name": "王主任", "password": words, "again": words}
    joined = newcomer.http.post(link, data=given)

    with make.session() as session:
        county = session.scalars(sa.select(County)).one()
        county_id, made = county.id, (county.code, county.name, county.standard, county.horizon_year)
    with make.session(county_id) as session:
        member = session.scalars(sa.select(Membership)).one()
        role, login = member.role, session.get_one(Account, member.account_id).login
        drafts = list(session.scalars(sa.select(KeptDraft.read_by)))
    assert joined.status_code == 303, joined.text[1500:]
    assert made == ("990111", "丙县（示例）", "quality-2017", 2032)
    assert (role, login, drafts) == (Role.OFFICE, "wang-zr", ["平台"])


def test_link_works_once(app: Flask, admin: PageClient) -> None:
    link = admin.post_page("/platform/counties/new", GIVEN).select_one("#link")["value"]
    path = link.removeprefix("http://localhost")
    words = "山高水长 一路向前 2029"
    given = {"login": "wang-zr", "name": "王主任", "password": words, "again": words}
    PageClient(app).http.post(path, data=given)

    again = PageClient(app).http.post(path, data={**given, "login": "other"})

    assert again.status_code >= 400


@pytest.mark.parametrize(
    ("field", "value", "words"),
    [
        ("code", "99011", "行政区划代码为 6 位数字"),
        ("code", "٩٩٠١١١", "行政区划代码为 6 位数字"),
        ("code", "990111\n", "行政区划代码为 6 位数字"),
        ("name", "", "请填写名称"),
        ("name", "县" * 61, "名称不超过 60 字"),
        ("horizon_year", "1999", "目标年须在"),
        ("person", "", "请填写姓名"),
    ],
)
def test_form_says_what_is_wrong_and_makes_nothing(
    admin: PageClient, make: Factory, field: str, value: str, words: str
) -> None:
    page = admin.post_page("/platform/counties/new", {**GIVEN, field: value}, status=422)

    with make.session() as session:
        assert session.scalar(sa.select(sa.func.count()).select_from(County)) == 0
    assert words in page.text


def test_code_in_use_is_refused(admin: PageClient, make: Factory) -> None:
    admin.post_page("/platform/counties/new", GIVEN)

    page = admin.post_page("/platform/counties/new", {**GIVEN, "name": "丁县"}, status=422)

    assert "行政区划代码 990111 已有县在用" in page.text


def test_hostile_name_is_a_name(admin: PageClient) -> None:
    name = "<script>x</script>../../=1+1"
    admin.post_page("/platform/counties/new", {**GIVEN, "name": name})

    page = admin.get_page("/platform")
    with admin.http.get("/platform/counties/990111/archive.zip") as answer:
        status = answer.status_code

    assert page.select_one("tbody th").text == name
    assert not page.select("tbody script")
    assert status == 200


@pytest.mark.parametrize("role", Role)
def test_platform_is_hidden_from_members(client: PageClient, make: Factory, role: Role) -> None:
    county = make.county()
    client.sign_in(make.member(county, role, make.unit(county) if role is Role.UNIT else None))

    for path in PAGES:
        client.get_page(path, status=404)


@pytest.mark.parametrize("act", ["suspend", "resume", "erasure", "erasure/cancel", "erase", "invite"])
def test_acts_of_the_platform_are_hidden_from_an_office(client: PageClient, make: Factory, act: str) -> None:
    county = make.county()
    code = code_of(make, county)
    client.sign_in(make.member(county))

    answer = client.http.post(f"/platform/counties/{code}/{act}", data={"typed": "第1示例县", "person": "某"})

    with make.session() as session:
        assert session.get_one(County, county).suspended_at is None
    assert answer.status_code == 404


def test_administrator_without_county_is_led_to_the_platform(admin: PageClient, make: Factory) -> None:
    county = make.county()
    make.unit(county, "甲县教育局")

    for path in ("/", "/tasks", "/audit", "/units", "/members"):
        assert admin.http.get(path).headers.get("Location") == "/platform", path


def test_administrator_sees_no_page_of_any_county(app: Flask, admin: PageClient, make: Factory) -> None:
    place = fill(make, "甲县", "JIA001")
    rules = [rule for rule in app.url_map.iter_rules() if "GET" in rule.methods and rule.endpoint != "static"]
    closed = [rule for rule in rules if not getattr(app.view_functions[rule.endpoint], "is_open", False)]

    seen = {}
    for rule in closed:
        if rule.rule.startswith(("/platform", "/account")):
            continue
        values = {name: place.keys.get(name, PLAIN.get(name)) for name in rule.arguments}
        _host, path = rule.build(values, append_unknown=False)
        answer = admin.http.get(path)
        is_from_above = getattr(app.view_functions[rule.endpoint], "is_from_above", False)
        # What stands above counties is for overseers; to others it does not exist.
        seen[path] = "/platform" if is_from_above and answer.status_code == 404 else answer.location

    assert len(seen) > 40
    assert {path: led for path, led in seen.items() if led != "/platform"} == {}


def test_members_of_a_suspended_county_find_a_clear_page_only(
    admin: PageClient, client: PageClient, make: Factory
) -> None:
    county = make.county()
    task = make.task(county, unit_id=make.unit(county), title="甲县的任务")
    client.sign_in(make.member(county))
    admin.post_page(f"/platform/counties/{code_of(make, county)}/suspend", {})

    for path in ("/", "/tasks", f"/tasks/{task}", "/tasks.xlsx", "/audit"):
        page = client.get_page(path, status=403)
        assert "已由平台暂停使用" in page.text
        assert "甲县的任务" not in page.text
    assert client.http.post(f"/tasks/{task}/acts/comment", data={}).status_code == 403


def test_other_county_of_a_member_stays_open(admin: PageClient, client: PageClient, make: Factory) -> None:
    closed, used = make.county(), make.county()
    member = make.member(closed)
    with make.session(used) as session:
        session.add(Membership(account_id=member.actor.user_id, role=Role.LEADER))
    admin.post_page(f"/platform/counties/{code_of(make, closed)}/suspend", {})
    client.sign_in(member)
    with make.session(used) as session:
        key = session.scalars(sa.select(Membership.id)).one()

    blocked = client.http.get("/tasks").status_code
    client.http.get(f"/counties/{key}")

    assert (blocked, client.http.get("/tasks").status_code) == (403, 200)


def test_resumed_county_works_as_before(admin: PageClient, client: PageClient, make: Factory) -> None:
    county = make.county()
    client.sign_in(make.member(county))
    path = f"/platform/counties/{code_of(make, county)}"
    admin.post_page(f"{path}/suspend", {})
    admin.post_page(f"{path}/resume", {})

    client.get_page("/tasks")


def test_jobs_pass_a_suspended_county_by(app: Flask, admin: PageClient, make: Factory) -> None:
    closed, _used = make.county("停县"), make.county("用县")
    admin.post_page(f"/platform/counties/{code_of(make, closed)}/suspend", {})

    with app.app_context():
        done = for_each_county(lambda _session, county, _at: county.name, at=NOW)

    assert [one.county for one in done] == ["用县"]


def test_what_the_platform_did_is_in_both_logs(admin: PageClient, make: Factory) -> None:
    county = make.county("甲县（示例）")
    admin.post_page(f"/platform/counties/{code_of(make, county)}/suspend", {})

    (own,) = entries(make, county, Act.LOCK)
    (above,) = platform_entries(make, Act.LOCK)
    assert (own.who, own.role, own.before) == ("平台管理员甲", "admin", {"suspended_at": None})
    assert (above.who, above.title, above.after) == ("平台管理员甲", "甲县（示例）", {"act": "suspended"})


def test_platform_log_shows_the_platform_only(admin: PageClient, make: Factory) -> None:
    county = make.county("甲县（示例）")
    make.unit(county, "甲县教育局")

    page = admin.get_page("/platform/log")

    assert "甲县（示例）" in page.text
    assert "甲县教育局" not in page.text
    assert page.select_one("h1").text.startswith("日志完整")


@pytest.mark.parametrize("n", [1, 30])
def test_list_of_counties_takes_a_fixed_number_of_queries(
    app: Flask, admin: PageClient, make: Factory, n: int
) -> None:
    for _number in range(n):
        make.member(make.county())
    admin.get_page("/platform")

    with count_queries(app) as sent:
        admin.get_page("/platform")

    assert len(sent) == 4  # the account, the scheduler, members by county, counties


def test_administrator_made_by_command_changes_the_password_first(app: Flask) -> None:
    done = app.test_cli_runner().invoke(args=["platform", "admin", "chief"])
    password = done.output.strip().rsplit("：", 1)[1]
    client = PageClient(app)

    client.http.post("/sign-in", data={"login": "chief", "password": password})

    assert client.http.get("/platform").headers["Location"] == "/account/password"
    assert client.http.get("/account/password").status_code == 200


def test_chains_hold_after_all_of_it(admin: PageClient, make: Factory) -> None:
    admin.post_page("/platform/counties/new", GIVEN)
    with make.session() as session:
        county = session.scalars(sa.select(County.id)).one()
        assert verify(session, PLATFORM).fault is None
    with make.session(county) as session:
        assert verify(session, Chain(county)).fault is None


def test_suspension_is_dated(admin: PageClient, make: Factory, admin_member: Member) -> None:
    county = make.county()
    admin.post_page(f"/platform/counties/{code_of(make, county)}/suspend", {})

    with make.session() as session:
        suspended = session.get_one(County, county).suspended_at
    assert suspended is not None
    assert suspended.date() >= date(2026, 11, 1)


@pytest.mark.parametrize("path", ["/account", "/account/password", "/account/second-factor"])
def test_administrator_reaches_the_own_account(admin: PageClient, path: str) -> None:
    admin.get_page(path)


def test_administrator_sets_up_the_second_factor_first_where_the_operator_asks(
    app: Flask, admin: PageClient
) -> None:
    app.config["ADMIN_SECOND_FACTOR"] = True

    assert admin.http.get("/platform").headers["Location"] == "/account/second-factor"
    assert admin.http.get("/account/second-factor").status_code == 200
